"""Writes about stations: described by their host, placed by the organiser, cancelled by either.

A change that breaks what schools were told is made all the same, and the organiser hears of it: a reallocation must
follow (``queries.fallen_visits`` counts what it must mend).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.nights.models import Field, Night, Wave, Zone
from events.programme.models import Event, EventState
from events.versions import take_version
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import EventOver, WrongState
from registrations.exhibitors.states import State
from registrations.stations.models import ClosedRound, Station
from registrations.stations.queries import fallen_visits, places_are_told
from registrations.stations.seats import Slot

ADDED = audit.verb("station.added", _("added the station"))
CHANGED = audit.verb("station.changed", _("changed the station"))
REMOVED = audit.verb("station.removed", _("removed the station"))
CANCELLED = audit.verb("station.cancelled", _("cancelled the station"))
RESTORED = audit.verb("station.restored", _("took back the cancellation of the station"))

MOST = 12
# What a host can not change by itself once schools know where their classes go.
TOLD = ("duration", "youngest_grade", "accessible", "field")


class TooManyStations(Refusal):
    code = "too_many_stations"
    message = _("A company can have at most 12 stations.")


class AlreadyTold(Refusal):
    code = "already_told"
    message = _(
        "Schools know where their classes go, so this can no longer be changed here: "
        "rounds it takes, grade, wheelchair, field. Write to the organiser."
    )


class NumberTaken(Refusal):
    code = "number_taken"
    message = _("Number %(number)s belongs to %(station)s.")


@dataclass(frozen=True)
class StationDetails:
    """What a host says about a station. ``closed`` are the rounds in which it receives nobody."""

    name: str
    kind: str = "try_out"
    name_en: str = ""
    text: str = ""
    field: Field | None = None
    capacity: int = 10
    duration: int = 1
    youngest_grade: int | None = None
    accessible: bool = True
    power: str = ""
    space: str = ""
    protective_gear: str = ""
    other_needs: str = ""
    closed: frozenset[Slot] = frozenset()

    def columns(self) -> dict[str, Any]:
        """The station's own columns."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "closed"}


@dataclass(frozen=True)
class Spot:
    """What the organiser adds: where the station stands, and its number on the map."""

    zone: Zone | None = None
    number: int | None = None


@transaction.atomic
def add_station(
    *, night: Night, host: Exhibitor | None, details: StationDetails, by: User, at: datetime, spot: Spot | None = None
) -> Station:
    """A new station of ``host``, or of the organiser's own (``None``).

    Raises TooManyStations, NumberTaken, and what ``_refuse_settled`` raises.
    """
    event = Event.objects.locked(night.event_id)
    if host:
        host = _locked_host(host)
        _refuse_settled(event, host, at)
        if host.stations.filter(cancelled_at__isnull=True).count() >= MOST:
            raise TooManyStations
    else:
        _refuse_over(event, at)
    station = Station(night=night, host=host, **details.columns())
    _put(station, spot)
    station.save()
    _close(station, details.closed)
    audit.created(station, ADDED, by=by, at=at)
    return station


@transaction.atomic
def change_station(
    *,
    station: Station,
    details: StationDetails,
    seen: int,
    by: User,
    at: datetime,
    by_host: bool = False,
    spot: Spot | None = None,
) -> Station:
    """Store what a host (``by_host``) or the organiser says; ``spot=None`` leaves zone and number as they are.

    Raises Stale, AlreadyTold (a host), NumberTaken, and what ``_refuse_settled`` raises.
    """
    station, event = _locked(station, by_host=by_host, at=at)
    take_version(station, seen)
    told = places_are_told(station.night)
    if by_host and told and any(getattr(station, name) != getattr(details, name) for name in TOLD):
        raise AlreadyTold
    before = fallen_visits(station.night) if told else {}
    rounds = [_rounds_in_words(station)]
    with audit.change(station, CHANGED, by=by, at=at, **{"closed rounds": rounds}):
        for name, value in details.columns().items():
            setattr(station, name, value)
        _put(station, spot)
        station.save()
        _close(station, details.closed)
        rounds.append(_rounds_in_words(station))
    if by_host:
        _tell_organiser(station, event, before, by=by)
    return station


@transaction.atomic
def close_rounds(*, station: Station, closed: frozenset[Slot], seen: int, by: User, at: datetime) -> Station:
    """The organiser says in which rounds the station receives nobody, and nothing else. Raises Stale, EventOver."""
    station, _event = _locked(station, by_host=False, at=at)
    take_version(station, seen)
    rounds = [_rounds_in_words(station)]
    with audit.change(station, CHANGED, by=by, at=at, **{"closed rounds": rounds}):
        station.save(update_fields=["version"])
        _close(station, closed)
        rounds.append(_rounds_in_words(station))
    return station


@transaction.atomic
def cancel_station(*, station: Station, by: User, at: datetime, by_host: bool = False) -> Station | None:
    """The station receives nobody any more. In a draft it goes away altogether (``None``): nobody has seen it.

    A second click changes nothing. Raises what ``_refuse_settled`` raises.
    """
    station, event = _locked(station, by_host=by_host, at=at)
    if by_host and station.host and station.host.applied_at is None and not station.wishes.exists():
        audit.record(station.host, REMOVED, by=by, at=at, changes={"station": [station.name, None]})
        station.delete()
        return None
    if station.cancelled_at:
        return station
    before = fallen_visits(station.night)
    with audit.change(station, CANCELLED, by=by, at=at):
        station.cancelled_at = at
        station.version += 1
        station.save(update_fields=["cancelled_at", "version"])
    if by_host:
        _tell_organiser(station, event, before, by=by)
    return station


@transaction.atomic
def restore_station(*, station: Station, by: User, at: datetime, by_host: bool = False) -> Station:
    """Take a cancellation back. Raises TooManyStations (a host), and what ``_refuse_settled`` raises."""
    station, _event = _locked(station, by_host=by_host, at=at)
    if station.cancelled_at is None:
        return station
    if by_host and station.host and station.host.stations.filter(cancelled_at__isnull=True).count() >= MOST:
        raise TooManyStations
    with audit.change(station, RESTORED, by=by, at=at):
        station.cancelled_at = None
        station.version += 1
        station.save(update_fields=["cancelled_at", "version"])
    return station


def _locked(station: Station, *, by_host: bool, at: datetime) -> tuple[Station, Event]:
    """The station and its event, locked in the order of the house: the event, the application, the station."""
    event = Event.objects.locked(station.night.event_id)
    host = _locked_host(station.host) if station.host else None
    station = Station.objects.select_for_update(of=("self",), no_key=True).select_related("night").get(pk=station.pk)
    station.host = host
    if by_host and host:
        _refuse_settled(event, host, at)
    else:
        _refuse_over(event, at)
    return station, event


def _locked_host(host: Exhibitor) -> Exhibitor:
    rows = Exhibitor.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return rows.get(pk=host.pk)


def _refuse_over(event: Event, at: datetime) -> None:
    if event.is_over(at):
        raise EventOver


def _refuse_settled(event: Event, host: Exhibitor, at: datetime) -> None:
    """A host changes nothing when the event is over or cancelled, nor when it was declined or has withdrawn."""
    _refuse_over(event, at)
    if event.state == EventState.CANCELLED or host.state in {State.DECLINED, State.WITHDRAWN}:
        raise WrongState


def _put(station: Station, spot: Spot | None) -> None:
    """Give ``station`` its zone and number. The event's lock is held, so whoever has the number has it for good."""
    if spot is None:
        return
    taken = Station.objects.filter(night=station.night, number=spot.number).exclude(pk=station.pk)
    if spot.number is not None and (other := taken.first()):
        raise NumberTaken(number=spot.number, station=other.name)
    station.zone, station.number = spot.zone, spot.number


def _close(station: Station, closed: Iterable[Slot]) -> None:
    """Close exactly those of ``closed`` that are rounds of the night's admissions."""
    rounds = dict(Wave.objects.filter(night=station.night_id).values_list("pk", "rounds"))
    wanted = {(wave, number) for wave, number in closed if 1 <= number <= rounds.get(wave, 0)}
    stored = {(one.wave_id, one.round): one for one in station.closed_rounds.all()}
    ClosedRound.objects.filter(pk__in=[one.pk for slot, one in stored.items() if slot not in wanted]).delete()
    ClosedRound.objects.bulk_create(
        ClosedRound(station=station, wave_id=wave, round=number) for wave, number in sorted(wanted - stored.keys())
    )


def _rounds_in_words(station: Station) -> list[str]:
    return [f"{one.wave.name}: {one.round}" for one in station.closed_rounds.select_related("wave")]


def _tell_organiser(station: Station, event: Event, before: dict[int, int], *, by: User) -> None:
    """A letter to the organiser when a host's change breaks more of what schools were told than was broken before."""
    after = fallen_visits(station.night)
    if after.get(station.pk, 0) <= before.get(station.pk, 0):
        return
    write_letter(
        to=event.contact_email,
        template="registrations/stations/mail/broken",
        context={"station": station, "visits": after[station.pk], "by": by},
        event=event,
    )
