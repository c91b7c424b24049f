"""A wave's timetable by bidding: each team takes the day it likes best, and crowded seats grow dearer. Pure.

At first everybody goes where they like. Then those who share a seat that is overfull choose again, one after another,
each time at higher prices, until nobody is in anybody's way. Teams that did badly bid higher from then on, so that the
worst off comes first. Nothing is proven this way, but a large wave takes seconds where a model would take many minutes.
"""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Team
from registrations.allocation.solver.solution import Visit

BEAM = 8
"""Days kept per number of visits while a day is put together round by round."""

SAMPLE = 30
"""So many stations beside the wished ones are asked for their price at a time."""

GREED = 6.0
"""How much keener a team bids when it is its turn to get more."""

GENTLE = 4.0
"""What a pupil too many costs at the start of such a turn, in preference points."""

STEEPEST = 40.0
"""What a pupil too many costs at most: beyond that only the seats' prices rise, or nobody would ever yield."""

GROWTH, RISE = 1.1, 0.2
"""How fast that grows from round to round, and an overfull seat's price with it."""

CHAIN = 8
"""So many rounds may pass until everybody has a seat again."""

MOST_CHOICES = 30_000
"""After so many days chosen in all, without a timetable, there is little hope of one."""

TRIES, AT_MOST = 120, 6000
"""So often a team of a wave is given another go at a better day, more seldom with very many teams."""

Value = tuple[int, int, int]
Seat = tuple[int, int]
"""A station's number and a round."""

Option = tuple[float, int, int, int, int]
"""What a visit is worth, its station, start, the round after it and the station's zone."""

Day = tuple[tuple[int, int], ...]
"""A team's visits: stations with the round each begins."""


@dataclass(slots=True)
class Bidder:
    """A team: the points of the stations it wishes for, the others it may visit, and how much a point is worth to it."""

    team: Team
    wished: dict[int, int]
    others: list[int]
    best: int
    weight: float
    day: Day = ()

    @property
    def got(self) -> int:
        return sum(self.wished.get(station, 0) for station, _ in self.day)

    @property
    def satisfaction(self) -> int:
        return 1000 * self.got // self.best if self.best else 1000


@dataclass
class Auction:
    """One wave and the teams that come in it. ``best`` is the best timetable so far and its value."""

    possible: Possible
    wave: str
    names: Collection[str]
    seed: int = 1
    over: Callable[[], bool] = lambda: False
    best: tuple[Value, list[Day]] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        instance, possible = self.possible.instance, self.possible
        self.random = random.Random(self.seed)  # noqa: S311
        self.rounds, self.k = instance.wave[self.wave].rounds, possible.k
        number = {station.id: at for at, station in enumerate(instance.stations)}
        zones = {zone: at for at, zone in enumerate(sorted({station.zone for station in instance.stations}))}
        self.zone = [zones[station.zone] for station in instance.stations]
        self.length = [station.duration for station in instance.stations]
        self.room = [station.capacity for station in instance.stations]
        self.starts = [possible.starts[station.id, self.wave] for station in instance.stations]
        self.pause = [[0] * len(zones) for _ in zones]
        for (zone, other), rounds in possible.pauses.items():
            self.pause[zones[zone]][zones[other]] = rounds
        self.load = [[0] * (self.rounds + 2) for _ in instance.stations]
        self.price = [[0.0] * (self.rounds + 2) for _ in instance.stations]
        self.steep = 1.0
        self.bidders: list[Bidder] = []
        for name in sorted(self.names):
            for team in instance.group[name].teams:
                points = possible.points[team.id]
                open_ = [number[one] for one in possible.eligible[team.id] if self.starts[number[one]]]
                wished = {number[one]: value for one, value in points.items() if self.starts[number[one]]}
                others = [one for one in open_ if one not in wished]
                self.bidders.append(Bidder(team, wished, others, possible.best[team.id], float(team.size)))
        self._first_prices()

    def _first_prices(self) -> None:
        """What is much asked for is dear to those who do not care."""
        asked = [0.0] * len(self.room)
        for bidder in self.bidders:
            for station, value in bidder.wished.items():
                asked[station] += value * bidder.team.size / max(1, len(bidder.wished))
        for station, starts in enumerate(self.starts):
            for at in range(self.rounds + 2):
                self.price[station][at] = 0.1 * asked[station] / max(1, self.room[station] * len(starts))

    # -- one team

    def _seat(self, bidder: Bidder, sign: int) -> None:
        for station, start in bidder.day:
            for at in range(start, start + self.length[station]):
                self.load[station][at] += sign * bidder.team.size

    def _option(self, station: int, start: int, worth: float, size: int) -> Option:
        after, cost = start + self.length[station], 0.0
        load, price, room = self.load[station], self.price[station], self.room[station]
        for at in range(start, after):
            cost += price[at] * size
            crowd = load[at] + size - room
            if crowd > 0:
                cost += self.steep * crowd
        return worth - cost, station, start, after, self.zone[station]

    def _options(self, bidder: Bidder) -> list[list[Option]]:
        """Per round what can begin there: every wished station, and the cheapest of the others."""
        size = bidder.team.size
        found: list[list[Option]] = [[] for _ in range(self.rounds + 2)]
        others = bidder.others
        if len(others) > SAMPLE:
            others = self.random.sample(others, SAMPLE)
        for station in others:
            for start in self.starts[station]:
                found[start].append(self._option(station, start, 0.0, size))
        for rows in found:
            rows.sort(reverse=True)
            del rows[self.k + 2 :]
        for station, points in bidder.wished.items():
            for start in self.starts[station]:
                found[start].append(self._option(station, start, points * bidder.weight, size))
        return found

    def choose(self, bidder: Bidder) -> Day:
        """The best day found at the prices as they are; the days are put together round by round."""
        options, k, rounds = self._options(bidder), self.k, self.rounds
        # by round: worth, visits, round of the last one's end, its zone, the visits
        front: list[dict[tuple[int, int, frozenset[int]], tuple[float, int, Day]]] = [{} for _ in range(rounds + 2)]
        front[1][0, -1, frozenset()] = (0.0, 1, ())
        best: tuple[float, Day] = (float("-inf"), ())
        for at in range(1, rounds + 1):
            counts: dict[int, int] = {}
            for key, (worth, free, day) in sorted(front[at].items(), key=lambda row: -row[1][0]):
                count, zone, used = key
                counts[count] = counts.get(count, 0) + 1
                if counts[count] > BEAM or rounds - at + 1 < k - count:
                    continue
                later = front[at + 1].get(key)
                if later is None or later[0] < worth:
                    front[at + 1][key] = (worth, free, day)
                for value, station, start, after, there in options[at]:
                    if station in used or (zone >= 0 and free + self.pause[zone][there] > at):
                        continue
                    total = worth + value
                    if count + 1 == k:
                        if total > best[0]:
                            best = (total, (*day, (station, start)))
                        continue
                    reached = (count + 1, there, used | {station})
                    known = front[after].get(reached)
                    if known is None or known[0] < total:
                        front[after][reached] = (total, after, (*day, (station, start)))
        return best[1]

    # -- all teams

    def crowded(self) -> set[Seat]:
        return {
            (station, at)
            for station, row in enumerate(self.load)
            for at, load in enumerate(row)
            if load > self.room[station]
        }

    def _move(self, bidders: list[Bidder]) -> None:
        for bidder in bidders:
            self._seat(bidder, -1)
            bidder.day = self.choose(bidder) or bidder.day
            self._seat(bidder, 1)

    def run(self, rounds: int = 300) -> bool:
        """So many rounds of bidding at most; whether nobody is in anybody's way then."""
        todo = sorted(self.bidders, key=lambda one: (len(one.wished) + len(one.others), -one.team.size, one.team.id))
        for _ in range(rounds):
            self._move(todo)
            seats = self.crowded()
            todo = [one for one in self.bidders if len(one.day) < self.k or self._in(one, seats)]
            if not todo:
                self.best = self.value(), [one.day for one in self.bidders]
                return True
            if self.over():
                break
            for station, at in sorted(seats):
                self.price[station][at] += self.steep * RISE * self.random.random()
            self.steep = min(STEEPEST, self.steep * GROWTH)
            self.random.shuffle(todo)
        return False

    def _in(self, bidder: Bidder, seats: set[Seat]) -> bool:
        return any(
            (station, at) in seats for station, start in bidder.day for at in range(start, start + self.length[station])
        )

    def value(self) -> Value:
        """The worst team's satisfaction, how many teams have no more (below zero), and the preference points."""
        worst = min((one.satisfaction for one in self.bidders), default=1000)
        as_bad = sum(one.satisfaction == worst for one in self.bidders)
        return worst, -as_bad, sum(one.got * one.team.size for one in self.bidders)

    def improve(self, tries: int) -> None:
        """Gives one team after another more, at the cost of those in its way, where all in all it is for the better.

        Now one of those worst off, now anybody; whoever must make way looks for another seat, and may displace others.
        """
        if self.best is None:
            return
        for attempt in range(tries):
            if self.over():
                break
            wanting = [one for one in self.bidders if one.got < one.best]
            if not wanting:
                break
            worst = min(one.satisfaction for one in wanting)
            first = [one for one in wanting if one.satisfaction <= worst] if attempt % 2 else wanting
            self._try(self.random.choice(first))

    def _try(self, bidder: Bidder) -> None:
        assert self.best is not None
        before = {id(bidder): (bidder, bidder.day)}
        weight, bidder.weight = bidder.weight, bidder.weight * GREED
        todo, done = [bidder], False
        self.steep = GENTLE
        for step in range(CHAIN):
            self._move(todo)
            seats = self.crowded()
            if not seats:
                done = True
                break
            self.steep *= 1.5
            todo = [one for one in self.bidders if (one is not bidder or step > 2) and self._in(one, seats)]
            self.random.shuffle(todo)
            for one in todo:
                before.setdefault(id(one), (one, one.day))
        bidder.weight = weight
        value = self.value() if done else None
        if value is not None and value >= self.best[0]:
            self.best = value, [one.day for one in self.bidders]
            return
        for one, day in before.values():
            self._seat(one, -1)
            one.day = day
            self._seat(one, 1)

    def visits(self) -> tuple[Visit, ...] | None:
        """The best timetable found, or ``None``."""
        if self.best is None:
            return None
        stations = self.possible.instance.stations
        return tuple(
            sorted(
                Visit(bidder.team.id, stations[station].id, start)
                for bidder, day in zip(self.bidders, self.best[1], strict=True)
                for station, start in day
            )
        )


def timed_by_bidding(
    possible: Possible, wave: str, names: Collection[str], *, seed: int, over: Callable[[], bool]
) -> tuple[Visit, ...] | None:
    """A wave's timetable, a fairly good one; ``None`` when none was found, which proves nothing."""
    auction = Auction(possible, wave, names, seed, over)
    auction.run(min(300, MOST_CHOICES // max(1, len(auction.bidders))))
    auction.improve(min(TRIES, AT_MOST // max(1, len(auction.bidders))))
    return auction.visits()
