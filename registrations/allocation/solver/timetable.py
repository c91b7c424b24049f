"""One wave's timetable: which team is where in which round. Pure.

Given the groups of a wave, waves share nothing, so each is a model of its own, exact in all the hard rules.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.solution import Visit
from registrations.allocation.solver.wishes import Wish

SPARE = 6
"""How many stations beside the wished ones a team is offered at first, for lack of wishes that can be met."""

MOST_VISITS = 200_000
"""A model of a whole wave with more possible visits than this would take too much memory, and too long."""


@dataclass
class WaveModel:
    """Every visit that the groups' teams could make in the wave, at ``stations`` of each team (default: all).

    With ``here`` a larger ``model`` decides which of the groups come at all.
    """

    possible: Possible
    wave: str
    groups: Collection[str]
    stations: Mapping[str, Collection[str]] | None = None
    threshold: int = 0
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    visits: dict[tuple[str, str, int], Any] = field(default_factory=dict)
    here: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.at: dict[tuple[str, int], list[tuple[int, Any]]] = defaultdict(list)
        self.impossible = False
        for name in self.groups:
            for team in self.instance.group[name].teams:
                self._team(team.id, team.size, 1 if self.here is None else self.here[name])
        self._capacity()

    def _team(self, team: str, size: int, here: Any) -> None:
        possible, k = self.possible, self.possible.k
        points = possible.points[team]
        every, got = [], []
        busy: dict[int, list[Any]] = defaultdict(list)
        starts: dict[tuple[str, int], list[Any]] = defaultdict(list)
        ends: dict[tuple[str, int], list[Any]] = defaultdict(list)
        asked = None if self.stations is None else self.stations[team]
        for station in possible.eligible[team]:
            if asked is not None and station not in asked:
                continue
            row = self.instance.station[station]
            own = []
            for start in possible.starts[station, self.wave]:
                one = self.model.new_bool_var("")
                self.visits[team, station, start] = one
                own.append(one)
                for at in range(start, start + row.duration):
                    busy[at].append(one)
                    self.at[station, at].append((size, one))
                starts[row.zone, start].append(one)
                ends[row.zone, start + row.duration - 1].append(one)
                if station in points:
                    got.append(points[station] * one)
            if len(own) > 1:
                self.model.add_at_most_one(own)
            every.extend(own)
        if len(every) < k:
            if self.here is None:
                self.impossible = True
            else:
                self.model.add(here == 0)
            return
        self.model.add(sum(every) == k * here)
        for ones in busy.values():
            self.model.add_at_most_one(ones)
        self._walks(starts, ends)
        need = possible.need(team, self.threshold)
        if need:
            self.model.add(sum(got) >= need * here)

    def _walks(self, starts: dict[tuple[str, int], list[Any]], ends: dict[tuple[str, int], list[Any]]) -> None:
        """Between two visits with none in between there are as many free rounds as the walk takes."""
        for (zone, end), leaving in ends.items():
            for (other, start), coming in starts.items():
                gap = start - end - 1
                if not 0 <= gap < self.possible.pauses[zone, other]:
                    continue
                between = [one for (_, at), ones in starts.items() if end < at < start for one in ones]
                if between:
                    self.model.add(sum(leaving) + sum(coming) - sum(between) <= 1)
                else:
                    self.model.add_at_most_one([*leaving, *coming])

    def _capacity(self) -> None:
        for (station, _), rows in self.at.items():
            capacity = self.instance.station[station].capacity
            if sum(size for size, _ in rows) <= capacity:
                continue
            smallest = sorted(size for size, _ in rows)[:2]
            if sum(smallest) > capacity:
                self.model.add_at_most_one(one for _, one in rows)
            else:
                self.model.add(sum(size * one for size, one in rows) <= capacity)

    def gain(self) -> Any:
        """Preference points times team size."""
        sizes, points = self.instance.team, self.possible.points
        return sum(
            sizes[team].size * points[team][station] * one
            for (team, station, _), one in self.visits.items()
            if station in points[team]
        )

    def hint(self, visits: Iterable[Visit]) -> None:
        known = {(row.team, row.station, row.round) for row in visits}
        for key, one in self.visits.items():
            self.model.add_hint(one, key in known)

    def solve(
        self, crew: Crew, *, work: float, goal: Any = None, seed: int = 0
    ) -> tuple[Found | None, tuple[Visit, ...] | None]:
        """The visits, or none; without anything found (``None``) when a team has too few stations anyway."""
        if self.impossible:
            return None, None
        if goal is not None:
            self.model.maximize(goal)
        found = crew.solve(self.model, work=work, seed=seed)
        if not found.solved:
            return found, None
        return found, tuple(sorted(Visit(*key) for key, one in self.visits.items() if found.on(one)))


def timetable(
    possible: Possible,
    crew: Crew,
    wave: str,
    groups: Collection[str],
    *,
    wishes: Collection[Wish] | None = None,
    threshold: int = 0,
    work: float = 4.0,
    seed: int = 0,
) -> tuple[tuple[Visit, ...] | None, bool]:
    """A wave's visits, and whether it is proven that there are none.

    With ``wishes`` first a timetable that meets just these (the rest at stations the team did not wish for), then the
    best one for the wished stations, then any at all.
    """
    if not groups or not possible.k:
        return (), False
    instance = possible.instance
    teams = [team.id for name in groups for team in instance.group[name].teams]
    if wishes is not None:
        planned: dict[str, set[str]] = {team: set() for team in teams}
        for team, station in wishes:
            planned[team].add(station)
        others = elsewhere(possible, wave, planned)
        exact = WaveModel(possible, wave, groups, {team: planned[team] | others[team] for team in teams}, threshold)
        _, visits = exact.solve(crew, work=work / 4, seed=seed)
        if visits is not None:
            return visits, False
        if crew.budget.over():
            return None, False
        wished = {team: {*possible.points[team], *others[team]} for team in teams}
        model = WaveModel(possible, wave, groups, wished, threshold)
        _, visits = model.solve(crew, work=work / 2, goal=model.gain(), seed=seed)
        if visits is not None:
            return visits, False
    if (
        crew.budget.over()
        or sum(len(possible.starts[station, wave]) for team in teams for station in possible.eligible[team])
        > MOST_VISITS
    ):
        return None, False
    model = WaveModel(possible, wave, groups, None, threshold)
    found, visits = model.solve(crew, work=work, seed=seed)
    return visits, visits is None and (found is None or found.impossible)


def elsewhere(possible: Possible, wave: str, planned: dict[str, set[str]]) -> dict[str, set[str]]:
    """For teams with fewer than k planned visits some stations that they did not wish for, those least asked first."""
    asked: dict[str, float] = defaultdict(
        float, Counter(station for stations in planned.values() for station in stations)
    )
    found: dict[str, set[str]] = {}
    for team, stations in planned.items():
        found[team] = set()
        lacking = possible.k - len(stations)
        if lacking <= 0:
            continue
        free = [
            station
            for station in possible.eligible[team]
            if station not in possible.points[team] and possible.most[station, wave]
        ]
        free.sort(key=lambda station: (asked[station] / possible.most[station, wave], station))
        for station in free[: SPARE + 2 * lacking]:
            found[team].add(station)
            asked[station] += 1 / SPARE
    return found
