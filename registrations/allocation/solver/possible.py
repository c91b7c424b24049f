"""What each team may do at all: which stations, in which wave, starting when. Pure.

Everything here is a necessary condition: what is left out can never be part of a valid timetable.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from registrations.allocation.solver.problem import Group, SchoolsInstance, Station, Team, may_visit

Kind = tuple[str, int]
"""A zone and a duration: what matters of a station for the time it takes."""


def pause(instance: SchoolsInstance, zone: str, other: str) -> int:
    """The free rounds that the walk from one zone to another takes."""
    rules = instance.rules
    missing = instance.walk_minutes[zone][other] - rules.transition_minutes
    if missing <= 0:
        return 0
    each = rules.round_minutes + rules.transition_minutes
    return -(-missing // each) if each else 10**6


@dataclass
class Possible:
    """Answers about an instance, each worked out once. ``k`` is the visits of each team."""

    instance: SchoolsInstance
    starts: dict[tuple[str, str], tuple[int, ...]] = field(init=False)
    limits: dict[str, list[tuple[frozenset[Kind], int]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        instance = self.instance
        self.k = instance.rules.visits_per_team
        zones = {station.zone for station in instance.stations}
        self.pauses = {(zone, other): pause(instance, zone, other) for zone in zones for other in zones}
        self.starts = {}
        for wave in instance.waves:
            open_starts = {station.id: _open(station, wave.id, wave.rounds) for station in instance.stations}
            self._prune(wave.id, open_starts)

    def _prune(self, wave: str, open_starts: dict[str, tuple[int, ...]]) -> None:
        """Keeps the starts that lie on some day with k visits, whoever makes it."""
        kinds: dict[Kind, set[int]] = defaultdict(set)
        for station in self.instance.stations:
            kinds[station.zone, station.duration].update(open_starts[station.id])
        before = self._longest(kinds, backward=False)
        after = self._longest(kinds, backward=True)
        for station in self.instance.stations:
            kind = (station.zone, station.duration)
            self.starts[station.id, wave] = tuple(
                start for start in open_starts[station.id] if before[kind, start] + after[kind, start] - 1 >= self.k
            )
        left: dict[Kind, set[int]] = defaultdict(set)
        for station in self.instance.stations:
            left[station.zone, station.duration].update(self.starts[station.id, wave])
        self.limits[wave] = self._limits(left)

    def _fits(self, kind: Kind, start: int, other: Kind, then: int) -> bool:
        return start + kind[1] + self.pauses[kind[0], other[0]] <= then

    def _longest(self, kinds: dict[Kind, set[int]], *, backward: bool) -> dict[tuple[Kind, int], int]:
        """The most visits of a day up to (or from) a visit of that kind and start, itself counted."""
        spots = sorted(((kind, start) for kind, starts in kinds.items() for start in starts), key=lambda spot: spot[1])
        if backward:
            spots.reverse()
        found: dict[tuple[Kind, int], int] = {}
        for kind, start in spots:
            best = 0
            for (other, then), count in found.items():
                fits = self._fits(kind, start, other, then) if backward else self._fits(other, then, kind, start)
                if fits:
                    best = max(best, count)
            found[kind, start] = best + 1
        return found

    def _limits(self, kinds: dict[Kind, set[int]]) -> list[tuple[frozenset[Kind], int]]:
        """How many visits of a sort fit in one team's day, where that is fewer than k."""
        sorts: set[frozenset[Kind]] = {frozenset([kind]) for kind in kinds}
        sorts |= {frozenset(kind for kind in kinds if kind[0] == zone) for zone in {zone for zone, _ in kinds}}
        sorts |= {frozenset(kind for kind in kinds if kind[1] >= length) for length in {days for _, days in kinds}}
        found = []
        for sort in sorted(sorts, key=sorted):
            most = self._most_of(sort, kinds)
            if most < self.k:
                found.append((sort, max(0, most)))
        return found

    def _most_of(self, sort: frozenset[Kind], kinds: dict[Kind, set[int]]) -> int:
        """The most visits of the sort on a day with exactly k visits; -1 when there is no such day."""
        spots = sorted(((kind, start) for kind, starts in kinds.items() for start in starts), key=lambda spot: spot[1])
        reach: dict[tuple[Kind, int], dict[int, int]] = {}
        best = -1 if self.k else 0
        for kind, start in spots:
            own = int(kind in sort)
            counts = {1: own}
            for (other, then), earlier in reach.items():
                if self._fits(other, then, kind, start):
                    for visits, most in earlier.items():
                        if visits < self.k:
                            counts[visits + 1] = max(counts.get(visits + 1, 0), most + own)
            reach[kind, start] = counts
            best = max(best, counts.get(self.k, -1))
        return best

    @cached_property
    def eligible(self) -> dict[str, tuple[str, ...]]:
        """Per team the stations it may visit in some wave, by their own rules alone."""
        return {
            team.id: tuple(row.id for row in self.instance.stations if may_visit(team, group, row))
            for group in self.instance.groups
            for team in group.teams
        }

    @cached_property
    def points(self) -> dict[str, dict[str, int]]:
        """Per team its points at the wished stations that it may visit."""
        found = {}
        for group in self.instance.groups:
            wished = group.points
            for team in group.teams:
                may = set(self.eligible[team.id])
                found[team.id] = {station: value for station, value in wished.items() if station in may}
        return found

    @cached_property
    def best(self) -> dict[str, int]:
        """Per team the most points that k visits can give it."""
        return {team: sum(sorted(can.values(), reverse=True)[: self.k]) for team, can in self.points.items()}

    @cached_property
    def most(self) -> dict[tuple[str, str], int]:
        """Per station and wave the most visits one after another; each may hold several teams."""
        found = {}
        for (station, wave), starts in self.starts.items():
            count, free = 0, 0
            for start in starts:
                if start >= free:
                    count, free = count + 1, start + self.instance.station[station].duration
            found[station, wave] = count
        return found

    def reachable(self, team: Team, wave: str) -> tuple[str, ...]:
        """The stations the team may visit that are open in the wave."""
        return tuple(station for station in self.eligible[team.id] if self.starts[station, wave])

    @cached_property
    def waves(self) -> dict[str, tuple[str, ...]]:
        """Per group the waves it fits in, where each of its teams alone finds its k visits."""
        known: dict[tuple[tuple[str, ...], str], bool] = {}
        found = {}
        for group in self.instance.groups:
            fitting = []
            for wave in group.waves:
                if group.size > min(self.instance.wave[wave].capacity, self.instance.rules.places):
                    continue
                for team in group.teams:
                    key = (self.reachable(team, wave), wave)
                    if key not in known:
                        known[key] = self.has_day(*key)
                    if not known[key]:
                        break
                else:
                    fitting.append(wave)
            found[group.id] = tuple(fitting)
        return found

    def has_day(self, stations: Iterable[str], wave: str) -> bool:
        """Whether k different stations can be visited one after another, nobody else being there.

        A search that is cut off after some thousand steps, and then answers yes: the timetable will know.
        """
        rows = [self.instance.station[name] for name in stations]
        if len(rows) < self.k:
            return False
        steps = 0

        def extend(zone: str | None, free: int, used: frozenset[str]) -> bool:
            nonlocal steps
            steps += 1
            if len(used) == self.k or steps > 3000:
                return True
            options = []
            for row in rows:
                if row.id in used:
                    continue
                earliest = free + (self.pauses[zone, row.zone] if zone is not None else 0)
                start = next((at for at in self.starts[row.id, wave] if at >= earliest), None)
                if start is not None:
                    options.append((start + row.duration, row.id, row.zone))
            return any(extend(there, end, used | {name}) for end, name, there in sorted(options))

        return extend(None, 1, frozenset())

    def kind_of(self, station: str) -> Kind:
        row = self.instance.station[station]
        return row.zone, row.duration

    def need(self, team: str, threshold: int) -> int:
        """The points the team needs for that satisfaction."""
        return -(-threshold * self.best[team] // 1000)

    def thresholds(self, groups: Iterable[Group]) -> list[int]:
        """Every satisfaction that a team of the groups can have, upwards."""
        bests = {self.best[team.id] for group in groups for team in group.teams}
        return sorted({1000} | {1000 * got // best for best in bests if best for got in range(best)})


def _open(station: Station, wave: str, rounds: int) -> tuple[int, ...]:
    """The rounds in which a visit may begin."""
    closed = {at for name, at in station.closed if name == wave}
    return tuple(
        start
        for start in range(1, rounds - station.duration + 2)
        if not any(at in closed for at in range(start, start + station.duration))
    )
