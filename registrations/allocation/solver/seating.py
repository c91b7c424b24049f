"""Everybody's visits and the seats left, for a search that takes some teams off and seats them again. Pure.

All hard rules hold at any time. Teams, waves and stations are numbers here: this is where the time goes.
"""

import random
from collections.abc import Iterable, Mapping

from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.solution import Visit

Spot = tuple[int, int, int]
"""First and last round, and the station."""

MOST_STEPS = 300
"""Tries for one team's day."""

MOST_FILLERS = 40
"""Seats looked at where a team did not wish to go."""


class Seating:
    """``days`` holds each team's visits; ``free`` the pupils that still fit, per wave, station and round."""

    def __init__(self, possible: Possible, waves: Mapping[str, str], visits: Iterable[Visit], seed: int) -> None:
        instance = self.instance = possible.instance
        self.possible = possible
        self.k = possible.k
        self.random = random.Random(seed)  # noqa: S311
        self.stations = [row.id for row in instance.stations]
        self.wave_names = [row.id for row in instance.waves]
        number = {name: at for at, name in enumerate(self.stations)}
        wave_number = {name: at for at, name in enumerate(self.wave_names)}
        zones = sorted({row.zone for row in instance.stations})
        zone = {name: at for at, name in enumerate(zones)}
        self.zone = [zone[row.zone] for row in instance.stations]
        self.pause = [[possible.pauses[one, other] for other in zones] for one in zones]
        self.length = [row.duration for row in instance.stations]
        self.spots: list[list[list[Spot]]] = [
            [
                [(start, start + row.duration - 1, at) for start in possible.starts[row.id, wave]]
                for at, row in enumerate(instance.stations)
            ]
            for wave in self.wave_names
        ]
        rounds = [max(0, row.rounds) + 1 for row in instance.waves]
        self.free = [[[row.capacity] * count for row in instance.stations] for count in rounds]
        self.seated: list[list[list[list[int]]]] = [
            [[[] for _ in range(count)] for _ in instance.stations] for count in rounds
        ]
        self.names = [team.id for name in waves for team in instance.group[name].teams]
        self.size = [instance.team[name].size for name in self.names]
        team_number = {name: at for at, name in enumerate(self.names)}
        self.wave = [wave_number[waves[instance.group_of_team[name].id]] for name in self.names]
        self.best = [possible.best[name] for name in self.names]
        self.points = [{number[to]: value for to, value in possible.points[name].items()} for name in self.names]
        self.wished = [sorted(own, key=lambda to, own=own: (-own[to], to)) for own in self.points]  # type: ignore[misc]
        self.others = [
            [number[to] for to in possible.eligible[name] if number[to] not in own]
            for name, own in zip(self.names, self.points, strict=True)
        ]
        self.days: list[list[Spot]] = [[] for _ in self.names]
        self.got = [0] * len(self.names)
        days: list[list[Spot]] = [[] for _ in self.names]
        for row in visits:
            to = number[row.station]
            days[team_number[row.team]].append((row.round, row.round + self.length[to] - 1, to))
        for team, day in enumerate(days):
            self.seat(team, day)

    def all_visits(self) -> dict[str, tuple[Visit, ...]]:
        """Each wave's visits."""
        found: dict[str, list[Visit]] = {}
        for team, day in enumerate(self.days):
            rows = found.setdefault(self.wave_names[self.wave[team]], [])
            rows.extend(Visit(self.names[team], self.stations[to], start) for start, _, to in day)
        return {wave: tuple(sorted(rows)) for wave, rows in found.items()}

    # -- on and off

    def seat(self, team: int, day: list[Spot]) -> None:
        wave, size, points = self.wave[team], self.size[team], self.points[team]
        free, seated = self.free[wave], self.seated[wave]
        for start, end, to in day:
            for at in range(start, end + 1):
                free[to][at] -= size
                seated[to][at].append(team)
        self.days[team] = day
        self.got[team] = sum([points.get(spot[2], 0) for spot in day])

    def take_off(self, team: int) -> list[Spot]:
        """Frees its seats; gives the day it had."""
        wave, size, day = self.wave[team], self.size[team], self.days[team]
        free, seated = self.free[wave], self.seated[wave]
        for start, end, to in day:
            for at in range(start, end + 1):
                free[to][at] += size
                seated[to][at].remove(team)
        self.days[team] = []
        self.got[team] = 0
        return day

    # -- a day for one team

    def day(self, team: int) -> list[Spot] | None:
        """The best day in the free seats, as far as some hundred tries tell; its rounds by chance."""
        wave, size, points, k = self.wave[team], self.size[team], self.points[team], self.k
        free, spots, chance = self.free[wave], self.spots[wave], self.random.random
        options: list[tuple[int, list[Spot]]] = []
        for to in self.wished[team]:
            row = free[to]
            own = (
                [spot for spot in spots[to] if row[spot[0]] >= size]
                if self.length[to] == 1
                else [spot for spot in spots[to] if min(row[spot[0] : spot[1] + 1]) >= size]
            )
            if own:
                if len(own) > 1:
                    turn = int(chance() * len(own))
                    own = own[turn:] + own[:turn]
                options.append((points[to], own))
        sums = [0]
        for value, _ in options:
            sums.append(sums[-1] + value)
        count, zone, pause = len(options), self.zone, self.pause
        best: list[Spot] | None = None
        best_value, steps = -1, 0
        day: list[Spot] = []

        def extend(at: int, value: int) -> None:
            nonlocal best, best_value, steps
            left = k - len(day)
            if not left:
                if value > best_value:
                    best, best_value = list(day), value
                return
            if count - at < left and value > best_value and (full := self._fill(team, day)) is not None:
                best, best_value = full, value
            for index in range(at, count):
                if value + sums[min(count, index + left)] - sums[index] <= best_value or steps > MOST_STEPS:
                    return
                gain, own = options[index]
                for spot in own:
                    start, end, to = spot
                    here = zone[to]
                    steps += 1
                    for first, last, other in day:
                        if start > last:
                            if start - last <= pause[zone[other]][here]:
                                break
                        elif end < first:
                            if first - end <= pause[here][zone[other]]:
                                break
                        else:
                            break
                    else:
                        day.append(spot)
                        extend(index + 1, value + gain)
                        day.pop()
            if value > best_value and count - at >= left and (full := self._fill(team, day)) is not None:
                best, best_value = full, value

        extend(0, 0)
        return best

    def _fill(self, team: int, begun: list[Spot]) -> list[Spot] | None:
        """The day with visits at stations that were not wished for, wherever there is room."""
        wave, size, others = self.wave[team], self.size[team], self.others[team]
        if not others:
            return None
        free, spots = self.free[wave], self.spots[wave]
        turn = int(self.random.random() * len(others))
        day = list(begun)
        for at in range(min(len(others), MOST_FILLERS)):
            to = others[at - turn]
            row = free[to]
            for spot in spots[to]:
                if min(row[spot[0] : spot[1] + 1]) >= size and self.fits(spot, day):
                    day.append(spot)
                    if len(day) == self.k:
                        return day
                    break
        return None

    def fits(self, spot: Spot, day: list[Spot]) -> bool:
        start, end, to = spot
        zone, pause = self.zone, self.pause
        for first, last, other in day:
            if start > last:
                if start - last <= pause[zone[other]][zone[to]]:
                    return False
            elif end < first:
                if first - end <= pause[zone[to]][zone[other]]:
                    return False
            else:
                return False
        return True
