"""``{% load money %}``: the tabs of the room "Money"."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from events.programme.models import Event
from registrations.money.tabs import tabs_of

register = template.Library()


@register.inclusion_tag("components/tabs.html", takes_context=True)
def money_tabs(context: template.Context, event: Event, current: str) -> dict[str, Any]:
    """The room's pages side by side; ``current`` is the key of the one that is open."""
    return {"tabs": tabs_of(event, context["request"].user, current), "label": _("Money")}
