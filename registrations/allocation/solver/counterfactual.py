"""One group forced in: which level falls first, and who loses. Pure.

Waves are left aside where the relaxation shows the loss already; the names of those who lose are one way it could go.
"""

from collections.abc import Sequence
from typing import Any

from registrations.allocation.solver.admission import Ladder
from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.rungs import FULFILMENT, Rung, reached

WORK = 0.5


def forced(
    possible: Possible,
    crew: Crew,
    locks: Locks,
    waves: dict[str, str],
    rungs: Sequence[Rung],
    name: str,
) -> dict[str, Any] | None:
    """The first level that could not keep its value with the group in, and the fewest who lose; or nothing found."""
    inside = Locks({**locks.placed, name: locks.placed.get(name)}, locks.refused)
    kept: list[Rung] = []
    for rung in rungs:
        ladder = Ladder(possible, crew, inside, waves=False)
        ladder.require([*kept, rung])
        ladder.model.clear_hints()
        found = crew.solve(ladder.model, work=WORK, interleave_search=True)
        if found.solved:
            kept.append(rung)
            continue
        if not found.impossible:
            return None
        return _fallen(possible, crew, inside, waves, kept, rung)
    return {"level": None, "loses": []}


def _fallen(
    possible: Possible, crew: Crew, locks: Locks, waves: dict[str, str], kept: list[Rung], rung: Rung
) -> dict[str, Any] | None:
    """With the levels before it kept: the best the level could be, then as few losers as possible."""
    ladder = Ladder(possible, crew, locks, waves=False)
    ladder.require(kept)
    stay = sum(one for other, one in ladder.placed.items() if other in waves)
    if rung.name == FULFILMENT:
        goal: Any = sum(
            1000 * one * possible.instance.group[other].size for other, one in ladder.placed.items() if other in waves
        )
        ladder.model.maximize(goal)
    else:
        ladder.model.maximize(10_000 * ladder.goal(rung.name) + stay)
    found = crew.solve(ladder.model, work=WORK, interleave_search=True)
    if not found.solved:
        return None
    chosen = {other: waves.get(other, "") for other, one in ladder.placed.items() if found.on(one)}
    values = reached(possible, chosen)
    return {
        "level": rung.name,
        "from": rung.value,
        "to": values[rung.name],
        "loses": sorted(other for other in waves if other not in chosen),
        "certain": rung.name != FULFILMENT and found.proven,
    }
