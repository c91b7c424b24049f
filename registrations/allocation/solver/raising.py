"""The ladder of the last two levels for the quick search: the worst team first, then everybody's points. Pure.

How long is counted in steps, which the same seed makes the same way; the clock only cuts them short.
"""

from collections.abc import Callable, Mapping

from registrations.allocation.solver.mending import Mending
from registrations.allocation.solver.search import Search, State

STEP = 1.2e-4
"""What a step costs of the work planned: it keeps one hand busy, and the other waits."""

HOT, COLD = 40.0, 1.5
LEAST = 3_000
"""Fewer steps than this are not worth a try."""

TRIES = 7
"""Satisfactions sought one after another, each halving what is still open."""


class Raising:
    """Works on a search's best state and hands back what is better."""

    def __init__(self, search: Search, fixed: Mapping[str, str], tell: Callable[[], None]) -> None:
        self.search, self.tell, self.fixed = search, tell, fixed
        self.over = search.crew.budget.over
        self.mending = self._begin()

    def _begin(self, turn: int = 0) -> Mending:
        best = self.search.best
        return Mending(self.search.possible, best.waves, best.visits, fixed=self.fixed, seed=self.search.seed + turn)

    def _run(self, work: float, threshold: int, *, enough: bool = False) -> None:
        steps = int(work / STEP)
        self.mending.fit(threshold)
        self.mending.run(steps, HOT, COLD, self.over, enough=enough)
        self.search.crew.done += work
        self.mending.back()
        self.search.adopt(State(*self.mending.result()))
        self.tell()

    def worst(self, bound: int, work: float) -> None:
        """Seeks ever higher satisfactions for all teams, up to the bound; a few that are missed end it."""
        possible = self.search.possible
        each = max(work / (TRIES + 1), LEAST * STEP)
        self._run(each, self.search.value[0])
        names = [possible.instance.group[name] for name in self.search.state.waves]
        steps = possible.thresholds(names)
        high = bound
        for _ in range(TRIES):
            open_ = [step for step in steps if self.search.value[0] < step <= high]
            if not open_ or self.over():
                return
            target = open_[len(open_) // 2]
            self._run(each, target, enough=True)
            if self.search.value[0] < target:
                high = max([0, *(step for step in open_ if step < target)])

    def points(self, work: float, cycles: int = 2) -> None:
        """Cools down slowly, the worst team held; exact exchanges of two rounds at the end of each time."""
        for turn in range(cycles):
            if self.over() or work / cycles < LEAST * STEP:
                return
            self.mending = self._begin(turn)
            self._run(work / cycles, self.search.value[0])
            while not self.over() and self.mending.match(self.over):
                pass
            self.search.adopt(State(*self.mending.result()))
            self.tell()
