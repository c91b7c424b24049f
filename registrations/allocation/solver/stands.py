"""Who stands where at the fair. Pure but for the clock.

First who has a stand at all, by priority; then as few competitors side by side as possible, the best positions package
by package, wishes for neighbours, and neighbours from the same municipality. A later level never costs an earlier one.
"""

from collections.abc import Mapping

from registrations.allocation.solver.budget import Budget
from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.solution import Level, Solution, StandAssignment, status_of
from registrations.allocation.solver.stands_floor import lay_floor
from registrations.allocation.solver.stands_places import give_places
from registrations.allocation.solver.stands_read import Exhibitor, Stand, StandsInstance, read_fixed
from registrations.allocation.solver.stands_search import LEVELS, Search
from registrations.allocation.solver.watching import Quiet, Watch

__all__ = ["LEVELS", "Exhibitor", "Stand", "StandsInstance", "solve_stands"]


def solve_stands(
    instance: StandsInstance,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    watch: Watch | None = None,
    fixed: Mapping[str, str] | None = None,
) -> Solution:
    """The best floor plan found in ``seconds``; the same input, seconds and seed give the same one.

    ``fixed`` are stands given by hand, by exhibitor: they come before everything, and "best" means given them.
    Raises Malformed for a fixed stand that cannot be.
    """
    budget = Budget(seconds, watch or Quiet())
    places = give_places(instance, read_fixed(instance, fixed or {}))
    placed = [1 if row.id in places.at else 0 for row in instance.by_priority]
    budget.report(LEVELS[0], 1, len(LEVELS), placed, placed)
    floor, at = lay_floor(instance, places)
    with Crew(budget, seed) as crew:
        search = Search(floor, at, crew)
        search.run()
    worth = search.worth
    levels = (
        Level(LEVELS[0], "max", placed, placed, True),
        _level(1, "min", worth.conflicts, search.least_conflicts),
        _level(2, "max", list(worth.values), search.most_values),
        _level(3, "max", worth.wishes, search.most_wishes),
        _level(4, "max", worth.same, search.most_same),
    )
    return Solution(
        status=status_of(levels),
        objective=levels,
        assignments=tuple(
            sorted(
                StandAssignment(row.id, instance.stands[stand].id)
                for row, stand in zip(places.placed, search.at, strict=True)
            )
        ),
        reasons=places.reasons,
        seconds=budget.spent(),
        seed=seed,
    )


def _level(number: int, sense: str, value: int | list[int], bound: int | list[int]) -> Level:
    return Level(LEVELS[number], "min" if sense == "min" else "max", value, bound, value == bound)
