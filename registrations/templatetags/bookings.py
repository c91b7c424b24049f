"""Filters about classes: ``{% load bookings %}``."""

from django import template
from django.utils.translation import ngettext

from registrations.bookings.grades import grade_name
from registrations.bookings.models import SchoolClass
from registrations.bookings.needs import Diet, Need

register = template.Library()


@register.filter
def grade(value: int | None) -> str:
    """9 is "grade 9", 10 "upper secondary, year 1"."""
    return grade_name(value) if value else ""


@register.filter
def counts(school_class: SchoolClass) -> list[tuple[str, int]]:
    """The class's needs and diets in words, each with how many."""
    said = [(kind, school_class.needs) for kind in Need] + [(kind, school_class.diets) for kind in Diet]
    return [(str(kind.label), stored[kind.value]) for kind, stored in said if stored.get(kind.value)]


@register.filter
def how_many(school_class: SchoolClass) -> str:
    """ "24 pupils, 2 adults"."""
    pupils = ngettext("%(n)s pupil", "%(n)s pupils", school_class.pupils) % {"n": school_class.pupils}
    adults = ngettext("%(n)s adult", "%(n)s adults", school_class.adults) % {"n": school_class.adults}
    return f"{pupils}, {adults}"
