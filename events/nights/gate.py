"""The gate to a night: 404 to strangers, and for an event that is no evening for pupils."""

from django.http import Http404

from events.access.gate import Visitor, get_event_for
from events.nights.models import Night
from events.nights.queries import planned_night, usual_night


def get_night_for(user: Visitor, slug: str, permission: str) -> Night:
    """The night of the event at ``slug`` if ``user`` holds ``permission`` on it; its ``event`` is at hand.

    An evening that nobody has planned yet gets a night with the usual settings, unsaved (``pk`` is ``None``): the
    organiser's programme page saves it. Pages that need a saved one use ``get_planned_night_for``.
    """
    event = get_event_for(user, slug, permission)
    if not event.takes_schools:
        raise Http404
    return planned_night(event) or usual_night(event)


def get_planned_night_for(user: Visitor, slug: str, permission: str) -> Night:
    """The same, but 404 where the evening is not planned yet."""
    night = get_night_for(user, slug, permission)
    if night.pk is None:
        raise Http404
    return night
