"""Measures the allocation: our solution beside first come, first served and a greedy one, on made-up instances.

``make bench`` runs one of the real size for BENCH_SECONDS (12); BENCH_FULL=1 adds more seeds and three and ten times
the size. By itself: ``python -m tests.bench_allocation``.
"""

import json
import os
import resource
from dataclasses import dataclass, field
from typing import Any

from registrations.allocation.solver.baselines import first_come, greedy
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.schools import solve_schools
from registrations.allocation.solver.solution import Solution
from registrations.allocation.solver.stands import solve_stands
from registrations.allocation.solver.stands_read import StandsInstance
from registrations.allocation.solver.watching import Progress
from tests.allocation_instances import schools_instance
from tests.allocation_stands_instances import stands

SECONDS = float(os.environ.get("BENCH_SECONDS", "12"))
FULL = os.environ.get("BENCH_FULL") == "1"
STANDS_PROVEN = "position_value_by_package"
"""The last of the stands' levels that must be proven: those after it are as good as the time allows."""


@dataclass
class Stopwatch:
    """When the first four levels were proven, and when the first whole timetable stood."""

    seen: dict[str, float] = field(default_factory=dict)

    def wants_stop(self) -> bool:
        return False

    def report(self, progress: Progress) -> None:
        if progress.level == "motivation_points" and progress.value == progress.bound:
            self.seen.setdefault("first_levels_proven_seconds", progress.seconds)
        if progress.step == 5:
            self.seen.setdefault("first_timetable_seconds", progress.seconds)


def told(solution: Solution, *, bounds: bool) -> dict[str, Any]:
    """Each level's value; with ``bounds`` also what is still possible and whether it is proven."""
    return {
        level.name: {"value": level.value, "bound": level.bound, "proven": level.proven} if bounds else level.value
        for level in solution.objective
    }


def one(data: dict[str, Any], seconds: float) -> dict[str, Any]:
    instance = SchoolsInstance.from_json(data)
    watch = Stopwatch()
    ours = solve_schools(instance, seconds=seconds, watch=watch)
    return {
        "pupils": sum(group.size for group in instance.groups),
        "groups": len(instance.groups),
        "stations": len(instance.stations),
        "seconds": round(ours.seconds, 1),
        **watch.seen,
        "ours": told(ours, bounds=True),
        "first_come": told(first_come(instance), bounds=False),
        "greedy": told(greedy(instance), bounds=False),
        "peak_memory_MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


@dataclass
class FloorWatch:
    """When everybody's place, the competitors and the positions' worth were all proven."""

    seen: dict[str, float] = field(default_factory=dict)

    def wants_stop(self) -> bool:
        return False

    def report(self, progress: Progress) -> None:
        if progress.level == STANDS_PROVEN and progress.value == progress.bound:
            self.seen.setdefault("first_levels_proven_seconds", progress.seconds)


def floor(data: dict[str, Any], seconds: float) -> dict[str, Any]:
    """One fair's stands: how good, what is proven, how long."""
    watch = FloorWatch()
    found = solve_stands(StandsInstance.from_json(data), seconds=seconds, watch=watch)
    return {
        "exhibitors": len(data["exhibitors"]),
        "stands": len(data["stands"]),
        "seconds": round(found.seconds, 1),
        **watch.seen,
        "ours": told(found, bounds=True),
    }


def stand_allocation() -> dict[str, Any]:
    """134 exhibitors on 140 stands; BENCH_FULL=1 gives them a minute, and ten times as many two."""
    cases = {"1x": (stands(), 60 if FULL else max(SECONDS, 30))}
    if FULL:
        cases |= {"10x": (stands(exhibitors=1340, spare=60, columns=28), 120)}
    return {name: floor(data, seconds) for name, (data, seconds) in cases.items()}


def allocation() -> dict[str, Any]:
    """Every instance's measures, by name."""
    cases = {"1x": (schools_instance(1), SECONDS)}
    if FULL:
        cases |= {f"1x seed {seed}": (schools_instance(seed), SECONDS) for seed in (2, 3)}
        cases |= {"3x": (schools_instance(11, places=3000), 110), "10x": (schools_instance(21, places=10_000), 300)}
    return {name: one(data, seconds) for name, (data, seconds) in cases.items()}


if __name__ == "__main__":
    print(json.dumps({"schools": allocation(), "stands": stand_allocation()}, indent=1, ensure_ascii=False))  # noqa: T201
