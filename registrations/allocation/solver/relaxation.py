"""The wishes of all waves together as a linear program: bounds for levels 5 and 6 in a second or two. Pure.

Visits may be had in part, and a station's rounds of all waves are one heap. Who comes may be had in part too, but no
choice of groups that is as good in the first four levels is left out: so the bounds hold for all of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import floor

from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.packing import weights
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group
from registrations.allocation.solver.program import Program
from registrations.allocation.solver.rungs import FULFILMENT, MOTIVATION, PUPILS, SCHOOLS, Rung

ENOUGH = 1e-3
"""Points that must be lacking in all before a satisfaction is taken for impossible."""


@dataclass
class Relaxation:
    """Everybody has at least ``threshold``, or lacks points (``short``). ``only`` are the groups when they are sure."""

    possible: Possible
    locks: Locks
    rungs: Sequence[Rung]
    threshold: int = 0
    only: Collection[str] | None = None
    short: bool = False
    program: Program = field(default_factory=Program)
    visits: dict[tuple[str, str], int] = field(default_factory=dict)
    placed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.groups = [
            group
            for group in self.instance.groups
            if self.possible.waves[group.id]
            and group.id not in self.locks.refused
            and (self.only is None or group.id in self.only)
        ]
        if self.only is None:
            for group in self.groups:
                self.placed[group.id] = self.program.variable()
            self._levels()
        for group in self.groups:
            for team in group.teams:
                self._team(group, team.id, team.size)
        self._stations()

    def points(self, seconds: float) -> int | None:
        """No solution has more points; ``None`` when that was not found out in time."""
        found = self.program.solve(seconds)
        return None if found is None else floor(found.bound)

    def impossible(self, seconds: float) -> bool:
        """Whether it is proven that some team lacks points."""
        found = self.program.solve(seconds)
        return found is not None and found.bound < -ENOUGH

    def points_of_whole_groups(self, seconds: float) -> int | None:
        """As ``points``, with every group there or not."""
        found = self.program.whole_bound(set(self.placed.values()), seconds)
        return None if found is None else floor(found)

    # -- who comes

    def _waves(self, group: Group) -> tuple[str, ...]:
        asked = self.locks.placed.get(group.id)
        return self.possible.waves[group.id] if asked is None else (asked,)

    def _sum(self, groups: Iterable[Group], factors: Mapping[str, int] | None = None) -> list[tuple[int, float]]:
        return [(self.placed[group.id], 1.0 if factors is None else factors[group.id]) for group in groups]

    def _levels(self) -> None:
        """All that the first levels ask, as far as it is linear."""
        program, instance = self.program, self.instance
        size = {group.id: group.size for group in self.groups}
        room = min(instance.rules.places, sum(wave.capacity for wave in instance.waves))
        program.at_most(self._sum(self.groups, size), room)
        same: dict[tuple[str, str], list[Group]] = defaultdict(list)
        for group in self.groups:
            same[group.school, group.class_name].append(group)
        for rows in same.values():
            program.at_most(self._sum(rows), 1)
        for name in self.locks.placed:
            if name in self.placed:
                program.at_least([(self.placed[name], 1)], 1)
        for rung in self.rungs:
            if isinstance(rung.value, list):
                if rung.name == FULFILMENT:
                    self._fulfilment(rung.value, size)
            elif rung.name == SCHOOLS:
                self._schools(rung.value)
            elif rung.name == PUPILS:
                program.at_least(self._sum(self.groups, size), rung.value)
            elif rung.name == MOTIVATION:
                worth = {group.id: group.size * group.motivation for group in self.groups}
                program.at_least(self._sum(self.groups, worth), rung.value)

    def _schools(self, value: int) -> None:
        of_school: dict[str, list[Group]] = defaultdict(list)
        for group in self.groups:
            of_school[group.school].append(group)
        reached = []
        for rows in of_school.values():
            one = self.program.variable()
            self.program.at_most([(one, 1.0), *((at, -factor) for at, factor in self._sum(rows))], 0)
            reached.append((one, 1.0))
        self.program.at_least(reached, value)

    def _fulfilment(self, values: list[int], size: Mapping[str, int]) -> None:
        """Nobody below the worst, and so many municipalities at each of the steps above."""
        homes: dict[str, list[Group]] = defaultdict(list)
        for group in self.groups:
            homes[self.instance.municipality_of(group)].append(group)
        targets = [row for row in self.instance.municipalities if row.target > 0]
        values = values[: len(targets)]
        worst = values[0] if values else 0
        least = {row.id: -(-worst * row.target // 1000) for row in targets}
        for row in targets:
            self.program.at_least(self._sum(homes[row.id], size), least[row.id])
        for step in sorted({value for value in values if value > worst}):
            reached = []
            for row in targets:
                one = self.program.variable()
                rise = -(-step * row.target // 1000) - least[row.id]
                self.program.at_least([*self._sum(homes[row.id], size), (one, -rise)], least[row.id])
                reached.append((one, 1.0))
            self.program.at_least(reached, sum(1 for value in values if value >= step))

    # -- who visits what

    def _team(self, group: Group, team: str, size: int) -> None:
        possible, program, k = self.possible, self.program, self.possible.k
        waves, need = self._waves(group), possible.need(team, self.threshold)
        points = {
            station: value
            for station, value in possible.points[team].items()
            if any(possible.most[station, wave] for wave in waves)
        }
        here = self.placed.get(group.id)
        own = {}
        for station, value in points.items():
            others = sorted((worth for other, worth in points.items() if other != station), reverse=True)
            if not self.short and value + sum(others[: k - 1]) < need:
                continue
            own[station] = self.visits[team, station] = program.variable(0 if self.short else size * value)
            if here is not None:
                program.at_most([(own[station], 1.0), (here, -1.0)], 0)
        self._no_more([(one, 1.0) for one in own.values()], k, here)
        for sort, most in possible.limits[waves[0]]:
            limits = [dict(possible.limits[wave]).get(sort, k) for wave in waves]
            far = [(one, 1.0) for station, one in own.items() if possible.kind_of(station) in sort]
            self._no_more(far, max([most, *limits]), here)
        if need:
            got = [(one, float(points[station])) for station, one in own.items()]
            if self.short:
                got.append((program.variable(-1.0, need), 1.0))
            if here is None:
                program.at_least(got, need)
            else:
                program.at_least([*got, (here, -float(need))], 0)

    def _no_more(self, terms: list[tuple[int, float]], most: int, here: int | None) -> None:
        if len(terms) > most:
            if here is None:
                self.program.at_most(terms, most)
            else:
                self.program.at_most([*terms, (here, -float(most))], 0)

    def _stations(self) -> None:
        at: dict[str, list[tuple[int, int]]] = defaultdict(list)
        coming: dict[str, set[str]] = defaultdict(set)
        for (team, station), one in self.visits.items():
            at[station].append((one, self.instance.team[team].size))
            coming[station].update(self._waves(self.instance.group_of_team[team]))
        for station, rows in at.items():
            rounds = sum(self.possible.most[station, wave] for wave in coming[station])
            sizes = tuple(sorted({size for _, size in rows}))
            for weight, bound in weights(self.instance.station[station].capacity, sizes):
                terms = [(one, float(weight[size])) for one, size in rows if weight[size]]
                self.program.at_most(terms, rounds * bound)
