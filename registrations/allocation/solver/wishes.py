"""Which stations each team visits, times aside: a relaxation of the timetable that is nearly always exact. Pure.

A wave's visits are the edges between teams and stations; giving them rounds is an edge colouring, and where every
visit takes one round that is possible as soon as no station has more visits than rounds (König 1916). So what is left
out here (closed rounds, walks, longer visits beyond counting) hardly ever matters, and the model is a sixth of the size.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.packing import weights
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group

Wish = tuple[str, str]
"""A team and a station."""


@dataclass(frozen=True)
class Plan:
    """A wave for each group, and the wished stations each team is to visit."""

    waves: dict[str, str]
    wishes: frozenset[Wish]


@dataclass
class WishModel:
    """Places ``groups``, all of them, in ``waves``, around visits that are ``taken`` there by others.

    ``threshold`` is the least satisfaction of each team; with ``lack`` a team may fall short of it at that price per
    point. Where ``inside`` is given, a model already says who may come when.
    """

    possible: Possible
    groups: list[Group]
    waves: tuple[str, ...]
    threshold: int = 0
    lack: int = 0
    taken: dict[str, list[Wish]] = field(default_factory=dict)
    room: dict[str, int] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    buses: dict[str, str] = field(default_factory=dict)
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    inside: dict[tuple[str, str], Any] = field(default_factory=dict)
    visits: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.goal: list[Any] = []
        if not self.inside:
            for group in self.groups:
                self._place(group)
            self._loads()
            self._buses()
        for group in self.groups:
            for team in group.teams:
                self._wishes(group, team.id, team.size)
        self._stations()

    def options(self, group: Group) -> list[str]:
        """The waves it may come in here."""
        bus = self.buses.get(group.bus) if group.bus else None
        asked = self.fixed.get(group.id)
        return [
            wave
            for wave in self.possible.waves[group.id]
            if wave in self.waves and asked in (None, wave) and bus in (None, wave)
        ]

    def _place(self, group: Group) -> None:
        waves = self.options(group)
        for wave in waves:
            self.inside[group.id, wave] = self.model.new_bool_var("")
        self.model.add_exactly_one(self.inside[group.id, wave] for wave in waves)

    def _loads(self) -> None:
        for wave in self.waves:
            load = [
                group.size * self.inside[group.id, wave] for group in self.groups if (group.id, wave) in self.inside
            ]
            if load:
                self.model.add(sum(load) <= self.room.get(wave, self.instance.wave[wave].capacity))

    def _buses(self) -> None:
        riders: dict[str, list[Group]] = defaultdict(list)
        for group in self.groups:
            if group.bus:
                riders[group.bus].append(group)
        for first, *others in riders.values():
            for group in others:
                for wave in self.waves:
                    one, two = self.inside.get((first.id, wave), 0), self.inside.get((group.id, wave), 0)
                    if not (isinstance(one, int) and isinstance(two, int)):
                        self.model.add(one == two)

    def _wishes(self, group: Group, team: str, size: int) -> None:
        possible, k = self.possible, self.possible.k
        points = possible.points[team]
        need = possible.need(team, self.threshold)
        for wave in self.options(group):
            here = self.inside[group.id, wave]
            own = {}
            for station, value in points.items():
                if possible.most[station, wave]:
                    one = self.model.new_bool_var("")
                    self.model.add_implication(one, here)
                    own[station] = self.visits[team, station, wave] = one
                    self.goal.append(size * value * one)
            if len(own) > k:
                self.model.add(sum(own.values()) <= k * here)
            for sort, most in possible.limits[wave]:
                far = [one for station, one in own.items() if possible.kind_of(station) in sort]
                if len(far) > most:
                    self.model.add(sum(far) <= most * here)
            if need:
                got = sum(points[station] * one for station, one in own.items())
                if self.lack:
                    short = self.model.new_int_var(0, need, "")
                    self.model.add(got + short >= need * here)
                    self.goal.append(-self.lack * short)
                else:
                    self.model.add(got >= need * here)

    def _stations(self) -> None:
        sizes = {team.id: team.size for group in self.groups for team in group.teams}
        at: dict[tuple[str, str], list[tuple[int, Any]]] = defaultdict(list)
        for (team, station, wave), one in self.visits.items():
            at[station, wave].append((sizes[team], one))
        others: dict[tuple[str, str], list[int]] = defaultdict(list)
        for wave, wishes in self.taken.items():
            for team, station in wishes:
                others[station, wave].append(self.instance.team[team].size)
        for (station, wave), rows in at.items():
            there = others[station, wave]
            every = tuple(sorted({size for size, _ in rows} | set(there)))
            rounds = self.possible.most[station, wave]
            for weight, bound in weights(self.instance.station[station].capacity, every):
                room = rounds * bound - sum(weight[size] for size in there)
                if sum(weight[size] for size, _ in rows) > room:
                    self.model.add(sum(weight[size] * one for size, one in rows) <= max(0, room))

    def hint(self, plan: Plan) -> None:
        for (name, wave), one in self.inside.items():
            self.model.add_hint(one, plan.waves.get(name) == wave)
        for (team, station, _), one in self.visits.items():
            self.model.add_hint(one, (team, station) in plan.wishes)

    def solve(self, crew: Crew, *, work: float, seed: int = 0, best: bool = True) -> tuple[Found, Plan | None]:
        """The best plan found, or with ``best`` false any plan."""
        if best:
            self.model.maximize(sum(self.goal))
        found = crew.solve(self.model, work=work, seed=seed, **({} if best else {"linearization_level": 0}))
        if not found.solved:
            return found, None
        waves = {name: wave for (name, wave), one in self.inside.items() if found.on(one)}
        wishes = frozenset((team, station) for (team, station, _), one in self.visits.items() if found.on(one))
        return found, Plan(waves, wishes)


def points_of(possible: Possible, wishes: Iterable[Wish]) -> int:
    """Preference points times team size."""
    sizes = possible.instance.team
    return sum(sizes[team].size * possible.points[team].get(station, 0) for team, station in wishes)
