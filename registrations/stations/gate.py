"""The gate to a station: its company, or those who work with the event; 404 to everybody else."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor
from events.access.rules import may
from registrations.exhibitors.models import Exhibitor
from registrations.organisations.gate import get_own_exhibitor
from registrations.stations.models import Station
from registrations.stations.queries import in_hand


def get_host(user: Visitor, pk: int, permission: str = "exhibitor.edit") -> Exhibitor:
    """The application ``pk`` to an evening for pupils if ``user`` acts for its company."""
    exhibitor = get_own_exhibitor(user, pk, permission)
    if not exhibitor.event.takes_schools:
        raise Http404
    return exhibitor


def get_own_station(user: Visitor, host_pk: int, pk: int) -> Station:
    """The station ``pk`` of the application ``host_pk``, likewise."""
    host = get_host(user, host_pk)
    station: Station = get_object_or_404(host.stations.select_related("night", "field", "zone"), pk=pk)
    station.host, station.night.event = host, host.event
    return station


def get_event_station(user: Visitor, slug: str, pk: int, permission: str) -> Station:
    """The station ``pk`` at the event ``slug`` if ``user`` holds ``permission`` there; drafts stay the company's."""
    rows = Station.objects.select_related("night__event__area", "host__organisation", "field", "zone")
    station: Station = get_object_or_404(rows, pk=pk, night__event__slug=slug)
    if not may(user, permission, station.night.event) or not in_hand(station.night).filter(pk=pk).exists():
        raise Http404
    return station
