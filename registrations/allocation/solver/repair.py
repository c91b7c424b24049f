"""Finds out which groups stand in one another's way. Pure."""

from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.timetable import timetable


def minimal_clash(possible: Possible, crew: Crew, wave: str, names: list[str]) -> frozenset[str]:
    """The smallest part found of ``names`` that still cannot be in the wave together, each proven.

    Leaves out one lot after another, first halves, then smaller ones, as long as the rest still has no timetable.
    """
    left = sorted(names, key=lambda name: (possible.instance.group[name].size, name))
    step = max(1, len(left) // 2)
    while step and len(left) > 1:
        at = 0
        while at < len(left) and not crew.budget.over():
            rest = left[:at] + left[at + step :]
            if rest and crew.alone(lambda rest=rest: timetable(possible, crew, wave, rest, work=1.0))[1]:  # type: ignore[misc]
                left = rest
            else:
                at += step
        if crew.budget.over():
            break
        step //= 2
    return frozenset(left)
