"""Places and timetables anew after something happened, with as little change as can be. Pure but for the clock."""

from dataclasses import dataclass, field
from functools import partial

from registrations.allocation.solver.admit import Admission, Admitter, judged
from registrations.allocation.solver.budget import Budget
from registrations.allocation.solver.case import ReallocationCase
from registrations.allocation.solver.crew import HANDS, Crew
from registrations.allocation.solver.greedy import Desk
from registrations.allocation.solver.locks import ImpossibleLocks, Locks, check_locks, obeys
from registrations.allocation.solver.measures import CHANGED, POINTS, SATISFACTION
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group
from registrations.allocation.solver.reasons import reasons
from registrations.allocation.solver.repair import minimal_clash
from registrations.allocation.solver.rungs import EVICTED, FEWEST, MOVED, PUPILS, Rung
from registrations.allocation.solver.schools import PACE
from registrations.allocation.solver.search import Search, State
from registrations.allocation.solver.solution import Assignment, Level, Solution, Visit, status_of
from registrations.allocation.solver.timetable import WaveModel
from registrations.allocation.solver.watching import Quiet, Watch

STEPS = 9


def solve_reallocation(
    case: ReallocationCase,
    *,
    seconds: float = 10.0,
    seed: int = 1,
    watch: Watch | None = None,
    locks: Locks | None = None,
) -> Solution:
    """The announced solution mended: nobody loses a place or a visit that can be kept. Raises ImpossibleLocks."""
    possible, locks = Possible(case.instance), locks or Locks()
    check_locks(possible, locks)
    budget = Budget(seconds, watch or Quiet())
    with Crew(budget, seed) as crew:
        mend = Mend(case, possible, crew, locks)
        mend.start()
        mend.places()
        mend.wishes()
        return mend.finish()


@dataclass
class Mend:
    """One run: the state so far, what must change anyhow, and what is proven."""

    case: ReallocationCase
    possible: Possible
    crew: Crew
    locks: Locks = field(default_factory=Locks)
    rungs: tuple[Rung, ...] = ()
    state: State = field(default_factory=lambda: State({}, {}))

    def __post_init__(self) -> None:
        self.instance = self.case.instance
        self.before = self.case.before
        self.budget = self.crew.budget
        self.work = self.budget.seconds * PACE * HANDS
        self.known: list[Rung] = []
        self.told: dict[str, list[Visit]] = {name: [] for name in self.before}
        for row in dict.fromkeys(self.case.visits):
            group = self.instance.group_of_team.get(row.team)
            if group is not None and group.id in self.told:
                self.told[group.id].append(row)

    def keepable(self, row: Visit, wave: str) -> bool:
        """Whether the visit may still be made in the wave."""
        return row.station in self.possible.eligible[row.team] and row.round in self.possible.starts[row.station, wave]

    # -- places

    def start(self) -> None:
        """What was announced, as far as it still holds, each visit that is lost replaced where there is room."""
        desk = Desk(self.possible)
        for name, wave in sorted(self.locks.placed.items(), key=lambda row: (row[1] is None, row[0])):
            if name in self.before and wave in (None, self.before[name]):
                desk.restore(self.instance.group[name], self.before[name], self.told[name])
            else:
                desk.place(self.instance.group[name], wave)
        for name in sorted(set(self.before) - set(self.locks.placed), key=lambda name: (not self._whole(name), name)):
            if name in self.locks.refused:
                continue
            desk.restore(self.instance.group[name], self.before[name], self.told[name])
        for name in sorted(set(self.before) - self.locks.refused):
            desk.place(self.instance.group[name])
        self._keep(State(*desk.result()))
        self.first = self.state

    def _whole(self, name: str) -> bool:
        return all(self.keepable(row, self.before[name]) for row in self.told[name])

    def _keep(self, state: State) -> None:
        self.state = state
        self.rungs = judged(self.possible, state.waves, self.known, self.before)

    def places(self) -> None:
        admitter = Admitter(self.possible, self.crew, self.locks, work=max(1.0, self.work / 8), before=self.before)
        for _ in range(50):
            admission = admitter.admit(self.first.waves)
            self.known = list(admission.rungs)
            for step, rung in enumerate(admission.rungs, 1):
                self.budget.report(rung.name, step, STEPS, rung.value, rung.bound)
            visits, clashes = self._timed(admission)
            if not clashes:
                if self._no_worse(admission):
                    self._keep(State(admission.waves, visits))
                else:
                    self._keep(self.state)
                return
            self._keep(self.state)
            if self.budget.over():
                return
            for wave, groups, proven in clashes:
                admitter.cut(wave, groups, proven=proven)

    def _no_worse(self, admission: Admission) -> bool:
        def signed(rungs: tuple[Rung, ...]) -> list[object]:
            return [
                -rung.value if rung.name in FEWEST and isinstance(rung.value, int) else rung.value for rung in rungs
            ]

        return signed(admission.rungs) >= signed(self.rungs)

    def _timed(
        self, admission: Admission
    ) -> tuple[dict[str, tuple[Visit, ...]], list[tuple[str, frozenset[str], bool]]]:
        """Each wave with as many announced visits as can be, or the groups that cannot be there together."""
        inside = {wave: sorted(n for n, at in admission.waves.items() if at == wave) for wave in self.instance.wave}
        used = [wave for wave in inside if inside[wave]]
        rows = self.crew.together([partial(self._wave, wave, inside[wave]) for wave in used])
        found = dict(zip(used, rows, strict=True))
        clashes = [
            (
                wave,
                minimal_clash(self.possible, self.crew, wave, inside[wave]) if proven else frozenset(inside[wave]),
                proven,
            )
            for wave, (visits, proven) in found.items()
            if visits is None
        ]
        return {wave: visits for wave, (visits, _) in found.items() if visits is not None}, clashes

    def _wave(self, wave: str, names: list[str]) -> tuple[tuple[Visit, ...] | None, bool]:
        """First all visits that can be kept are, then as many as possible, then any timetable."""
        told = [row for name in names for row in self.told.get(name, ())]
        for pinned, share in ((True, 0.1), (False, 0.3)):
            model = WaveModel(self.possible, wave, names)
            kept = [one for row in told if (one := model.visits.get((row.team, row.station, row.round))) is not None]
            model.hint(told)
            if pinned:
                for one in kept:
                    model.model.add(one == 1)
            found, visits = model.solve(self.crew, work=max(1.0, self.work * share), goal=None if pinned else sum(kept))
            if visits is not None:
                return visits, False
            if found is None:
                return None, True
        return None, found is not None and found.impossible

    # -- visits

    def changed(self, state: State) -> int:
        """Announced visits of groups that still come which are not made."""
        now = set(state.all_visits())
        return sum(row not in now for name in state.waves for row in self.told.get(name, ()))

    def forced(self, state: State) -> int:
        """Those of them that cannot be made any more."""
        return sum(
            not self.keepable(row, wave) for name, wave in state.waves.items() for row in self.told.get(name, ())
        )

    def wishes(self) -> None:
        """The worst team and the points, with no more announced visits changed."""
        self.budget.report(CHANGED, 7, STEPS, self.changed(self.state), self.forced(self.state))
        search = Search(self.possible, self.crew, self.state)
        steps = self.possible.thresholds(self.instance.groups)
        low, high = 0, self.worst_bound()
        while not self.budget.over():
            open_ = [step for step in steps if max(low, search.worth(self.state)[0]) < step <= high]
            if not open_ or self.crew.done > self.work:
                break
            pick = open_[len(open_) // 2]
            if self._better(pick):
                low = pick
            else:
                high = max([0, *(step for step in steps if step < pick)])
            self.budget.report(SATISFACTION, 8, STEPS, search.worth(self.state)[0], self.worst_bound())
        if not self.budget.over():
            self._better(search.worth(self.state)[0])

    def _better(self, threshold: int) -> bool:
        """Every wave with the most points that the threshold and the announced visits leave it."""
        waves = [wave for wave in self.instance.wave if self.state.groups_in([wave])]
        rows = self.crew.together([partial(self._improved, wave, threshold) for wave in waves])
        if any(visits is None for visits in rows):
            return False
        self.state = State(self.state.waves, {wave: visits or () for wave, visits in zip(waves, rows, strict=True)})
        return True

    def _improved(self, wave: str, threshold: int) -> tuple[Visit, ...] | None:
        names = self.state.groups_in([wave])
        old = self.state.visits.get(wave, ())
        told = {row for name in names for row in self.told.get(name, ())}
        kept = told & set(old)
        model = WaveModel(self.possible, wave, names, threshold=threshold)
        model.hint(old)
        keep = [one for row in told if (one := model.visits.get((row.team, row.station, row.round))) is not None]
        if len(kept) == len(keep):
            for one in keep:
                model.model.add(one == 1)
        else:
            model.model.add(sum(keep) >= len(kept))
        _, visits = model.solve(self.crew, work=max(0.5, self.work / 12), goal=model.gain())
        return visits

    def _at_best(self, group: Group) -> dict[str, int]:
        """Per team the most points it can get when every visit that can be kept is."""
        wave, found = self.state.waves[group.id], {}
        told = self.told.get(group.id, [])
        for team in group.teams:
            points = self.possible.points[team.id]
            kept = [row.station for row in told if row.team == team.id and self.keepable(row, wave)]
            free = sorted((value for station, value in points.items() if station not in kept), reverse=True)
            extra = free[: max(0, self.possible.k - len(kept))]
            found[team.id] = sum(points.get(station, 0) for station in kept) + sum(extra)
        return found

    def _minimal(self) -> bool:
        """Every solution as good so far has the same announced groups in the same waves and keeps what it can."""
        same = all(rung.value == 0 for rung in self.rungs if rung.name in (EVICTED, MOVED))
        return same and all(rung.proven for rung in self.rungs) and self.changed(self.state) == self.forced(self.state)

    def worst_bound(self) -> int:
        if not self._minimal():
            return 1000
        best = self.possible.best
        return min(
            (
                1000 * most // best[team]
                for name in self.before
                if name in self.state.waves
                for team, most in self._at_best(self.instance.group[name]).items()
                if best[team]
            ),
            default=1000,
        )

    def points_bound(self) -> int:
        size = self.instance.team
        told = [self.instance.group[name] for name in self.before if name in self.state.waves]
        new = sum(self.instance.group[name].size for name in self.state.waves if name not in self.before)
        most = max((best for best in self.possible.best.values()), default=0)
        if not self._minimal():
            room = next(rung.bound for rung in self.rungs if rung.name == PUPILS)
            return most * (room if isinstance(room, int) else 0)
        kept = sum(size[team].size * points for group in told for team, points in self._at_best(group).items())
        return kept + new * most

    # -- the end

    def finish(self) -> Solution:
        """The solution; raises ImpossibleLocks when those placed by hand found no timetable."""
        if outside := obeys(self.locks, self.state.waves):
            raise ImpossibleLocks("do_not_fit", outside)
        worst, points = Search(self.possible, self.crew, self.state).worth(self.state)
        levels = [
            Level(rung.name, "min" if rung.name in FEWEST else "max", rung.value, rung.bound, rung.proven)
            for rung in self.rungs
        ]
        sure = all(rung.proven for rung in self.rungs)
        changed, forced = self.changed(self.state), self.forced(self.state) if self._minimal() else 0
        levels.append(Level(CHANGED, "min", changed, forced, sure and changed == forced))
        for name, value, bound in (
            (SATISFACTION, worst, self.worst_bound()),
            (POINTS, points, self.points_bound()),
        ):
            levels.append(Level(name, "max", value, max(value, bound), levels[-1].proven and value >= bound))
        return Solution(
            status=status_of(tuple(levels)),
            objective=tuple(levels),
            assignments=tuple(sorted(Assignment(*row) for row in self.state.waves.items())),
            visits=self.state.all_visits(),
            reasons=reasons(self.possible, self.crew, self.locks, self.state.waves, self.rungs, cost=False),
            seconds=self.budget.spent(),
            seed=self.crew.seed,
        )
