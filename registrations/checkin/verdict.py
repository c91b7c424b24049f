"""What the door answers. Pure: facts in, verdict out. ``static/door/verdict.js`` knows the same rules, and both are held
to the same cases (``tests/door/verdicts.json``); docs/door.md states them in words.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import pgettext_lazy

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Outcome(models.TextChoices):
    ADMITTED = "admitted", pgettext_lazy("the door's answer", "Welcome in")
    AGAIN = "again", pgettext_lazy("the door's answer", "Welcome back")
    ALREADY_IN = "already_in", pgettext_lazy("the door's answer", "Already in")
    EARLY = "early", pgettext_lazy("the door's answer", "Too early")
    TOO_EARLY = "too_early", pgettext_lazy("the door's answer", "Not open yet")
    CLOSED = "closed", pgettext_lazy("the door's answer", "The doors are closed")
    WRONG_DAY = "wrong_day", pgettext_lazy("the door's answer", "Another day")
    WRONG_GATE = "wrong_gate", pgettext_lazy("the door's answer", "Another entrance")
    FULL = "full", pgettext_lazy("the door's answer", "Full")
    CANCELLED = "cancelled", pgettext_lazy("the door's answer", "Cancelled")
    BLOCKED = "blocked", pgettext_lazy("the door's answer", "Blocked")
    WRONG_EVENT = "wrong_event", pgettext_lazy("the door's answer", "Another event")
    UNKNOWN = "unknown", pgettext_lazy("the door's answer", "Unknown code")
    LEFT = "left", pgettext_lazy("the door's answer", "Goodbye")
    NOT_IN = "not_in", pgettext_lazy("the door's answer", "Is not in")
    CORRECTED = "corrected", pgettext_lazy("the door's answer", "Number corrected")
    UNDONE = "undone", pgettext_lazy("the door's answer", "Undone")


# After these a guard may let in all the same, with a reason; ALREADY_IN only a class.
OVERRIDABLE = frozenset({Outcome.EARLY, Outcome.TOO_EARLY, Outcome.CLOSED, Outcome.WRONG_GATE, Outcome.ALREADY_IN})
# What a ticket that is not valid gets, wherever and whenever it is shown.
BARRED = frozenset({Outcome.CANCELLED, Outcome.BLOCKED})
CLASS = "c"


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket as the list holds it. ``kind`` is v, e or c; ``state`` ok, x or b; ``wave_at`` (aware) is a class's."""

    kind: str
    state: str = "ok"
    pupils: int = 1
    wave_at: datetime | None = None

    @property
    def is_class(self) -> bool:
        return self.kind == CLASS


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a ticket's comings and goings: heads inside now, and at the most."""

    inside: int = 0
    came: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """The rules at one gate; moments are aware. ``kinds`` empty: the gate takes all. ``inside`` counts the event's people."""

    opens_at: datetime
    closes_at: datetime
    early_minutes: int = 20
    late_minutes: int = 30
    reentry: bool = False
    fire_limit: int | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)
    cancelled: bool = False
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """``heads`` is how many come in or go out; ``minutes`` how early (below 0) or late a class is, where it matters."""

    outcome: Outcome
    heads: int = 0
    minutes: int | None = None

    @property
    def lets_in(self) -> bool:
        return self.outcome in {Outcome.ADMITTED, Outcome.AGAIN}


def judge(entry: Entry | None, seen: Seen, door: Door, at: datetime, *, elsewhere: bool = False) -> Verdict:
    """The verdict on a ticket that comes in at aware time ``at``; ``None`` is a code that this event did not issue.

    ``elsewhere``: another event did. Whoever stands at the wrong fair must hear that before anything else.
    """
    if entry is None:
        return Verdict(Outcome.WRONG_EVENT if elsewhere else Outcome.UNKNOWN)
    refused = _not_good(entry, door) or _not_now(door, at) or _not_here(entry, door)
    if refused:
        return Verdict(refused)
    return _class(entry, seen, door, at) if entry.is_class else _person(seen, door)


def judge_leaving(entry: Entry | None, seen: Seen, *, elsewhere: bool = False) -> Verdict:
    """The verdict on a ticket that goes out."""
    if entry is None:
        return Verdict(Outcome.WRONG_EVENT if elsewhere else Outcome.UNKNOWN)
    if seen.inside < 1:
        return Verdict(Outcome.NOT_IN)
    return Verdict(Outcome.LEFT, seen.inside if entry.is_class else 1)


def _not_good(entry: Entry, door: Door) -> Outcome | None:
    if door.cancelled or entry.state == "x":
        return Outcome.CANCELLED
    return Outcome.BLOCKED if entry.state == "b" else None


def _not_now(door: Door, at: datetime) -> Outcome | None:
    if at < door.opens_at:
        return Outcome.TOO_EARLY if _same_day(at, door.opens_at) else Outcome.WRONG_DAY
    if at > door.closes_at:
        return Outcome.CLOSED if _same_day(at, door.closes_at) else Outcome.WRONG_DAY
    return None


def _not_here(entry: Entry, door: Door) -> Outcome | None:
    return Outcome.WRONG_GATE if door.kinds and entry.kind not in door.kinds else None


def _person(seen: Seen, door: Door) -> Verdict:
    if seen.inside > 0:
        return Verdict(Outcome.AGAIN if door.reentry else Outcome.ALREADY_IN)
    if seen.came > 0 and not door.reentry:
        return Verdict(Outcome.ALREADY_IN)
    return _if_room(1, door)


def _class(entry: Entry, seen: Seen, door: Door, at: datetime) -> Verdict:
    left = entry.pupils - seen.inside
    if left <= 0:
        return Verdict(Outcome.ALREADY_IN)
    minutes = None
    if entry.wave_at is not None:
        # Whole minutes towards zero, as people say them.
        minutes = int((at - entry.wave_at) / timedelta(minutes=1))
        if at < entry.wave_at - timedelta(minutes=door.early_minutes):
            return Verdict(Outcome.EARLY, minutes=minutes)
        if at <= entry.wave_at + timedelta(minutes=door.late_minutes):
            minutes = None
    return _if_room(left, door, minutes)


def _if_room(heads: int, door: Door, minutes: int | None = None) -> Verdict:
    if door.fire_limit is not None and door.inside + heads > door.fire_limit:
        return Verdict(Outcome.FULL)
    return Verdict(Outcome.ADMITTED, heads, minutes)


def _same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(STOCKHOLM).date() == other.astimezone(STOCKHOLM).date()
