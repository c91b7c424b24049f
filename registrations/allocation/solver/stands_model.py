"""The floor as a model for CP-SAT and, for a bound on the wishes, as a linear program. Pure.

Annealing finds good arrangements of a whole hall; the model proves small ones and bounds the large ones.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]  # compiled, without types
from ortools.sat.python import cp_model

from registrations.allocation.solver.crew import Found
from registrations.allocation.solver.stands_floor import Floor

SLACK = 1e-6

Total = cp_model.LinearExpr | int
"""What a level comes to; a plain 0 where nothing is at stake."""


class FloorModel:
    """``x[i, s]``: exhibitor i stands at s. Levels are added as they are needed and kept by ``hold``."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.model = cp_model.CpModel()
        new = self.model.new_bool_var
        self.x = {(i, s): new("") for i in range(floor.people) for s in sorted(floor.may[i])}
        for i in range(floor.people):
            self.model.add_exactly_one(self.x[i, s] for s in sorted(floor.may[i]))
        for s in range(floor.stands):
            here = [self.x[i, s] for i in range(floor.people) if s in floor.may[i]]
            if s in floor.may[floor.people]:
                self.model.add_at_most_one(here)
            else:
                self.model.add_exactly_one(here)
        self._side_by_side: dict[tuple[int, int, int, int], cp_model.IntVar] = {}

    def conflicts(self, allowed: int | None = None) -> Total:
        """How many competitors are side by side; none may be when ``allowed`` is 0."""
        floor, model = self.floor, self.model
        found = []
        for i, j in pairs_of(floor, floor.competes):
            clash = None if allowed == 0 else model.new_bool_var("")
            for s in sorted(floor.may[i]):
                near = [self.x[j, t] for t in floor.beside[s] if t in floor.may[j]]
                if not near:
                    continue
                if clash is None:
                    model.add_at_most_one([self.x[i, s], *near])
                else:
                    model.add(sum(near) + self.x[i, s] <= 1 + clash)
            if clash is not None:
                found.append(clash)
        total = sum(found)
        if found and allowed is not None:
            model.add(total <= allowed)
        return total

    def values(self, package: int) -> Total:
        mine = [(i, s) for i, s in self.x if self.floor.package[i] == package and self.floor.value[s]]
        return sum(self.floor.value[s] * self.x[i, s] for i, s in mine)

    def wishes(self) -> Total:
        """Wishes met: each pair at most at one pair of neighbouring stands."""
        terms: list[Total] = []
        crossing = defaultdict(list)
        for i, j in pairs_of(self.floor, self.floor.wishes):
            met = {places: self.model.new_bool_var("") for places in neighbouring(self.floor, i, j)}
            by_i, by_j = defaultdict(list), defaultdict(list)
            for (s, t), variable in met.items():
                self._side_by_side[i, s, j, t] = variable
                by_i[s].append(variable)
                by_j[t].append(variable)
                crossing[min(s, t), max(s, t)].append(variable)
            for person, groups in ((i, by_i), (j, by_j)):
                for stand, variables in groups.items():
                    self.model.add(sum(variables) <= self.x[person, stand])
            terms += [self.floor.wishes[i][j] * variable for variable in met.values()]
        for variables in crossing.values():
            self.model.add_at_most_one(variables)
        return sum(terms)

    def same(self) -> Total:
        """Neighbours from one municipality."""
        floor = self.floor
        terms: list[Total] = []
        for members in municipalities(floor):
            here = {}
            for s in range(floor.stands):
                present = [self.x[i, s] for i in members if s in floor.may[i]]
                if present:
                    here[s] = self.model.new_bool_var("")
                    self.model.add(sum(present) == here[s])
            for s, t in floor.edges:
                if s in here and t in here:
                    both = self.model.new_bool_var("")
                    self.model.add_implication(both, here[s])
                    self.model.add_implication(both, here[t])
                    terms.append(both)
        return sum(terms)

    def hold(self, expression: Total, value: int) -> None:
        """The level is worth at least ``value`` from now on."""
        if not isinstance(expression, int):
            self.model.add(expression >= value)

    def start_from(self, at: Sequence[int]) -> None:
        self.model.clear_hints()
        for (i, s), variable in self.x.items():
            self.model.add_hint(variable, at[i] == s)
        for (i, s, j, t), variable in self._side_by_side.items():
            self.model.add_hint(variable, at[i] == s and at[j] == t)

    def arrangement(self, found: Found) -> list[int]:
        return [next(s for s in sorted(self.floor.may[i]) if found.on(self.x[i, s])) for i in range(self.floor.people)]


def pairs_of(floor: Floor, matrix: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in range(floor.people) for j in range(i + 1, floor.people) if matrix[i][j])


def neighbouring(floor: Floor, i: int, j: int) -> list[tuple[int, int]]:
    """Where i and j may stand side by side."""
    return [(s, t) for s in sorted(floor.may[i]) for t in floor.beside[s] if t in floor.may[j]]


def municipalities(floor: Floor) -> list[list[int]]:
    """Those with at least two exhibitors, as the exhibitors' numbers."""
    groups: dict[int, list[int]] = {}
    for i in range(floor.people):
        first = next((j for j in range(i) if floor.same[i][j]), i)
        groups.setdefault(first, []).append(i)
    return [members for members in groups.values() if len(members) > 1]


def size_of(floor: Floor) -> int:
    """How many variables the wishes take."""
    return sum(len(neighbouring(floor, i, j)) for i, j in pairs_of(floor, floor.wishes))


def wishes_at_most(floor: Floor, seconds: float) -> int:
    """A bound on the wishes that can be met: the linear relaxation, or all of them when there is no time for it."""
    everything = floor.most().wishes
    solver = pywraplp.Solver.CreateSolver("GLOP")
    if solver is None or not everything or seconds <= 0:
        return everything
    x = {(i, s): solver.NumVar(0, 1, "") for i in range(floor.people) for s in sorted(floor.may[i])}
    rows: dict[tuple[str, int, int], list[pywraplp.Variable]] = defaultdict(list)
    for (i, s), variable in x.items():
        rows["one stand", i, 0].append(variable)
        rows["one exhibitor", s, 0].append(variable)
    total = solver.Objective()
    total.SetMaximization()
    for i, j in pairs_of(floor, floor.wishes):
        at_i: dict[int, list[pywraplp.Variable]] = defaultdict(list)
        at_j: dict[int, list[pywraplp.Variable]] = defaultdict(list)
        for s, t in neighbouring(floor, i, j):
            met = solver.NumVar(0, 1, "")
            total.SetCoefficient(met, floor.wishes[i][j])
            at_i[s].append(met)
            at_j[t].append(met)
            rows["one pair", min(s, t), max(s, t)].append(met)
        for person, groups in ((i, at_i), (j, at_j)):
            for stand, variables in groups.items():
                limit = solver.Constraint(-solver.infinity(), 0)
                limit.SetCoefficient(x[person, stand], -1)
                for variable in variables:
                    limit.SetCoefficient(variable, 1)
    for (kind, number, _), variables in rows.items():
        full = kind == "one stand" or (kind == "one exhibitor" and number not in floor.may[floor.people])
        limit = solver.Constraint(1 if full else 0, 1)
        for variable in variables:
            limit.SetCoefficient(variable, 1)
    solver.SetTimeLimit(max(1, int(seconds * 1000)))
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return everything
    return min(everything, int(total.Value() + SLACK))
