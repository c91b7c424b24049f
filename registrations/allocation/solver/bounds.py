"""How well teams can be served at the very best: bounds for the last two levels, and a first plan. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from registrations.allocation.solver.admission import Ladder
from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.rungs import PUPILS, Rung
from registrations.allocation.solver.wishes import Plan, WishModel

PATIENCE = 5.0
"""Deterministic seconds for one threshold."""

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
        """No solution with that satisfaction has more preference points."""
        if self.crew.budget.over():
            return self._simplest()
        sure = self._simple(work / 4)
        if self.crew.budget.over():
            return sure
        model = self._model(threshold)
        found = self.crew.alone(lambda: _relaxed(model, self.crew, work))
        return min(sure, found.bound) if found.bound > 0 else sure

    def _simplest(self) -> int:
        """Every place taken by whoever could be best off."""
        pupils = next((rung.bound for rung in self.rungs if rung.name == PUPILS), 0)
        most = max((self.possible.best[team.id] for group in self.instance.groups for team in group.teams), default=0)
        return most * pupils if isinstance(pupils, int) else 0

    def _simple(self, work: float) -> int:
        """As if every team could go where it likes best."""
        best = {
            group.id: sum(team.size * self.possible.best[team.id] for team in group.teams)
            for group in self.instance.groups
        }
        if self.only:
            return sum(best[group.id] for group in self.groups)
        ladder = Ladder(self.possible, self.crew, self.locks, waves=False)
        ladder.require(self.rungs)
        found = ladder.settle(work=work, goal=sum(best[name] * one for name, one in ladder.placed.items()))
        return min(found.bound, self._simplest()) if found.bound > 0 else self._simplest()


def _relaxed(model: WishModel, crew: Crew, work: float) -> Found:
    model.model.maximize(sum(model.goal))
    return crew.solve(model.model, work=work, linearization_level=2)
