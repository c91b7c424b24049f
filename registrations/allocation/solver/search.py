"""Betters wishes and timetables, a few waves at a time, from one valid solution to the next. Pure.

Large neighbourhood search: two waves (or some groups of all waves) are planned anew by CP-SAT, then timed. Waves that
are planned side by side share nothing, so two hands work at once and the outcome is the same each time.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.solution import Visit
from registrations.allocation.solver.timetable import timetable
from registrations.allocation.solver.wishes import Plan, WishModel, points_of

PRICE = 400
"""What one point of a team below the sought satisfaction costs in the search, in preference points."""

AT_ONCE = 32
"""Groups planned anew at a time."""


@dataclass(frozen=True)
class State:
    """A valid solution: a wave for each group, and each wave's visits."""

    waves: dict[str, str]
    visits: dict[str, tuple[Visit, ...]]

    def groups_in(self, waves: Iterable[str]) -> list[str]:
        wanted = set(waves)
        return [name for name, wave in self.waves.items() if wave in wanted]

    def all_visits(self) -> tuple[Visit, ...]:
        return tuple(sorted(visit for rows in self.visits.values() for visit in rows))


@dataclass
class Search:
    """Works on ``state``; ``best`` is the best that any state was."""

    possible: Possible
    crew: Crew
    state: State
    fixed: dict[str, str] = field(default_factory=dict)
    seed: int = 1

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.random = random.Random(self.seed)  # noqa: S311
        self.best = self.state
        self.value = self.worth(self.state)
        self.tried: set[tuple[frozenset[str], int]] = set()

    # -- measures

    def wishes(self, visits: Iterable[Visit]) -> frozenset[tuple[str, str]]:
        points = self.possible.points
        return frozenset((row.team, row.station) for row in visits if row.station in points[row.team])

    def satisfaction(self, visits: Iterable[Visit], groups: Iterable[str]) -> dict[str, int]:
        got = {team.id: 0 for name in groups for team in self.instance.group[name].teams}
        for row in visits:
            got[row.team] += self.possible.points[row.team].get(row.station, 0)
        best = self.possible.best
        return {team: 1000 if not best[team] else 1000 * value // best[team] for team, value in got.items()}

    def worth(self, state: State) -> tuple[int, int]:
        """The worst team's satisfaction, then the preference points."""
        visits = state.all_visits()
        worst = min(self.satisfaction(visits, state.waves).values(), default=1000)
        return worst, points_of(self.possible, self.wishes(visits))

    def score(self, visits: Iterable[Visit], groups: Iterable[str], threshold: int) -> int:
        """Points less the price of what teams lack to the threshold."""
        visits = list(visits)
        lacking = 0
        got = {team.id: 0 for name in groups for team in self.instance.group[name].teams}
        for row in visits:
            got[row.team] += self.possible.points[row.team].get(row.station, 0)
        for team, value in got.items():
            lacking += max(0, self.possible.need(team, threshold) - value)
        return points_of(self.possible, self.wishes(visits)) - PRICE * lacking

    def adopt(self, state: State) -> None:
        self.state = state
        value = self.worth(state)
        if value > self.value:
            self.best, self.value = state, value

    # -- one step

    def replan(
        self, waves: tuple[str, ...], chosen: Sequence[Sequence[str]], threshold: int, work: float, seed: int
    ) -> tuple[State | None, bool]:
        """Plans the chosen groups of the waves anew, one lot after another, and times the waves.

        Gives the state with these waves changed when that is no worse, and whether it is the best there is for them.
        """
        state = self.state
        inside = state.groups_in(waves)
        before = [row for wave in waves for row in state.visits.get(wave, ())]
        plan = Plan({name: state.waves[name] for name in inside}, self.wishes(before))
        sure = len(chosen) == 1 and len(chosen[0]) == len(inside)
        for lot in chosen:
            if self.crew.budget.over():
                return None, False
            found, better = self._lot(waves, plan, lot, threshold, work, seed)
            sure = sure and found
            plan = better or plan
        visits = dict(state.visits)
        for wave in waves:
            names = [name for name in inside if plan.waves[name] == wave]
            teams = {team.id for name in names for team in self.instance.group[name].teams}
            wishes = [wish for wish in plan.wishes if wish[0] in teams]
            old = state.visits.get(wave, ())
            if wishes and self.wishes(old) == frozenset(wishes) and {row.team for row in old} == teams:
                continue
            if self.crew.budget.over():
                return None, False
            rows, _ = timetable(
                self.possible, self.crew, wave, names, wishes=wishes, threshold=self.value[0], work=work * 2, seed=seed
            )
            if rows is None:
                return None, False
            visits[wave] = rows
        after = [row for wave in waves for row in visits.get(wave, ())]
        if self.score(after, inside, threshold) < self.score(before, inside, threshold):
            return None, sure
        return replace(state, waves={**state.waves, **plan.waves}, visits=visits), sure

    def _lot(
        self, waves: tuple[str, ...], plan: Plan, lot: Sequence[str], threshold: int, work: float, seed: int
    ) -> tuple[bool, Plan | None]:
        instance, movable = self.instance, set(lot)
        taken: dict[str, list[tuple[str, str]]] = {wave: [] for wave in waves}
        room = {wave: instance.wave[wave].capacity for wave in waves}
        buses: dict[str, str] = {}
        for name, wave in plan.waves.items():
            if name not in movable:
                room[wave] -= instance.group[name].size
                if (bus := instance.group[name].bus) is not None:
                    buses[bus] = wave
        for team, station in plan.wishes:
            name = instance.group_of_team[team].id
            if name not in movable:
                taken[plan.waves[name]].append((team, station))
        bus_of = self.state.waves
        for name, wave in bus_of.items():
            bus = instance.group[name].bus
            if bus is not None and wave not in waves:
                buses[bus] = wave
        model = WishModel(
            self.possible,
            [instance.group[name] for name in lot],
            waves,
            threshold=threshold,
            lack=PRICE,
            taken=taken,
            room=room,
            fixed=self.fixed,
            buses=buses,
        )
        model.hint(plan)
        found, better = model.solve(self.crew, work=work, seed=seed)
        if better is None:
            return False, None
        others = frozenset(wish for wish in plan.wishes if instance.group_of_team[wish[0]].id not in movable)
        return found.proven, Plan({**plan.waves, **better.waves}, others | better.wishes)

    # -- sweeps

    def _lots(self, names: list[str], threshold: int, count: int | None = None) -> list[list[str]]:
        """The groups in lots that can be planned at once, riders of one bus together.

        First those with a team below the threshold, and those who are where it would like to be.
        """
        units: dict[str, list[str]] = {}
        for name in names:
            units.setdefault(self.instance.group[name].bus or f"\0{name}", []).append(name)
        rows = list(units.values())
        if len(names) > AT_ONCE * 3 // 2 or count:
            self.random.shuffle(rows)
        else:
            return [names]
        rivals = self._rivals(names, threshold)
        rows.sort(key=lambda row: -max(rivals.get(name, 0) for name in row))
        lots: list[list[str]] = [[]]
        for row in rows:
            if len(lots[-1]) + len(row) > AT_ONCE and lots[-1]:
                lots.append([])
            lots[-1].extend(row)
        return lots[:count]

    def _rivals(self, names: list[str], threshold: int) -> dict[str, int]:
        """Per group how many of its visits are at stations that a team below the threshold wishes for."""
        inside = set(names)
        visits = [row for row in self.state.all_visits() if self.instance.group_of_team[row.team].id in inside]
        low = [team for team, value in self.satisfaction(visits, names).items() if value < threshold]
        wished = {station for team in low[:3] for station in self.possible.points[team]}
        found = {self.instance.group_of_team[team].id: 1000 for team in low}
        for row in visits:
            if row.station in wished:
                name = self.instance.group_of_team[row.team].id
                found[name] = found.get(name, 0) + 1
        return found

    def sweep(self, threshold: int, work: float) -> bool:
        """Pairs of waves, each wave once, two pairs at a time. Whether anything got better."""
        waves = [wave for wave in self.instance.wave if self.state.groups_in([wave])]
        self.random.shuffle(waves)
        pairs = [tuple(sorted(waves[at : at + 2])) for at in range(0, len(waves), 2)]
        better = False
        for at in range(0, len(pairs), 2):
            if self.crew.budget.over():
                break
            jobs = []
            for pair in pairs[at : at + 2]:
                key = (self._key(pair), threshold)
                if key in self.tried:
                    continue
                lots = self._lots(self.state.groups_in(pair), threshold)
                jobs.append(
                    (pair, key, partial(self.replan, pair, lots, threshold, work, self.random.randrange(10**6)))
                )
            start = self.state
            for (pair, key, _), (state, sure) in zip(
                jobs, self.crew.together([job for _, _, job in jobs]), strict=True
            ):
                if sure:
                    self.tried.add(key)
                if state is None:
                    continue
                names = start.groups_in(pair)
                before = self.score([row for wave in pair for row in start.visits.get(wave, ())], names, threshold)
                after = self.score([row for wave in pair for row in state.visits.get(wave, ())], names, threshold)
                better = better or after > before
                self.adopt(
                    State(
                        {**self.state.waves, **{name: state.waves[name] for name in names}},
                        {**self.state.visits, **{wave: state.visits[wave] for wave in pair if wave in state.visits}},
                    )
                )
                if sure:
                    self.tried.add((self._key(pair), threshold))
        return better

    def _key(self, waves: Iterable[str]) -> frozenset[str]:
        return frozenset(f"{wave}\0{name}" for wave in waves for name in self.state.groups_in([wave]))

    def wide(self, threshold: int, work: float) -> bool:
        """Some groups of all waves at once, two such choices side by side; the better one stands."""
        waves = tuple(self.instance.wave)
        names = list(self.state.waves)
        jobs = [
            partial(self.replan, waves, self._lots(names, threshold, 1), threshold, work, self.random.randrange(10**6))
            for _ in range(2)
        ]
        before = self.score(self.state.all_visits(), names, threshold)
        found = [state for state, _ in self.crew.together(jobs) if state is not None]
        if not found:
            return False
        chosen = max(found, key=lambda state: self.score(state.all_visits(), names, threshold))
        better = self.score(chosen.all_visits(), names, threshold) > before
        self.adopt(chosen)
        return better
