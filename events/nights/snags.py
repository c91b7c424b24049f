"""What will go wrong with a programme as it is planned. Pure: numbers in, snags out; nothing is forbidden by them."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from events.nights.times import Rhythm, rounds_lost, rounds_of


@dataclass(frozen=True)
class Admission:
    """``capacity`` pupils who come in at ``starts_at`` (aware) and go round for ``rounds`` rounds."""

    name: str
    starts_at: datetime
    capacity: int
    rounds: int


@dataclass(frozen=True)
class Programme:
    """An evening in numbers. ``walks`` maps a pair of zones (names, in the order of ``zones``) to minutes."""

    places: int
    visits: int
    rhythm: Rhythm
    event_starts_at: datetime
    event_ends_at: datetime
    bookings_open_at: datetime
    bookings_close_at: datetime
    answers_on: date
    closes_on: date
    day: date
    admissions: tuple[Admission, ...] = ()
    zones: tuple[str, ...] = ()
    walks: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Snag:
    """``code`` names what is wrong, ``facts`` the names and numbers that its words are made of."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def snags_of(plan: Programme) -> list[Snag]:
    """Everything that is odd about ``plan``, the gravest first."""
    return [*_admissions(plan), *_overlaps(plan), *_walks(plan), *_dates(plan)]


def _admissions(plan: Programme) -> Iterator[Snag]:
    if not plan.admissions:
        yield Snag("no_admissions")
        return
    room = sum(one.capacity for one in plan.admissions)
    if room < plan.places:
        yield Snag("too_little_room", {"room": room, "places": plan.places})
    for one in plan.admissions:
        if one.rounds < plan.visits:
            yield Snag("too_few_rounds", {"name": one.name, "rounds": one.rounds, "visits": plan.visits})
        end = rounds_of(one.starts_at, one.rounds, plan.rhythm)[-1].ends_at if one.rounds else one.starts_at
        if one.starts_at < plan.event_starts_at or end > plan.event_ends_at:
            yield Snag("outside_the_event", {"name": one.name, "starts": one.starts_at, "ends": end})


def _overlaps(plan: Programme) -> Iterator[Snag]:
    """Stations count each admission for itself: where two run at once, both fill the same seats."""
    spans = [
        (one, rounds[0].starts_at, rounds[-1].ends_at)
        for one in plan.admissions
        if (rounds := rounds_of(one.starts_at, one.rounds, plan.rhythm))
    ]
    spans.sort(key=lambda span: span[1])
    for (one, _start, end), (other, start, _end) in itertools.pairwise(spans):
        if start < end:
            yield Snag("at_once", {"name": one.name, "ends": end, "other": other.name, "starts": start})


def _walks(plan: Programme) -> Iterator[Snag]:
    spare = max((one.rounds - plan.visits for one in plan.admissions), default=0)
    for position, one in enumerate(plan.zones):
        for other in plan.zones[position:]:
            minutes = plan.walks.get((one, other))
            facts = {"one": one, "other": other, "minutes": minutes or 0}
            if minutes is None:
                if one != other:
                    yield Snag("walk_missing", facts)
                continue
            lost = rounds_lost(minutes, plan.rhythm)
            if lost > max(spare, 0):
                yield Snag("walk_too_long", facts | {"lost": lost})
            elif lost:
                yield Snag("walk_costs", facts | {"lost": lost, "transition": plan.rhythm.transition})


def _dates(plan: Programme) -> Iterator[Snag]:
    if plan.bookings_close_at > plan.event_starts_at:
        yield Snag("closes_after_the_start", {"closes": plan.bookings_close_at})
    if plan.answers_on < plan.closes_on:
        yield Snag("told_before_closing", {"told": plan.answers_on})
    if plan.answers_on >= plan.day:
        yield Snag("told_too_late", {"told": plan.answers_on})
