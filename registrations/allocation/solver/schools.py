"""Places, waves and timetables for schools: the whole way from an instance to a solution. Pure but for the clock."""

from dataclasses import dataclass, field
from functools import partial

from registrations.allocation.solver.admit import Admission, Admitter, farthest, judged
from registrations.allocation.solver.bidding import timed_by_bidding
from registrations.allocation.solver.bounds import Outlook
from registrations.allocation.solver.budget import Budget
from registrations.allocation.solver.crew import HANDS, Crew
from registrations.allocation.solver.greedy import place_first_come, place_greedily
from registrations.allocation.solver.locks import ImpossibleLocks, Locks, check_locks, obeys
from registrations.allocation.solver.measures import POINTS, SATISFACTION
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.raising import Raising
from registrations.allocation.solver.reading import when
from registrations.allocation.solver.reasons import reasons
from registrations.allocation.solver.repair import minimal_clash
from registrations.allocation.solver.rungs import Rung, reached
from registrations.allocation.solver.search import Search, State
from registrations.allocation.solver.solution import Assignment, Level, Solution, Visit, status_of
from registrations.allocation.solver.timetable import timetable
from registrations.allocation.solver.watching import Quiet, Watch
from registrations.allocation.solver.wishes import Plan, WishModel

PACE = 0.6
"""Deterministic seconds of work planned per second of wall clock and hand: a slow machine still gets through."""

FEW_WISHES = 1000
"""Up to so many the bound on points is quickly had, and the search ends when it is reached."""

STEPS = 6


def solve_schools(
    instance: SchoolsInstance,
    *,
    seconds: float = 60.0,
    seed: int = 1,
    watch: Watch | None = None,
    locks: Locks | None = None,
    explain_cost: bool = True,
) -> Solution:
    """The best places and timetable found within the time, with reasons for everybody without a place.

    Raises ImpossibleLocks, before anything is solved, when the decisions by hand break a hard rule.
    """
    possible = Possible(instance)
    locks = locks or Locks()
    check_locks(possible, locks)
    budget = Budget(seconds, watch or Quiet())
    with Crew(budget, seed) as crew:
        run = Run(possible, crew, locks, explain_cost=explain_cost)
        run.start()
        run.places()
        run.timetables()
        return run.finish()


@dataclass
class Run:
    """One run: what is reached so far, and what is proven."""

    possible: Possible
    crew: Crew
    locks: Locks
    explain_cost: bool = True
    rungs: tuple[Rung, ...] = ()
    state: State = field(default_factory=lambda: State({}, {}))
    worst_bound: int = 1000
    points_bound: int | None = None

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.budget = self.crew.budget
        self.work = self.budget.seconds * PACE * HANDS
        self.known: list[Rung] = []

    # -- levels 1 to 4

    def start(self) -> None:
        """A valid solution at once, so that there is always one to give."""
        locks, groups = self.locks, self.instance.groups
        order = sorted(groups, key=lambda group: (group.id not in locks.placed, when(group.applied_at), group.id))
        simple = [place_greedily(self.possible, locks)]
        if not any(locks.placed.values()):
            simple.append(place_first_come(self.possible, [one for one in order if one.id not in locks.refused]))
        states = [State(*one) for one in simple]
        self._keep(max(states, key=lambda one: list(reached(self.possible, one.waves).values())))
        self.first = self.state

    def _keep(self, state: State) -> None:
        self.state = state
        self.rungs = judged(self.possible, state.waves, self.known)

    def places(self) -> None:
        """Levels 1 to 4, again with each discovery that some groups cannot be timed together."""
        admitter = Admitter(self.possible, self.crew, self.locks, work=max(1.0, self.work / 8))
        for _ in range(200):
            admission = admitter.admit(self.first.waves)
            self.known = list(admission.rungs)
            self._report(admission)
            visits, clash = self._first_timetable(admission)
            if visits is not None:
                state = State(admission.waves, visits)
                better = self._better(state) or obeys(self.locks, self.state.waves)
                self._keep(state if better else self.state)
                return
            self._keep(self.state)
            if not clash or self.budget.over():
                return
            for wave, groups, proven in clash:
                admitter.cut(wave, groups, proven=proven)

    def _better(self, state: State) -> bool:
        """Whether the state is better than ours in all six levels, the first before the second and so on."""

        def values(one: State) -> list[object]:
            return [*reached(self.possible, one.waves).values(), *Search(self.possible, self.crew, one).value]

        return values(state) > values(self.state)

    def _report(self, admission: Admission) -> None:
        for step, rung in enumerate(admission.rungs, 1):
            self.budget.report(rung.name, step, STEPS, rung.value, rung.bound)

    def _first_timetable(
        self, admission: Admission
    ) -> tuple[dict[str, tuple[Visit, ...]] | None, list[tuple[str, frozenset[str], bool]]]:
        """Each wave's visits, or the groups of a wave that cannot be there together."""
        inside: dict[str, list[str]] = {wave: [] for wave in self.instance.wave}
        for name, wave in admission.waves.items():
            inside[wave].append(name)
        rows = self.crew.together([partial(self._time, wave, names) for wave, names in inside.items() if names])
        found = dict(zip([wave for wave, names in inside.items() if names], rows, strict=True))
        if all(visits is not None for visits, _ in found.values()):
            return {wave: visits for wave, (visits, _) in found.items() if visits is not None}, []
        clashes = [
            (wave, minimal_clash(self.possible, self.crew, wave, inside[wave]), True)
            for wave, (visits, proven) in found.items()
            if visits is None and proven
        ]
        if not clashes:
            clashes = [(wave, frozenset(inside[wave]), False) for wave, (visits, _) in found.items() if visits is None]
        return None, clashes

    def _time(self, wave: str, names: list[str]) -> tuple[tuple[Visit, ...] | None, bool]:
        quick = timed_by_bidding(self.possible, wave, names, seed=self.crew.seed, over=self.budget.over)
        if quick is not None:
            return quick, False
        model = WishModel(self.possible, [self.instance.group[name] for name in names], (wave,), fixed={})
        _, plan = model.solve(self.crew, work=2.0)
        return timetable(
            self.possible, self.crew, wave, names, wishes=plan.wishes if plan else None, work=self._patience()
        )

    def _patience(self) -> float:
        return max(2.0, min(20.0, self.work / 4))

    # -- levels 5 and 6

    def timetables(self) -> None:
        """The worst team first, then everybody's points."""
        if not self.state.waves or not self.possible.k:
            self.worst_bound, self.points_bound = 1000, 0
            return
        search = Search(
            self.possible,
            self.crew,
            self.state,
            fixed={name: wave for name, wave in self.locks.placed.items() if wave is not None},
            seed=self.crew.seed,
        )
        outlook = Outlook(self.possible, self.crew, self.locks, self.rungs, self.state.waves)
        sure = all(rung.proven for rung in self.rungs)
        if sure:
            outlook.settle_groups(work=min(2.0, self.work / 10))
        self.points_bound = outlook.points(0, work=0)
        self._worst_team(search, outlook, sure)
        self.state = search.best
        self.worst_bound = max(outlook.satisfaction, search.value[0])
        known = outlook.wished <= FEW_WISHES
        self.points_bound = outlook.points(search.value[0], work=self.work / 10 if known and sure else 0)
        self._points(search, self.work * (0.05 if outlook.small else 0.45))
        self.state = search.best
        if sure and not known:
            self.points_bound = outlook.points(search.value[0], work=min(8.0, self.work / 8))

    def _worst_team(self, search: Search, outlook: Outlook, sure: bool) -> None:
        outlook.narrow(search.value[0])
        self._tell(SATISFACTION, search, outlook)
        end = self.crew.done + self.work * 0.35
        raising = Raising(search, search.fixed, partial(self._tell, SATISFACTION, search, outlook))
        raising.worst(outlook.satisfaction, self.work * (0.05 if outlook.small else 0.2))
        if not outlook.small:
            return
        search.sweep(search.value[0], 1.0)
        if sure:
            outlook.bisect(search.value[0], self.work * 0.2)
            self._reach(search, outlook, outlook.satisfaction, end, patience=2)
        self._raise_worst(search, outlook, end)
        for threshold in sorted(outlook.plans, reverse=True):
            if threshold > search.value[0]:
                self._adopt_plan(search, outlook.plans[threshold])

    def _adopt_plan(self, search: Search, plan: Plan) -> None:
        """Times a plan of all waves."""
        inside: dict[str, list[str]] = {wave: [] for wave in self.instance.wave}
        for name, wave in plan.waves.items():
            inside[wave].append(name)
        jobs = {
            wave: partial(
                timetable,
                self.possible,
                self.crew,
                wave,
                names,
                wishes=[wish for wish in plan.wishes if self.instance.group_of_team[wish[0]].id in set(names)],
                work=self._patience(),
            )
            for wave, names in inside.items()
            if names
        }
        rows = dict(zip(jobs, self.crew.together(list(jobs.values())), strict=True))
        if all(visits is not None for visits, _ in rows.values()):
            search.adopt(State(plan.waves, {wave: visits or () for wave, (visits, _) in rows.items()}))

    def _raise_worst(self, search: Search, outlook: Outlook, end: float) -> None:
        """Seeks the next better satisfaction for all teams, and gives up after some sweeps without gain."""
        steps = self.possible.thresholds([self.instance.group[name] for name in self.state.waves])
        while search.value[0] < outlook.satisfaction and self.crew.done < end and not self.budget.over():
            worst = search.satisfaction(search.state.all_visits(), search.state.waves)
            few = max(2, len(worst) // 30)
            better = [step for step in steps if search.value[0] < step <= outlook.satisfaction]
            near = [step for step in better if sum(value < step for value in worst.values()) <= few]
            target = max(near, default=better[0]) if better else None
            if target is None:
                return
            start = search.value[0]
            self._reach(search, outlook, target, end, patience=3)
            if search.value[0] == start:
                return

    def _reach(self, search: Search, outlook: Outlook, target: int, end: float, *, patience: int) -> None:
        """Sweeps towards that satisfaction until it is reached or so many sweeps bring nothing."""
        idle = 0
        while search.value[0] < target and idle < patience and self.crew.done < end and not self.budget.over():
            idle = 0 if search.sweep(target, 1.0) else idle + 1
            self._tell(SATISFACTION, search, outlook)

    def _points(self, search: Search, work: float) -> None:
        Raising(search, search.fixed, lambda: self._tell_points(search)).points(work)
        search.adopt(search.best)
        end = self.work * 0.75
        idle = 0
        wide = 0
        while self.crew.done < end and not self.budget.over() and wide < 12 and search.value[1] != self.points_bound:
            better = search.sweep(search.value[0], 2.0)
            idle = 0 if better else idle + 1
            if idle >= max(2, len(self.instance.waves)):
                wide = 0 if search.wide(search.value[0], 3.0) else wide + 1
            self._tell_points(search)

    def _tell_points(self, search: Search) -> None:
        self.state = search.best
        self.budget.report(POINTS, 6, STEPS, search.value[1], self.points_bound)

    def _tell(self, name: str, search: Search, outlook: Outlook) -> None:
        self.state = search.best
        self.budget.report(name, 5, STEPS, search.value[0], outlook.satisfaction)

    # -- the end

    def levels(self) -> tuple[Level, ...]:
        worst, points = Search(self.possible, self.crew, self.state).worth(self.state)
        found = [Level(rung.name, "max", rung.value, rung.bound, rung.proven) for rung in self.rungs]
        sure = all(rung.proven for rung in self.rungs)
        worst_bound = max(worst, self.worst_bound)
        found.append(Level(SATISFACTION, "max", worst, worst_bound, sure and worst == worst_bound))
        bound = max(points, self.points_bound if self.points_bound is not None else self._most_points())
        found.append(Level(POINTS, "max", points, bound, found[-1].proven and points == bound))
        return tuple(found)

    def _most_points(self) -> int:
        """As if everybody came and went where they like best, within the places."""
        groups = [group for group in self.instance.groups if self.possible.waves[group.id]]
        best = max((self.possible.best[team.id] for group in groups for team in group.teams), default=0)
        pupils = farthest(self.possible, "pupils_placed")
        return best * pupils if isinstance(pupils, int) else 0

    def finish(self) -> Solution:
        """The solution; raises ImpossibleLocks when those placed by hand found no timetable."""
        if outside := obeys(self.locks, self.state.waves):
            raise ImpossibleLocks("do_not_fit", outside)
        levels = self.levels()
        return Solution(
            status=status_of(levels),
            objective=levels,
            assignments=tuple(sorted(Assignment(*row) for row in self.state.waves.items())),
            visits=self.state.all_visits(),
            reasons=reasons(self.possible, self.crew, self.locks, self.state.waves, self.rungs, cost=self.explain_cost),
            seconds=self.budget.spent(),
            seed=self.crew.seed,
        )
