"""A new way round the stations for some classes, with everybody else left where they are. Pure.

Reads an instance (``alloc.schools/1``); the rules are those of the allocation, and so are the points of the wishes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ortools.sat.python import cp_model

Json = dict[str, Any]
Visit = tuple[str, str, int]
"""Team, station, first round."""

SEED = 1


def find_timetable(
    instance: Json,
    groups: list[str],
    wave: str,
    *,
    taken: Mapping[tuple[str, int], int],
    first_round: int = 1,
    kept: frozenset[tuple[str, str]] = frozenset(),
    seconds: float = 4.0,
) -> list[Visit] | None:
    """Visits for every team of ``groups`` in ``wave``, or ``None`` when there is no room for all of them.

    ``taken`` counts the others' pupils at each station in each round of the wave; rounds before ``first_round`` are
    over. Among what fits, wishes count first, then that a team keeps its stations (``kept``: team and station).
    """
    search = _Search(instance, groups, wave, taken, first_round)
    return search.solve(kept, seconds)


class _Search:
    def __init__(
        self, instance: Json, groups: list[str], wave: str, taken: Mapping[tuple[str, int], int], first_round: int
    ) -> None:
        self.rules, self.walk = instance["rules"], instance["walk_minutes"]
        self.stations = {row["id"]: row for row in instance["stations"]}
        self.rounds = next(row["rounds"] for row in instance["waves"] if row["id"] == wave)
        self.groups = [row for row in instance["groups"] if row["id"] in groups]
        self.model = cp_model.CpModel()
        self.start: dict[Visit, cp_model.IntVar] = {}
        self.covering: defaultdict[tuple[str, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        for group in self.groups:
            for team in group["teams"]:
                self._team(group, team, wave, taken, first_round)
        for (station, number), rows in self.covering.items():
            free = self.stations[station]["capacity"] - taken.get((station, number), 0)
            self.model.add(sum(size * var for size, var in rows) <= max(0, free))

    def _team(self, group: Json, team: Json, wave: str, taken: Mapping[tuple[str, int], int], first_round: int) -> None:
        by_station: defaultdict[str, list[cp_model.IntVar]] = defaultdict(list)
        by_round: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        begins: defaultdict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        ends: defaultdict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        for station, number in self._possible(group, team, wave, taken, first_round):
            var = self.model.new_bool_var("")
            self.start[team["id"], station["id"], number] = var
            last = number + station["duration"] - 1
            by_station[station["id"]].append(var)
            begins[station["zone"], number].append(var)
            ends[station["zone"], last].append(var)
            for covered in range(number, last + 1):
                by_round[covered].append(var)
                self.covering[station["id"], covered].append((team["size"], var))
        for rows in [*by_station.values(), *by_round.values()]:
            self.model.add_at_most_one(rows)
        self.model.add(sum(var for rows in by_station.values() for var in rows) == self.rules["visits_per_team"])
        for (zone, last), before in ends.items():
            for (other, number), after in begins.items():
                if number > last and self._minutes_between(last, number) < self.walk[zone][other]:
                    self.model.add(sum(before) + sum(after) <= 1)

    def _possible(
        self, group: Json, team: Json, wave: str, taken: Mapping[tuple[str, int], int], first_round: int
    ) -> Iterator[tuple[Json, int]]:
        """Every station and first round that the team could have, were it alone with those who stay."""
        for station in self.stations.values():
            suits = group["grade"] >= station["min_grade"] and (station["accessible"] or not team["wheelchair"])
            closed = {number for closed_wave, number in station["closed"] if closed_wave == wave}
            for number in range(first_round, self.rounds - station["duration"] + 2):
                covered = range(number, number + station["duration"])
                has_room = all(
                    station["capacity"] - taken.get((station["id"], one), 0) >= team["size"] for one in covered
                )
                if suits and has_room and closed.isdisjoint(covered):
                    yield station, number

    def _minutes_between(self, last: int, number: int) -> int:
        step: int = self.rules["round_minutes"] + self.rules["transition_minutes"]
        transition: int = self.rules["transition_minutes"]
        return (number - last - 1) * step + transition

    def solve(self, kept: frozenset[tuple[str, str]], seconds: float) -> list[Visit] | None:
        worth = {}
        for group in self.groups:
            points = _points(group)
            for team in group["teams"]:
                for station in self.stations:
                    worth[team["id"], station] = 2 * team["size"] * points.get(station, 0)
        terms = [
            (worth[team, station] + ((team, station) in kept)) * var for (team, station, _), var in self.start.items()
        ]
        self.model.maximize(sum(terms))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        if solver.solve(self.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return None
        return sorted(key for key, var in self.start.items() if solver.boolean_value(var))


def _points(group: Json) -> dict[str, int]:
    """Points per wished station: with L tiers the first gives L, the last 1."""
    tiers = group["preferences"]
    found: dict[str, int] = {}
    for index, tier in enumerate(tiers):
        for station in tier:
            found.setdefault(station, len(tiers) - index)
    return found
