"""Differences between two years, with an interval and a word. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from math import hypot

from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.figures.shares import Interval

METHODS = {"share": "newcombe-10-1"}
NORMAL = "difference-normal-1"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"


class Word(StrEnum):
    """What a difference says. Unchanged: everybody has answered in both years, and the values are the same."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Difference:
    """Later less earlier, in the statistic's own unit (shares: from −1 to 1). ``interval=None``: it cannot be told."""

    value: float
    interval: Interval | None
    word: Word
    method: str


def difference(
    later: Figure | Measure, earlier: Figure | Measure, direction: Direction = Direction.HIGHER
) -> Difference | None:
    """How ``later`` differs from ``earlier``; ``None`` where either is withheld, or one is of another kind.

    Whether both asked the same is the caller's to know. Intervals narrowed to their populations are used where these
    are known: it is those who were there that are compared.
    """
    if later.value is None or earlier.value is None:
        return None
    if isinstance(later, Figure) and isinstance(earlier, Figure):
        limits = newcombe(later.value, _share_limits(later), earlier.value, _share_limits(earlier))
        return _told(later.value - earlier.value, limits, direction, METHODS["share"])
    if isinstance(later, Measure) and isinstance(earlier, Measure) and later.statistic == earlier.statistic:
        found = None
        if later.interval and earlier.interval:
            found = newcombe(later.value, later.interval, earlier.value, earlier.interval)
        return _told(later.value - earlier.value, found, direction, NORMAL)
    return None


def newcombe(later: float, of_later: Interval, earlier: float, of_earlier: Interval) -> Interval:
    """The interval of ``later − earlier`` from the two's own (square-and-add, Newcombe 1998, method 10).

    With Wilson's intervals it is Newcombe's for shares; with symmetric ones it is the normal interval, for the squares
    of the half widths add up as variances do.
    """
    value = later - earlier
    return Interval(
        value - hypot(later - of_later.low, of_earlier.high - earlier),
        value + hypot(of_later.high - later, earlier - of_earlier.low),
    )


def word_of(value: float, interval: Interval | None, direction: Direction) -> Word:
    """Better or worse where the interval leaves nought out."""
    if interval is None:
        return Word.CANNOT_TELL
    if interval.low > 0 or interval.high < 0:
        return Word.BETTER if (value > 0) == (direction == Direction.HIGHER) else Word.WORSE
    return Word.UNCHANGED if interval.low == interval.high == 0 else Word.CANNOT_TELL


def _told(value: float, interval: Interval | None, direction: Direction, method: str) -> Difference:
    return Difference(value, interval, word_of(value, interval, direction), method)


def _share_limits(figure: Figure) -> Interval:
    limits = figure.finite or figure.interval
    assert limits is not None  # a figure with a value has an interval
    return limits
