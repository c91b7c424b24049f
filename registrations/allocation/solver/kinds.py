"""The kinds of allocation: which format each reads, and who solves it. Pure.

Solvers are imported when they are asked for: a command that refuses its input should not wait for OR-tools.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from registrations.allocation.solver.solution import Solution
from registrations.allocation.solver.watching import Watch

HERE = "registrations.allocation.solver"


@dataclass(frozen=True, slots=True)
class Kind:
    """``read`` and ``solve`` name functions, ``module:function``.

    ``read(data)`` gives an instance or raises Malformed; ``solve(instance, *, seconds, seed, watch)`` a Solution.
    """

    name: str
    format: str
    read: str
    solve: str

    def reader(self) -> Callable[[Any], Any]:
        return found(self.read)

    def solver(self) -> Callable[..., Solution]:
        return found(self.solve)

    def run(self, data: Any, *, seconds: float, seed: int, watch: Watch) -> Solution:
        """Reads and solves; raises Malformed before any work is done."""
        return self.solver()(self.reader()(data), seconds=seconds, seed=seed, watch=watch)


def found(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    value: Any = import_module(f"{HERE}.{module}")
    for part in function.split("."):
        value = getattr(value, part)
    return value


KINDS = {
    kind.name: kind
    for kind in (
        Kind("schools", "alloc.schools/1", "problem:SchoolsInstance.from_json", "schools:solve_schools"),
        Kind("reallocation", "alloc.realloc/1", "case:ReallocationCase.from_json", "reallocation:solve_reallocation"),
        Kind("stands", "alloc.stands/1", "stands:StandsInstance.from_json", "stands:solve_stands"),
        Kind("meetings", "alloc.meetings/1", "meetings:MeetingsInstance.from_json", "meetings:solve_meetings"),
    )
}
