"""The levels of the objective that say who gets a place, solved one after another on any model of it. Pure."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from ortools.sat.python import cp_model

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group

SCHOOLS, FULFILMENT = "schools_with_place", "municipal_fulfilment_sorted"
PUPILS, MOTIVATION = "pupils_placed", "motivation_points"
EVICTED, MOVED = "groups_evicted", "groups_moved_wave"
FEWEST = (EVICTED, MOVED)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level as far as it is solved: ``value`` is reached, nothing beyond ``bound`` is possible."""

    name: str
    value: int | list[int]
    bound: int | list[int]
    proven: bool


def rung_names(possible: Possible, *, again: bool = False) -> list[str]:
    """The levels in order; ``again`` when some have been told of a place before."""
    first = [FULFILMENT, SCHOOLS] if possible.instance.rules.municipalities_first else [SCHOOLS, FULFILMENT]
    return [*(FEWEST if again else ()), *first, PUPILS, MOTIVATION]


class Climb(ABC):
    """A model and the levels that are added to it one by one."""

    def __init__(self, possible: Possible, crew: Crew) -> None:
        self.possible = possible
        self.instance = possible.instance
        self.crew = crew
        self.model = cp_model.CpModel()
        self.names = rung_names(possible)

    @abstractmethod
    def targets(self) -> list[tuple[int, Any]]:
        """Per municipality with a target: the target, and its placed pupils (a plain 0 where nobody can come)."""

    @abstractmethod
    def goal(self, name: str) -> Any:
        """What is to be as large as possible for the level; fewest are counted below zero."""

    @abstractmethod
    def remember(self, found: Found) -> None:
        """Keeps the solution."""

    def settle(self, *, work: float, goal: Any = None, seed: int = 0) -> Found:
        """Solves with the levels added so far; remembers what was found."""
        self.model.clear_objective()
        if goal is not None:
            self.model.maximize(goal)
        found = self.crew.alone(lambda: self.crew.solve(self.model, work=work, seed=seed, interleave_search=True))
        if found.solved:
            self.remember(found)
        return found

    def climb(self, *, work: float, known: list[Rung] | None = None) -> list[Rung]:
        """All levels, ``work`` for each; ``known`` are bounds from a relaxation. Ends where nothing is found.

        A known bound holds only as long as all levels before have the value that it was found for.
        """
        bounds = {rung.name: rung for rung in known or ()}
        rungs: list[Rung] = []
        for name in self.names:
            certain = all(rung.proven for rung in rungs)
            same = all(rung.name in bounds and rung.value == bounds[rung.name].value for rung in rungs)
            bound = bounds[name].bound if certain and same and name in bounds else None
            rung = self._fulfilment(work, bound) if name == FULFILMENT else self._number(name, work, bound)
            if rung is None:
                break
            rungs.append(rung if certain else replace(rung, proven=False))
        return rungs

    def _number(self, name: str, work: float, bound: Any) -> Rung | None:
        goal = self.goal(name)
        if isinstance(goal, int):
            return Rung(name, abs(goal), abs(goal), True)
        if isinstance(bound, int):
            self.model.add(goal <= (-bound if name in FEWEST else bound))
        found = self.settle(work=work, goal=goal)
        if not found.solved:
            return None
        self.model.add(goal >= found.value)
        return Rung(name, abs(found.value), abs(found.bound), found.proven)

    def _fulfilment(self, work: float, bound: Any) -> Rung | None:
        """Leximin: the i-th worst is at least t when all but i - 1 municipalities reach t."""
        targets = self.targets()
        open_ = [(target, pupils) for target, pupils in targets if not isinstance(pupils, int)]
        values = [0] * (len(targets) - len(open_))
        upper, proven = list(values), True
        while len(values) < len(targets) and (not values or values[-1] < 1000):
            floor = values[-1] if values else 0
            same = isinstance(bound, list) and proven and values == bound[: len(values)]
            known = bound[len(values)] if same else 1000
            level = self.model.new_int_var(floor, max(floor, known), "")
            self._enough(open_, level, len(targets) - len(values))
            found = self.settle(work=work, goal=level)
            if not found.solved:
                return None
            self.model.add(level == found.value)
            if proven:
                upper.append(found.bound)
            proven = proven and found.proven
            values.append(found.value)
        rest = len(self.instance.municipalities)
        values = values + [1000] * (rest - len(values))
        upper = upper + [1000] * (rest - len(upper))
        return Rung(FULFILMENT, values, values if proven else max(upper, values), proven)

    def _enough(self, targets: list[tuple[int, Any]], level: Any, needed: int) -> None:
        """At least ``needed`` of the municipalities reach the level, a number or a variable."""
        reached = []
        for target, pupils in targets:
            one = self.model.new_bool_var("")
            self.model.add(1000 * pupils >= target * level).only_enforce_if(one)
            reached.append(one)
        self.model.add(sum(reached) >= needed)

    def require(self, rungs: Iterable[Rung]) -> None:
        """Nothing worse than these values from now on."""
        for rung in rungs:
            if isinstance(rung.value, list):
                self._at_least(rung.value)
            else:
                goal = self.goal(rung.name)
                least = -rung.value if rung.name in FEWEST else rung.value
                if not isinstance(goal, int):
                    self.model.add(goal >= least)
                elif goal < least:
                    self.model.add_bool_or([])

    def _at_least(self, values: list[int]) -> None:
        """The sorted fulfilments are one by one no worse."""
        targets = self.targets()
        open_ = [(target, pupils) for target, pupils in targets if not isinstance(pupils, int)]
        values = values[: len(targets)]
        for step in sorted({value for value in values if value > 0}):
            needed = sum(1 for value in values if value >= step)
            if needed == len(targets) == len(open_):
                for target, pupils in open_:
                    self.model.add(pupils >= -(-step * target // 1000))
            else:
                self._enough(open_, step, needed)


def fulfilments(possible: Possible, groups: Iterable[Group]) -> list[int]:
    """Each municipality's placed pupils in thousandths of its target, 1000 at most, sorted upwards."""
    instance = possible.instance
    pupils: dict[str, int] = defaultdict(int)
    for group in groups:
        pupils[instance.municipality_of(group)] += group.size
    return sorted(
        1000 if row.target <= 0 else min(1000, 1000 * pupils[row.id] // row.target) for row in instance.municipalities
    )


def reached(possible: Possible, chosen: dict[str, str], before: dict[str, str] | None = None) -> dict[str, Any]:
    """The levels' values for groups in waves."""
    instance = possible.instance
    groups = [instance.group[name] for name in chosen]
    told = {name: wave for name, wave in (before or {}).items() if name in instance.group}
    values: dict[str, Callable[[], Any]] = {
        SCHOOLS: lambda: len({group.school for group in groups}),
        FULFILMENT: lambda: fulfilments(possible, groups),
        PUPILS: lambda: sum(group.size for group in groups),
        MOTIVATION: lambda: sum(group.size * group.motivation for group in groups),
        EVICTED: lambda: sum(1 for name in told if name not in chosen),
        MOVED: lambda: sum(1 for name, wave in told.items() if chosen.get(name, wave) != wave),
    }
    return {name: values[name]() for name in rung_names(possible, again=before is not None)}
