"""How an indicator stands against its target. Pure: numbers in, a state out."""

from django.db import models
from django.utils.translation import pgettext_lazy

from surveys.figures.shares import Interval


class Standing(models.TextChoices):
    """``NO_TARGET`` says nothing of the figure: nobody has said what it is to reach."""

    REACHED = "reached", pgettext_lazy("standing of an indicator", "Target reached")
    ON_THE_WAY = "on_the_way", pgettext_lazy("standing of an indicator", "On the way")
    NOT_REACHED = "not_reached", pgettext_lazy("standing of an indicator", "Target not reached")
    CANT_TELL = "cant_tell", pgettext_lazy("standing of an indicator", "Can't tell")
    NO_TARGET = "no_target", pgettext_lazy("standing of an indicator", "No target")


def standing_of(
    value: float | None,
    target: float | None,
    *,
    lower_is_better: bool = False,
    baseline: float | None = None,
    interval: Interval | None = None,
) -> Standing:
    """Where ``value`` stands, all numbers in one unit; ``None`` is a value that is missing or withheld.

    With an ``interval`` the target counts as reached only where all of the interval has reached it, and as not reached
    only where none of it has; in between nobody can tell. Short of the target, a value that is better than ``baseline``
    (with an interval: all of it) is on the way. Hitting the target exactly is reaching it.
    """
    if target is None:
        return Standing.NO_TARGET
    if value is None:
        return Standing.CANT_TELL
    sign = -1 if lower_is_better else 1
    ends = sorted((sign * interval.low, sign * interval.high)) if interval else [sign * value] * 2
    worst, best = ends
    if worst >= sign * target:
        return Standing.REACHED
    if best >= sign * target:
        return Standing.CANT_TELL
    if baseline is not None and worst > sign * baseline:
        return Standing.ON_THE_WAY
    return Standing.NOT_REACHED


def tally(standings: list[Standing]) -> dict[Standing, int]:
    """How many have each standing, in the order of Standing; those without a target and those that nobody has left out."""
    return {one: n for one in Standing if one != Standing.NO_TARGET and (n := standings.count(one))}
