"""What of the registrations hangs on an evening's parts, in words: such a part can not be taken away."""

from django.utils.translation import ngettext

from events.nights.hooks import Part
from events.nights.models import Field, Wave
from registrations.bookings.models import SchoolClass


def uses(part: Part) -> list[str]:
    """Why ``part`` must stay; nothing where it is free."""
    if isinstance(part, Wave):
        placed = part.classes.count()
        hoping = SchoolClass.objects.filter(possible_waves=part).count()
        return [
            *_said(ngettext("%(n)s class has a place then", "%(n)s classes have places then", placed), placed),
            *_said(ngettext("%(n)s class can come then", "%(n)s classes can come then", hoping), hoping),
        ]
    stations = part.stations.count()
    said = _said(ngettext("%(n)s station belongs to it", "%(n)s stations belong to it", stations), stations)
    if isinstance(part, Field):
        wishes = part.wishes.count()
        said += _said(ngettext("%(n)s class wishes for it", "%(n)s classes wish for it", wishes), wishes)
    return said


def _said(text: str, n: int) -> list[str]:
    return [text % {"n": n}] if n else []
