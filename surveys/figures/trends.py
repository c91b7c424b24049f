"""A figure over the years, with the breaks where its definition changed. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.figures.differences import Difference, Direction, difference
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure


@dataclass(frozen=True, slots=True)
class Observation:
    """A year's figure. ``meaning`` tells what was asked, whom and how: only what means the same is compared."""

    year: int
    meaning: str
    figure: Figure | Measure


@dataclass(frozen=True, slots=True)
class Step:
    """A year in a series. ``is_break``: the one before it meant something else, so that there is no ``change``.

    Nor is there one in the first year, and where either is withheld.
    """

    year: int
    figure: Figure | Measure
    is_break: bool
    change: Difference | None


def series(observations: Iterable[Observation], direction: Direction = Direction.HIGHER) -> list[Step]:
    """``observations`` in the order of their years, each with its change from the one before."""
    steps: list[Step] = []
    before: Observation | None = None
    for one in sorted(observations, key=lambda observation: observation.year):
        is_break = before is not None and before.meaning != one.meaning
        change = difference(one.figure, before.figure, direction) if before and not is_break else None
        steps.append(Step(one.year, one.figure, is_break, change))
        before = one
    return steps
