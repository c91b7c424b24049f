"""Places groups one after another, each with a timetable at once: valid always, best never. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group, Team
from registrations.allocation.solver.solution import Visit

MOST_STEPS = 400

MANY, SOME = 60, 25
"""With more stations than MANY a team is first offered SOME beside those it wishes for."""

Spot = tuple[int, int, str, str]
"""A visit's first and last round, its station and zone."""


@dataclass
class Desk:
    """What is taken so far. ``place`` finds a group a wave and its teams their visits, or leaves all as it was."""

    possible: Possible
    waves: dict[str, str] = field(default_factory=dict)
    visits: dict[str, list[Visit]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.room = {wave.id: wave.capacity for wave in self.instance.waves}
        self.places = self.instance.rules.places
        self.buses: dict[str, str] = {}
        self.classes: set[tuple[str, str]] = set()
        self.seated: Counter[tuple[str, str, int]] = Counter()

    def place(self, group: Group, asked: str | None = None) -> bool:
        """Whether the group got a place: in the wave asked for, else in the emptiest that takes it."""
        if group.size > self.places or (group.school, group.class_name) in self.classes or group.id in self.waves:
            return False
        bus = self.buses.get(group.bus) if group.bus else None
        waves = [
            wave
            for wave in self.possible.waves[group.id]
            if self.room[wave] >= group.size and asked in (None, wave) and bus in (None, wave)
        ]
        return any(self._place_in(group, wave) for wave in sorted(waves, key=lambda wave: -self.room[wave]))

    def restore(self, group: Group, wave: str, told: list[Visit]) -> bool:
        """The group in the wave it was told, with the visits it was told where every team can still make them."""
        if wave not in self.possible.waves[group.id] or group.size > min(self.places, self.room[wave]):
            return False
        if not self._stands(group, wave, told):
            return self.place(group, wave)
        for row in told:
            self._sit(row, wave, 1)
        self._enter(group, wave, told)
        return True

    def _stands(self, group: Group, wave: str, told: list[Visit]) -> bool:
        spots: dict[str, list[Spot]] = {team.id: [] for team in group.teams}
        load: Counter[tuple[str, int]] = Counter()
        for row in told:
            if row.station not in self.possible.eligible[row.team]:
                return False
            station = self.instance.station[row.station]
            if row.round not in self.possible.starts[row.station, wave]:
                return False
            spots[row.team].append((row.round, row.round + station.duration - 1, row.station, station.zone))
            for at in range(row.round, row.round + station.duration):
                load[row.station, at] += self.instance.team[row.team].size
        if any(
            self.seated[station, wave, at] + size > self.instance.station[station].capacity
            for (station, at), size in load.items()
        ):
            return False
        return (group.school, group.class_name) not in self.classes and all(
            len({spot[2] for spot in day}) == len(day) == self.possible.k
            and all(self._apart(one, other) for one, other in pairwise(sorted(day)))
            for day in spots.values()
        )

    def _enter(self, group: Group, wave: str, visits: list[Visit]) -> None:
        self.waves[group.id] = wave
        self.visits[wave].extend(visits)
        self.room[wave] -= group.size
        self.places -= group.size
        self.classes.add((group.school, group.class_name))
        if group.bus:
            self.buses[group.bus] = wave

    def _place_in(self, group: Group, wave: str) -> bool:
        visits: list[Visit] = []
        for team in group.teams:
            found = self._day(team, wave)
            if found is None:
                for row in visits:
                    self._sit(row, wave, -1)
                return False
            for row in found:
                self._sit(row, wave, 1)
            visits.extend(found)
        self._enter(group, wave, visits)
        return True

    def _sit(self, visit: Visit, wave: str, sign: int) -> None:
        size = self.instance.team[visit.team].size * sign
        for at in range(visit.round, visit.round + self.instance.station[visit.station].duration):
            self.seated[visit.station, wave, at] += size

    def _day(self, team: Team, wave: str) -> list[Visit] | None:
        """k visits; where there are very many stations, first among the wished ones and some others."""
        stations, points = self.possible.eligible[team.id], self.possible.points[team.id]
        if len(stations) <= MANY:
            return self._day_among(team, wave, stations)
        at = len(self.waves) * SOME % len(stations)
        near = [name for name in (stations[at:] + stations[:at])[:SOME] if name not in points]
        return self._day_among(team, wave, [*points, *near]) or self._day_among(team, wave, stations)

    def _day_among(self, team: Team, wave: str, stations: Iterable[str]) -> list[Visit] | None:
        """The most wished for first; a search that gives up after some hundred steps."""
        points = self.possible.points[team.id]
        options: list[tuple[str, list[Spot]]] = []
        for name in stations:
            row = self.instance.station[name]
            spots = [
                (start, start + row.duration - 1, name, row.zone)
                for start in self.possible.starts[name, wave]
                if all(
                    self.seated[name, wave, at] + team.size <= row.capacity for at in range(start, start + row.duration)
                )
            ]
            if spots:
                options.append((name, spots))
        options.sort(key=lambda option: (-points.get(option[0], 0), -len(option[1])))
        steps = 0

        def extend(index: int, day: list[Spot]) -> list[Spot] | None:
            nonlocal steps
            if len(day) == self.possible.k:
                return day
            for at in range(index, len(options) - (self.possible.k - len(day)) + 1):
                for spot in options[at][1]:
                    steps += 1
                    if steps > MOST_STEPS:
                        return None
                    if all(self._apart(spot, other) for other in day):
                        found = extend(at + 1, [*day, spot])
                        if found is not None:
                            return found
            return None

        day = extend(0, [])
        return None if day is None else [Visit(team.id, station, start) for start, _, station, _ in day]

    def _apart(self, one: Spot, other: Spot) -> bool:
        first, second = sorted((one, other))
        return second[0] - first[1] - 1 >= self.possible.pauses[first[3], second[3]]

    def result(self) -> tuple[dict[str, str], dict[str, tuple[Visit, ...]]]:
        return dict(self.waves), {wave: tuple(sorted(rows)) for wave, rows in self.visits.items() if rows}


def place_greedily(
    possible: Possible, locks: Locks | None = None
) -> tuple[dict[str, str], dict[str, tuple[Visit, ...]]]:
    """Those placed by hand first; then always the municipality that is furthest from its share.

    Of its groups one from a school without a place goes first, and the more motivated before the less.
    """
    locks, desk, instance = locks or Locks(), Desk(possible), possible.instance
    for name, wave in sorted(locks.placed.items(), key=lambda row: (row[1] is None, row[0])):
        desk.place(instance.group[name], wave)
    waiting: dict[str, list[Group]] = defaultdict(list)
    pupils: Counter[str] = Counter()
    with_place = {instance.group[name].school for name in desk.waves}
    for group in instance.groups:
        if group.id in desk.waves:
            pupils[instance.municipality_of(group)] += group.size
        elif group.id not in locks.refused and possible.waves[group.id]:
            waiting[instance.municipality_of(group)].append(group)
    fill_up = [False, True]
    for whole in fill_up:
        open_ = {name: list(groups) for name, groups in waiting.items()}
        while open_:
            name = min(open_, key=lambda one: (pupils[one] / max(1, instance.municipality[one].target), one))
            target = instance.municipality[name].target
            groups = [group for group in open_[name] if group.id not in desk.waves]
            if not groups or (not whole and pupils[name] >= target and all(g.school in with_place for g in groups)):
                del open_[name]
                continue
            group = min(groups, key=lambda one: (one.school in with_place, -one.motivation, one.size, one.id))
            open_[name] = [one for one in groups if one is not group]
            if desk.place(group):
                pupils[name] += group.size
                with_place.add(group.school)
    return desk.result()


def place_first_come(possible: Possible, order: list[Group]) -> tuple[dict[str, str], dict[str, tuple[Visit, ...]]]:
    """The groups in that order, each where there is still room."""
    desk = Desk(possible)
    for group in order:
        desk.place(group)
    return desk.result()
