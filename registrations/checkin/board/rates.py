"""How many people come through the gates: per minute, and minute by minute as the bars of a small picture. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
WIDTH, HEIGHT = 4, 24  # of one minute in the picture's own units, the gap to the next one included


@dataclass(frozen=True, slots=True)
class Pass:
    """``heads`` came in at ``gate`` (a key) at aware time ``at``."""

    gate: int
    at: datetime
    heads: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One minute in the picture: its left edge, its upper edge and its height."""

    x: int
    y: int
    height: int


def heads_within(passes: Iterable[Pass], at: datetime, minutes: int) -> int:
    """How many came in during the ``minutes`` before aware time ``at``."""
    since = at - minutes * MINUTE
    return sum(one.heads for one in passes if since < one.at <= at)


def per_minute(passes: Iterable[Pass], at: datetime, minutes: int) -> float:
    """People a minute during the ``minutes`` before ``at``."""
    return heads_within(passes, at, minutes) / minutes


def minute_by_minute(passes: Iterable[Pass], at: datetime, minutes: int) -> tuple[int, ...]:
    """Heads in each of the ``minutes`` before ``at``, the latest minute last."""
    counts = [0] * minutes
    for one in passes:
        age = (at - one.at) // MINUTE
        if 0 <= age < minutes:
            counts[minutes - 1 - age] += one.heads
    return tuple(counts)


def bars(counts: Sequence[int], most: int) -> tuple[Bar, ...]:
    """``counts`` as bars of which ``most`` would be the tallest; whoever came is seen, and a minute without has none."""
    return tuple(
        Bar(place * WIDTH, HEIGHT - height, height)
        for place, count in enumerate(counts)
        if count
        for height in [max(2, min(HEIGHT, round(HEIGHT * count / max(most, 1))))]
    )
