"""What a place for a group that got none would have cost, and whom. Pure."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from registrations.allocation.solver.counterfactual import forced
from registrations.allocation.solver.crew import HANDS, Crew
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.rungs import Rung
from registrations.allocation.solver.solution import Reason

NOTHING_HELPS = frozenset(
    {"locked_out", "no_possible_wave", "larger_than_all_places", "larger_than_any_wave", "no_timetable"}
)


def costs(
    possible: Possible,
    crew: Crew,
    locks: Locks,
    waves: dict[str, str],
    rungs: Sequence[Rung],
    found: dict[str, Reason],
) -> dict[str, dict[str, Any]]:
    """Per group the first level that would fall, from what to what, and which groups would lose their places."""
    names = [name for name, reason in sorted(found.items()) if reason.code not in NOTHING_HELPS]
    told: dict[str, dict[str, Any]] = {}
    for at in range(0, len(names), HANDS):
        if crew.budget.over():
            break
        lot = names[at : at + HANDS]
        jobs = [partial(forced, possible, crew, locks, waves, rungs, name) for name in lot]
        found_costs = zip(lot, crew.together(jobs), strict=True)
        told |= {name: cost for name, cost in found_costs if cost is not None}
    return told
