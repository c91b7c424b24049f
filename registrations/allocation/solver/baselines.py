"""What simple rules would give: first come, first served, and a greedy one. Valid solutions to compare with. Pure."""

import time

from registrations.allocation.solver.greedy import place_first_come, place_greedily
from registrations.allocation.solver.measures import objective, unproven
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.reading import when
from registrations.allocation.solver.solution import Assignment, Solution, Visit


def first_come(instance: SchoolsInstance) -> Solution:
    """Whole groups by the time they applied, each with a timetable at once, until nobody more fits."""
    started, possible = time.monotonic(), Possible(instance)
    order = sorted(instance.groups, key=lambda group: (when(group.applied_at), group.id))
    return _solution(possible, *place_first_come(possible, order), started)


def greedy(instance: SchoolsInstance) -> Solution:
    """Always the municipality furthest from its share; there first schools without a place, then motivation."""
    started, possible = time.monotonic(), Possible(instance)
    return _solution(possible, *place_greedily(possible), started)


def _solution(
    possible: Possible, waves: dict[str, str], visits: dict[str, tuple[Visit, ...]], started: float
) -> Solution:
    rows = tuple(sorted(visit for own in visits.values() for visit in own))
    return Solution(
        status="feasible",
        objective=unproven(objective(possible, waves, rows)),
        assignments=tuple(sorted(Assignment(*row) for row in waves.items())),
        visits=rows,
        seconds=time.monotonic() - started,
    )
