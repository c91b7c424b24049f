"""What a ticket's records add up to, in whatever order they came. Pure.

A record is never changed: a correction or an undoing is another record. So the standing is a fold over all of them,
and devices that were out of reach for hours change nothing but the sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

ENTER, LEAVE, CORRECT, UNDO, WALK_IN = "enter", "leave", "correct", "undo", "walk_in"


@dataclass(frozen=True, slots=True)
class Told:
    """One record, as far as it counts. ``at`` is the corrected time (aware), ``ref`` the record that it is about.

    ``reason`` is true where the guard gave one for letting in more, or somebody, all the same; ``barred`` where the
    ticket was cancelled or blocked when the record arrived.
    """

    nonce: UUID
    act: str
    at: datetime
    heads: int = 1
    let_in: bool = True
    ref: UUID | None = None
    gate: int = 0
    reason: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A record that counts, in the order of the corrected times: ``heads`` after corrections, ``inside`` after it.

    ``reason``: the guard gave one, with the record or with its correction.
    """

    told: Told
    heads: int
    inside: int
    reason: bool = False

    @property
    def enters(self) -> bool:
        return self.told.act in {ENTER, WALK_IN}


@dataclass(frozen=True, slots=True)
class Standing:
    """Heads ``inside`` now and ``came`` at the most; ``first`` is the record that first let in, if one did."""

    inside: int = 0
    came: int = 0
    first: Told | None = None
    steps: tuple[Step, ...] = ()


def standing_of(records: Iterable[Told], *, one_person: bool) -> Standing:
    """The standing of a ticket with these ``records``; ``one_person`` came at most once."""
    told = sorted(set(records), key=lambda record: (record.at, str(record.nonce)))
    undone = {record.ref for record in told if record.act == UNDO}
    corrected = {record.ref: record for record in told if record.act == CORRECT and record.nonce not in undone}
    inside = came = 0
    first: Told | None = None
    steps = []
    for record in told:
        if record.nonce in undone or record.act not in {ENTER, LEAVE, WALK_IN}:
            continue
        if record.act != LEAVE and not record.let_in:
            continue
        latest = corrected.get(record.nonce, record)
        count = latest.heads
        inside = max(0, inside - count) if record.act == LEAVE else inside + count
        came = max(came, inside)
        if first is None and record.act != LEAVE and count:
            first = record
        steps.append(Step(record, count, inside, record.reason or latest.reason))
    return Standing(inside, min(came, 1) if one_person else came, first, tuple(steps))


def surplus(steps: Iterable[Step], *, seats: int, one_person: bool, reentry: bool) -> tuple[Step, ...]:
    """The steps that let in more than the ticket is for, without a reason; for one person that is "twice".

    With ``reentry`` a person may come back as often as they like.
    """
    if one_person and reentry:
        return ()
    return tuple(step for step in steps if step.enters and step.heads and step.inside > seats and not step.reason)
