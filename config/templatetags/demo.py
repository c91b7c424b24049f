"""What the start page needs for the demo's one-click sign-in."""

from django import template

from config.demo.roles import ROLES, DemoRole

register = template.Library()


@register.simple_tag
def demo_roles() -> list[DemoRole]:
    return ROLES
