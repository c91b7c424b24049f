"""The organiser gives many stations their zones, numbers and capacities in one go: all of them, or none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night, Zone
from events.programme.models import Event
from registrations.exhibitors.services import EventOver
from registrations.stations.models import Station

PLACED = audit.verb("station.placed", gettext_lazy("placed the station"))


@dataclass(frozen=True)
class Place:
    """What a row of the page says about station ``pk``, opened in version ``seen``."""

    pk: int
    seen: int
    zone: Zone | None
    number: int | None
    capacity: int


class RowsRefused(Refusal):
    """``faults`` says by station what stands against its row."""

    code = "rows_refused"
    message = gettext_lazy("Nothing is saved yet: put the marked rows right first.")

    def __init__(self, faults: dict[int, str]):
        self.faults = faults
        super().__init__()


@transaction.atomic
def place_stations(*, night: Night, places: Sequence[Place], by: User, at: datetime) -> list[Station]:
    """Store what is new in ``places``; gives the stations that changed. Raises RowsRefused, EventOver."""
    event = Event.objects.locked(night.event_id)
    if event.is_over(at):
        raise EventOver
    rows = Station.objects.for_night(night).select_for_update(of=("self",), no_key=True)
    stations = {station.pk: station for station in rows}
    changed = [place for place in places if place.pk in stations and not _as_stored(stations[place.pk], place)]
    faults = {place.pk: _stale(stations[place.pk]) for place in changed if stations[place.pk].version != place.seen}
    faults |= {pk: fault for pk, fault in _twice(stations, changed).items() if pk not in faults}
    if faults:
        raise RowsRefused(faults)
    # Two rows may swap numbers, so the old ones make room before any new one is written.
    moving = [place.pk for place in changed if stations[place.pk].number != place.number]
    Station.objects.filter(pk__in=moving).update(number=None)
    for place in changed:
        station = stations[place.pk]
        with audit.change(station, PLACED, by=by, at=at):
            station.zone, station.number, station.capacity = place.zone, place.number, place.capacity
            station.version += 1
            station.save(update_fields=["zone", "number", "capacity", "version"])
    return [stations[place.pk] for place in changed]


@transaction.atomic
def number_stations(*, night: Night, by: User, at: datetime) -> int:
    """Give those that have a zone but no number the next free ones, zone by zone; how many got one. Raises EventOver."""
    event = Event.objects.locked(night.event_id)
    if event.is_over(at):
        raise EventOver
    taken = set(Station.objects.for_night(night).exclude(number=None).values_list("number", flat=True))
    free = (number for number in range(1, 10_000) if number not in taken)
    rows = Station.objects.for_night(night).running().placed().filter(number__isnull=True).select_related("zone")
    waiting = list(rows.order_by("zone__position", "zone", "name", "pk"))
    for station, number in zip(waiting, free, strict=False):
        with audit.change(station, PLACED, by=by, at=at):
            station.number = number
            station.version += 1
            station.save(update_fields=["number", "version"])
    return len(waiting)


def _as_stored(station: Station, place: Place) -> bool:
    zone = place.zone.pk if place.zone else None
    return (station.zone_id, station.number, station.capacity) == (zone, place.number, place.capacity)


def _stale(station: Station) -> str:
    facts = {"zone": station.zone or "–", "number": station.number or "–", "capacity": station.capacity}
    return (
        _("Somebody else has saved this row meanwhile: zone %(zone)s, number %(number)s, %(capacity)s pupils.") % facts
    )


def _twice(stations: dict[int, Station], changed: Iterable[Place]) -> dict[int, str]:
    """The changed rows whose number another station would have too."""
    numbers = {pk: station.number for pk, station in stations.items()}
    moved = {place.pk: place.number for place in changed}
    by_number: dict[int, list[int]] = defaultdict(list)
    for pk, number in (numbers | moved).items():
        if number is not None:
            by_number[number].append(pk)
    faults = {}
    for number, pks in by_number.items():
        for pk in pks if len(pks) > 1 else ():
            if pk in moved:
                other = next(one for one in pks if one != pk)
                facts = {"number": number, "station": stations[other].name}
                faults[pk] = _("Number %(number)s belongs to %(station)s too.") % facts
    return faults
