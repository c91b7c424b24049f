"""Reads about stations: the organiser's one page, what the public sees, seats, and promises that no longer hold."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.exports import Column
from events.nights.models import Night, Wave
from events.nights.queries import waves_of
from registrations.allocation.models import Proposal, Visit
from registrations.bookings.states import BookingState, ClassState
from registrations.exhibitors.states import State
from registrations.stations.models import ClosedRound, Station
from registrations.stations.seats import Offer, Promise, falling, seats_by_round, visits_in

# A company's stations are the organiser's business from the moment the application is sent until it is settled.
IN_HAND = [State.APPLIED, State.WAITING, State.ACCEPTED]
SHOWN = {
    "no_zone": _("Without a zone"),
    "power": _("Need power"),
    "gear": _("Need protective gear"),
    "not_accessible": _("Not for wheelchairs"),
    "falling": _("Break what was told"),
    "cancelled": pgettext_lazy("state of a station", "Cancelled"),
}


@dataclass(frozen=True)
class Filter:
    """What the page shows: words to look for, and one of SHOWN."""

    words: str = ""
    show: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        show = query.get("show", "")
        return cls(query.get("q", "").strip().replace("\0", "")[:100], show if show in SHOWN else "")

    def lets_through(self, station: Station, fallen: Mapping[int, int]) -> bool:
        if not all(word.casefold() in _all_words(station) for word in self.words.split()[:5]):
            return False
        cancelled = station.cancelled_at is not None
        return {
            "": not cancelled or station.pk in fallen,
            "no_zone": not cancelled and station.zone_id is None,
            "power": not cancelled and bool(station.power),
            "gear": not cancelled and bool(station.protective_gear),
            "not_accessible": not cancelled and not station.accessible,
            "falling": station.pk in fallen,
            "cancelled": cancelled,
        }[self.show]


def _all_words(station: Station) -> str:
    parts = (station, station.name_en, station.host_name, station.field or "", station.zone or "", station.power)
    return " ".join(map(str, parts)).casefold()


def in_hand(night: Night) -> QuerySet[Station]:
    """The stations that the organiser works with, by zone, number and name; drafts are the company's own."""
    wanting = Q(
        wishes__school_class__booking__state=BookingState.SENT,
        wishes__school_class__state__in=ClassState.wanting(),
    )
    visited = Q(visits__isnull=False)
    mine = Q(host__isnull=True) | Q(host__applied_at__isnull=False, host__state__in=IN_HAND) | visited
    keys = Station.objects.for_night(night).filter(mine).values("pk")
    rows = Station.objects.filter(pk__in=keys).annotate(wish_count=Count("wishes", filter=wanting, distinct=True))
    return (
        rows.select_related("host__organisation", "field", "zone", "night")
        .prefetch_related(_closed())
        .order_by(F("zone__position").asc(nulls_first=True), "zone", F("number").asc(nulls_last=True), "name", "pk")
    )


def running(night: Night) -> list[Station]:
    """The stations that receive pupils, with their closed rounds at hand."""
    rows = Station.objects.for_night(night).running().select_related("host", "field", "zone")
    return list(rows.prefetch_related(_closed()))


def offer_of(station: Station) -> Offer:
    """What ``station`` can receive; its ``closed_rounds`` should be at hand."""
    closed = frozenset((one.wave_id, one.round) for one in station.closed_rounds.all())
    return Offer(station.capacity, station.duration, closed, station.accessible)


def receives(station: Station) -> bool:
    """Whether ``station`` receives pupils at all: the same as ``running()`` says of rows."""
    return station.cancelled_at is None and (station.host is None or station.host.state in State.holding())


def places_are_told(night: Night) -> bool:
    """Whether places have been published: from then on a change may break what schools were told."""
    return Proposal.objects.for_night(night).published().exists()


def promises_of(night: Night) -> dict[int, list[Promise]]:
    """The visits that schools were told of, by station."""
    rows = Visit.objects.filter(station__night=night, team__school_class__state__in=ClassState.holding())
    promised: dict[int, list[Promise]] = defaultdict(list)
    told = rows.values_list("station", "team__school_class__wave", "round", "team__size", "team__wheelchairs")
    for station, wave, number, size, wheelchairs in told:
        promised[station].append(Promise(wave, number, size, wheelchairs > 0))
    return dict(promised)


def fallen_visits(night: Night) -> dict[int, int]:
    """How many told visits each station can no longer receive, by its primary key; stations without are left out."""
    promised = promises_of(night)
    if not promised:
        return {}
    rounds = dict(night.waves.values_list("pk", "rounds"))
    rows = Station.objects.filter(pk__in=promised).select_related("host").prefetch_related(_closed())
    fallen = {s.pk: falling(offer_of(s) if receives(s) else None, promised[s.pk], rounds) for s in rows}
    return {pk: len(visits) for pk, visits in fallen.items() if visits}


@dataclass(frozen=True)
class WaveSeats:
    """An admission's seats: at the same time in each round, and visits in all against those that pupils need."""

    wave: Wave
    by_round: list[int]
    visits: int
    needed: int

    @property
    def is_short(self) -> bool:
        return self.visits < self.needed


def seats_of(night: Night, stations: Iterable[Station]) -> list[WaveSeats]:
    """What ``stations`` (running) can receive in each admission of ``night``."""
    offers = [offer_of(station) for station in stations]
    return [
        WaveSeats(
            wave=wave,
            by_round=seats_by_round(offers, wave.pk, wave.rounds),
            visits=visits_in(offers, wave.pk, wave.rounds),
            needed=wave.capacity * night.visits_per_team,
        )
        for wave in waves_of(night)
    ]


def public_stations(night: Night, words: str = "") -> QuerySet[Station]:
    """The stations that the public may see, by field and name."""
    rows = Station.objects.for_night(night).running().select_related("host__organisation", "field")
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(text__icontains=word)
            | Q(host__organisation__name__icontains=word)
            | Q(field__name__icontains=word)
            | Q(field__name_en__icontains=word)
        )
    return rows.order_by(F("field__position").asc(nulls_last=True), "field", Collate("name", "swedish"), "pk")


def _closed() -> Prefetch:
    return Prefetch("closed_rounds", ClosedRound.objects.select_related("wave"))


def _closed_words(station: Station) -> str:
    return ", ".join(f"{one.wave.name}: {one.round}" for one in station.closed_rounds.all())


EXPORT = [
    Column(_("Number"), lambda s: s.number),
    Column(_("Station"), lambda s: s.name),
    Column(_("The name in English"), lambda s: s.name_en),
    Column(_("Kind"), lambda s: s.get_kind_display()),
    Column(_("Company"), lambda s: s.host_name),
    Column(_("State of the company"), lambda s: s.host.get_state_display() if s.host else None),
    Column(_("Field"), lambda s: s.field),
    Column(_("Zone"), lambda s: s.zone),
    Column(_("Pupils at a time"), lambda s: s.capacity),
    Column(_("Rounds it takes"), lambda s: s.duration),
    Column(_("Closed rounds"), _closed_words),
    Column(_("Youngest grade"), lambda s: s.youngest_grade),
    Column(_("From a wheelchair"), lambda s: _("Yes") if s.accessible else _("No")),
    Column(_("Wishes"), lambda s: s.wish_count),
    Column(_("What pupils do there"), lambda s: s.text),
    Column(_("Power"), lambda s: s.power),
    Column(_("Space"), lambda s: s.space),
    Column(_("Protective gear"), lambda s: s.protective_gear),
    Column(_("Other needs"), lambda s: s.other_needs),
    Column(pgettext_lazy("state of a station", "Cancelled"), lambda s: s.cancelled_at),
]
SLOT = re.compile(r"([0-9]{1,15})-([0-9]{1,2})")


def slot_value(wave: int, number: int) -> str:
    """A round as forms name it."""
    return f"{wave}-{number}"


def slots_from(values: Iterable[str]) -> frozenset[tuple[int, int]]:
    """The rounds that forms named."""
    found = (SLOT.fullmatch(value) for value in values)
    return frozenset((int(m[1]), int(m[2])) for m in found if m)
