"""How well teams can be served at the very best: bounds for the last two levels, and a first plan. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile

from registrations.allocation.solver.admission import Ladder
from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.relaxation import Relaxation
from registrations.allocation.solver.rungs import PUPILS, Rung
from registrations.allocation.solver.wishes import Plan, WishModel

PATIENCE = 5.0
"""Deterministic seconds for one threshold."""

MOST_SECONDS = 20.0
"""For the bound on points with groups that come whole or not at all."""

LEAST_SECONDS = 0.2

MOST_WISHES = 8_000
"""A plan of all waves at once is only tried up to so many variables."""


@dataclass
class Outlook:
    """What is known about levels 5 and 6 for every choice of groups with the same first levels."""

    possible: Possible
    crew: Crew
    locks: Locks
    rungs: Sequence[Rung]
    waves: dict[str, str]
    satisfaction: int = 1000
    plans: dict[int, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.instance = self.possible.instance
        self.groups = [group for group in self.instance.groups if group.id in self.waves]
        self.only = False
        self.whole = False
        self.most_points = self._simplest()

    @property
    def small(self) -> bool:
        return self.wished <= MOST_WISHES

    @property
    def wished(self) -> int:
        """How many wishes there are in all waves together."""
        return sum(
            len(self.possible.points[team.id]) * len(self.possible.waves[group.id])
            for group in self.groups
            for team in group.teams
        )

    def settle_groups(self, work: float) -> None:
        """Finds out whether these groups are the only ones that reach the first levels' values."""
        ladder = Ladder(self.possible, self.crew, self.locks, waves=False)
        ladder.require(self.rungs)
        differ = [
            1 - one if name in self.waves else one
            for name, one in ladder.placed.items()
            if name not in self.locks.placed
        ]
        if not differ:
            self.only = True
            return
        ladder.model.add(sum(differ) >= 1)
        self.only = ladder.settle(work=work).impossible

    def _model(self, threshold: int) -> WishModel:
        waves = tuple(self.instance.wave)
        fixed = {name: wave for name, wave in self.locks.placed.items() if wave is not None}
        if self.only:
            return WishModel(self.possible, self.groups, waves, threshold=threshold, fixed=fixed)
        ladder = Ladder(self.possible, self.crew, self.locks)
        ladder.require(self.rungs)
        return WishModel(
            self.possible,
            ladder.groups,
            waves,
            threshold=threshold,
            fixed=fixed,
            model=ladder.model,
            inside=dict(ladder.inside),
        )

    def _try(self, threshold: int, work: float) -> tuple[Found, Plan | None]:
        return self._model(threshold).solve(self.crew, work=work, best=False)

    def relaxed(self, threshold: int, *, short: bool = False) -> Relaxation:
        """The wishes of all waves together as a linear program, with as many first levels as are proven."""
        proven = tuple(takewhile(lambda rung: rung.proven, self.rungs))
        return Relaxation(
            self.possible, self.locks, proven, threshold, only=set(self.waves) if self.only else None, short=short
        )

    def narrow(self, reached: int) -> None:
        """Lowers the bound of the worst satisfaction to the least that the linear program does not refute."""
        steps = self.possible.thresholds(self.groups if self.only else self.instance.groups)
        open_ = [step for step in steps if reached < step <= self.satisfaction]
        low, high = 0, len(open_)
        while low < high and not self.crew.budget.over():
            middle = (low + high) // 2
            if self.relaxed(open_[middle], short=True).impossible(self.crew.budget.left()):
                high = middle
            else:
                low = middle + 1
        if high < len(open_):
            self.satisfaction = open_[high - 1] if high else reached

    def bisect(self, reached: int, work: float) -> None:
        """Narrows the best possible worst satisfaction, two thresholds at a time; keeps plans that reach one.

        A threshold that is neither reached nor refuted soon is taken for possible: only proofs lower the bound.
        """
        steps = self.possible.thresholds(self.groups if self.only else self.instance.groups)
        low, high = reached, self.satisfaction
        spent = 0.0
        while spent < work and not self.crew.budget.over():
            open_ = [step for step in steps if low < step <= high]
            if not open_:
                break
            picks = sorted({open_[len(open_) // 3], open_[2 * len(open_) // 3]})
            outcomes = self.crew.together([partial(self._try, pick, min(PATIENCE, work - spent)) for pick in picks])
            spent += max(found.work for found, _ in outcomes)
            moved = False
            for pick, (found, plan) in zip(picks, outcomes, strict=True):
                if plan is not None and pick > low:
                    low, moved = pick, True
                    self.plans[pick] = plan
                elif not found.impossible:
                    low, moved = max(low, pick), True
                elif pick <= high:
                    high, moved = max([reached, *(step for step in steps if step < pick)]), True
                    low = min(low, high)
            self.satisfaction = high
            if not moved:
                break

    def points(self, threshold: int, work: float) -> int:
        """No solution with that satisfaction has more preference points; with no work by the linear program alone."""
        if not self.crew.budget.over():
            found = self.relaxed(threshold).points(max(LEAST_SECONDS, self.crew.budget.left()))
            self.most_points = min(self.most_points, self._simplest() if found is None else found)
            if not self.only and not self.whole:
                self.whole = True
                seconds = min(MOST_SECONDS, self.crew.budget.left() / 8)
                found = self.relaxed(threshold).points_of_whole_groups(seconds)
                self.most_points = min(self.most_points, self.most_points if found is None else found)
        if self.crew.budget.over() or not self.small or not work:
            return self.most_points
        model = self._model(threshold)
        best = self.crew.alone(lambda: _relaxed(model, self.crew, work))
        if best.bound > 0:
            self.most_points = min(self.most_points, best.bound)
        return self.most_points

    def _simplest(self) -> int:
        """Every place taken by whoever could be best off."""
        pupils = next((rung.bound for rung in self.rungs if rung.name == PUPILS), 0)
        most = max((self.possible.best[team.id] for group in self.instance.groups for team in group.teams), default=0)
        return most * pupils if isinstance(pupils, int) else 0


def _relaxed(model: WishModel, crew: Crew, work: float) -> Found:
    model.model.maximize(sum(model.goal))
    return crew.solve(model.model, work=work, linearization_level=2)
