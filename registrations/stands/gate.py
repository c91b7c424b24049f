"""From an address to a hall or a stand: 404 to whoever may not know of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor, get_event_for
from events.programme.models import Event
from registrations.stands.models import Hall, Stand


def get_fair_for(user: Visitor, slug: str, permission: str) -> Event:
    """The event at ``slug`` if it has a floor and ``user`` holds ``permission``."""
    event = get_event_for(user, slug, permission)
    if not event.takes_stands:
        raise Http404
    return event


def get_hall_for(user: Visitor, slug: str, pk: int, permission: str) -> Hall:
    event = get_fair_for(user, slug, permission)
    hall = get_object_or_404(Hall, pk=pk, event=event)
    hall.event = event
    return hall


def get_stand_for(user: Visitor, slug: str, pk: int, permission: str) -> Stand:
    event = get_fair_for(user, slug, permission)
    stand = get_object_or_404(Stand.objects.select_related("hall"), pk=pk, event=event)
    stand.event = stand.hall.event = event
    return stand
