"""Betters wishes by taking a few teams off their seats and seating them again, thousands of times. Pure.

Ruin and recreate (Schrimpf and others 2000): a team that misses something, and whoever sits where it would like to be,
are seated anew, that team first; now and then two groups exchange waves. What is worse is kept at times, more seldom
the longer it goes on (simulated annealing). Quick where models are slow: with hundreds of teams in a wave.
"""

from collections.abc import Callable, Mapping
from math import exp, log

from registrations.allocation.solver.matching import Matching
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.seating import Seating, Spot
from registrations.allocation.solver.solution import Visit

Unit = tuple[list[str], int, tuple[int, ...], list[int]]
"""Groups that come together: their names, pupils, possible waves and teams."""

PRICE = 400
"""What a point that a team lacks costs, in preference points."""

LOOK = 100
"""Steps between two looks at the clock."""

EXCHANGE = 0.7
"""How often groups exchange waves instead."""


class Mending:
    """``score`` counts points less the price of what teams lack to ``threshold``."""

    def __init__(
        self,
        possible: Possible,
        waves: Mapping[str, str],
        visits: Mapping[str, tuple[Visit, ...]],
        *,
        fixed: Mapping[str, str] | None = None,
        seed: int = 1,
    ) -> None:
        self.possible = possible
        self.seating = Seating(possible, waves, [row for rows in visits.values() for row in rows], seed)
        self.random = self.seating.random
        instance = possible.instance
        self.number = {name: at for at, name in enumerate(self.seating.names)}
        self.room = [row.capacity for row in instance.waves]
        self.units = self._units(waves, fixed or {})
        for _, size, _, teams in self.units:
            if teams:
                self.room[self.seating.wave[teams[0]]] -= size
        self.fit(0)

    def _units(self, waves: Mapping[str, str], fixed: Mapping[str, str]) -> list[Unit]:
        """Groups that come together: their names, pupils, possible waves and teams."""
        instance = self.possible.instance
        loads: dict[str, list[str]] = {}
        for name in waves:
            loads.setdefault(instance.group[name].bus or f"\0{name}", []).append(name)
        return [
            (
                names,
                sum(instance.group[name].size for name in names),
                tuple(
                    at
                    for at, wave in enumerate(self.seating.wave_names)
                    if all(wave in self.possible.waves[name] and fixed.get(name, wave) == wave for name in names)
                ),
                [self.number[team.id] for name in names for team in instance.group[name].teams],
            )
            for names in loads.values()
        ]

    # -- what is sought

    def fit(self, threshold: int) -> None:
        """Seeks that satisfaction for all teams from now on."""
        seating = self.seating
        self.threshold = threshold
        self.need = [self.possible.need(name, threshold) for name in seating.names]
        self.score = sum(self.worth(team) for team in range(len(seating.names)))
        self.keep()

    def keep(self) -> None:
        """Remembers where everybody is now."""
        self.best = self.score
        self.best_days = list(self.seating.days)
        self.best_waves = list(self.seating.wave)
        self.best_lacking = len(self.lacking())

    def worth(self, team: int) -> int:
        got = self.seating.got[team]
        return self.seating.size[team] * got - PRICE * max(0, self.need[team] - got)

    def lacking(self) -> list[int]:
        got, need = self.seating.got, self.need
        return [team for team in range(len(got)) if got[team] < need[team]]

    def worst(self) -> int:
        """The worst team's satisfaction."""
        seating = self.seating
        values = [1000 * got // best for got, best in zip(seating.got, seating.best, strict=True) if best]
        return min(values, default=1000)

    def back(self) -> None:
        """Where it was best."""
        seating = self.seating
        moved = [
            team
            for team in range(len(seating.names))
            if seating.days[team] is not self.best_days[team] or seating.wave[team] != self.best_waves[team]
        ]
        for team in moved:
            seating.take_off(team)
        for team in moved:
            seating.wave[team] = self.best_waves[team]
            seating.seat(team, self.best_days[team])
        self.room = [row.capacity for row in self.possible.instance.waves]
        for _, size, _, teams in self.units:
            if teams:
                self.room[seating.wave[teams[0]]] -= size
        self.score = self.best

    def result(self) -> tuple[dict[str, str], dict[str, tuple[Visit, ...]]]:
        """Waves and visits where it was best."""
        self.back()
        names = self.seating.wave_names
        waves = {
            name: names[self.seating.wave[teams[0]]] for groups, _, _, teams in self.units for name in groups if teams
        }
        return waves, self.seating.all_visits()

    # -- the search

    def run(self, steps: int, hot: float, cold: float, over: Callable[[], bool], *, enough: bool = False) -> bool:
        """So many steps, cooling down; with ``enough`` only until nobody lacks anything. Whether it got better."""
        before, chance = self.best, self.random.random
        lacking: list[int] = []
        for step in range(steps):
            if step % LOOK == 0:
                if over():
                    break
                warmth = hot * exp(log(cold / hot) * step / steps)
                lacking = self.lacking()
                self._note(lacking)
                if enough and not lacking:
                    break
            if chance() < EXCHANGE and len(self.room) > 1:
                self._exchange(warmth)
            else:
                self._again(warmth, lacking)
        self._note(self.lacking())
        return self.best > before

    def _note(self, lacking: list[int]) -> None:
        """Keeps what is better, but not for the points where more teams lack something."""
        if self.score > self.best and len(lacking) <= self.best_lacking:
            self.keep()

    def match(self, over: Callable[[], bool]) -> bool:
        """All pairs of rounds of all waves once, in an order by chance. Whether it got better."""
        seating, before = self.seating, self.score
        pairs = [
            (wave, (one, two))
            for wave, free in enumerate(seating.free)
            for two in range(1, len(free[0]) if free else 0)
            for one in range(1, two)
        ]
        self.random.shuffle(pairs)
        for wave, rounds in pairs:
            if over():
                break
            self.score += Matching(seating, wave, rounds, self.need, PRICE).improve()
        self._note(self.lacking())
        return self.score > before

    def _unhappy(self, lacking: list[int]) -> int:
        seating, chance = self.seating, self.random.random
        if lacking and chance() < 0.5:
            return lacking[int(chance() * len(lacking))]
        for _ in range(8):
            team = int(chance() * len(seating.names))
            if seating.got[team] < seating.best[team]:
                break
        return team

    def _again(self, warmth: float, lacking: list[int]) -> None:
        """A team first, then those who sit where it wishes to be."""
        seating, chance = self.seating, self.random.random
        team = self._unhappy(lacking)
        wave = seating.wave[team]
        had = {spot[2] for spot in seating.days[team]}
        missed = [to for to in seating.wished[team] if to not in had and seating.spots[wave][to]]
        off = [team]
        for _ in range(1 if chance() < 0.6 else 2):
            if not missed:
                break
            to = missed[int(chance() * chance() * len(missed))]
            options = seating.spots[wave][to]
            start, end, _ = options[int(chance() * len(options))]
            for at in range(start, end + 1):
                off.extend(other for other in seating.seated[wave][to][at] if other not in off)
        if len(off) == 1:
            other = int(chance() * len(seating.names))
            if other != team:
                off.append(other)
        self._reseat(off, warmth)

    def _exchange(self, warmth: float) -> None:
        """One or two busloads into another wave, against none, one or two of there that fit."""
        seating, chance, units = self.seating, self.random.random, self.units
        _, size, waves, teams = units[int(chance() * len(units))]
        if len(waves) < 2 or not teams:
            return
        source = seating.wave[teams[0]]
        target = waves[int(chance() * len(waves))]
        if target == source:
            return
        going, shift = list(teams), size
        coming: list[int] = []
        if chance() < 0.5 and (more := self._someone(source, target, teams, 0, size)) is not None:
            going += more[3]
            shift += more[1]
        for last in (False, True) if chance() < 0.5 else (True,):
            if shift <= self.room[target] and chance() < 0.5:
                break
            least = shift - self.room[target] if last else 0
            most = shift + self.room[source] if last else shift
            found = self._someone(target, source, coming, least, most)
            if found is None:
                return
            coming += found[3]
            shift -= found[1]
        if not -self.room[source] <= shift <= self.room[target]:
            return
        if self._reseat([*going, *coming], warmth, [(going, target), (coming, source)]):
            self.room[target] -= shift
            self.room[source] += shift

    def _someone(self, here: int, there: int, without: list[int], least: int, most: int) -> Unit | None:
        """A busload of one wave that could come in the other, of about that size, by chance."""
        units, wave = self.units, self.seating.wave
        turn = int(self.random.random() * len(units))
        for at in range(len(units)):
            unit = units[at - turn]
            fits = least <= unit[1] <= most and unit[3] and wave[unit[3][0]] == here and there in unit[2]
            if fits and unit[3][0] not in without:
                return unit
        return None

    def _reseat(self, off: list[int], warmth: float, moves: list[tuple[list[int], int]] | None = None) -> bool:
        """Whether the teams' new seats stand."""
        seating, chance = self.seating, self.random.random
        before = sum([self.worth(team) for team in off])
        days: list[list[Spot]] = [seating.take_off(team) for team in off]
        waves = [seating.wave[team] for team in off]
        for teams, wave in moves or ():
            for team in teams:
                seating.wave[team] = wave
        order = off
        if moves:
            order = sorted(off, key=lambda _: chance())
        elif len(off) > 2:
            order = [off[0], *sorted(off[1:], key=lambda _: chance())]
        done = []
        for team in order:
            day = seating.day(team)
            if day is None:
                break
            seating.seat(team, day)
            done.append(team)
        else:
            gain = sum([self.worth(team) for team in off]) - before
            if gain >= 0 or gain > warmth * log(chance() or 1e-9):
                self.score += gain
                return True
        for team in done:
            seating.take_off(team)
        for team, day, wave in zip(off, days, waves, strict=True):
            seating.wave[team] = wave
            seating.seat(team, day)
        return False
