"""Level by level from a first arrangement to the best that time allows. Pure but for the clock.

The best positions are a flow. When some arrangement with those positions has no competitors side by side, which is
nearly always so, the search stays among the arrangements with the best positions and both levels are proven. Wishes
and municipalities are a quadratic assignment problem: annealing searches, CP-SAT proves small ones, a linear program
bounds large ones.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.pulse import Pulse
from registrations.allocation.solver.stands_anneal import Walk, Weights, anneal
from registrations.allocation.solver.stands_floor import Floor, Worth
from registrations.allocation.solver.stands_model import FloorModel, Total, size_of, wishes_at_most
from registrations.allocation.solver.stands_values import best_positions

LEVELS = (
    "placed_by_priority",
    "competitor_conflicts",
    "position_value_by_package",
    "near_wishes_met",
    "same_municipality_pairs",
)
TRIES_A_SECOND = 800_000
"""Exchanges to try per second given: half of what a quiet machine can, so that the clock seldom cuts."""

TRIES_EACH = 100_000
PEACE_EACH = 10_000
"""More than so many exchanges per exhibitor are of no use, in all and for keeping competitors apart."""

SMALL = 6_000
"""So many variables CP-SAT may be expected to prove something about."""

LARGEST = 150_000
WORK_A_SECOND = 0.5
"""Deterministic work per second given, for the same reason."""

LP_SECONDS = 30.0

UNTIL = 0.7
"""The share of the time after which the wishes leave the rest to the last level, on a machine that is busy."""


@dataclass(slots=True)
class Search:
    """``at`` is the best arrangement so far; the bounds hold for the level, given the value of those before it."""

    floor: Floor
    at: list[int]
    crew: Crew
    least_conflicts: int = 0
    most_values: list[int] = field(default_factory=list)
    most_wishes: int = 0
    most_same: int = 0
    mixed: bool = False
    """Whether the best positions had to be given up to keep competitors apart."""

    @property
    def worth(self) -> Worth:
        return self.floor.worth(self.at)

    def run(self) -> None:
        self._positions_and_peace()
        self._wishes()
        self._same()

    # ------------------------------------------------------------------ conflicts and positions

    def _positions_and_peace(self) -> None:
        floor, crew = self.floor, self.crew
        best = best_positions(floor, self.at)
        self.at, self.most_values = best.at, list(best.values)
        weights = Weights(conflict=1.0)
        self._improve(best.floor, Walk(self._tries(0.1, PEACE_EACH), 0.7, 0.1, weights, crew.seed, enough=0))
        if self.worth.conflicts:
            narrow = list(self.at)
            self._improve(floor, Walk(self._tries(0.1, PEACE_EACH), 0.7, 0.1, weights, crew.seed, enough=0))
            self.least_conflicts = self._fewest_conflicts()
            if self.worth.conflicts == floor.worth(narrow).conflicts:
                self.at = narrow
            else:
                self.mixed = True
        if self.mixed:
            self._improve(floor, Walk(self._tries(0.2, PEACE_EACH), 4.0, 0.3, self._steering(), crew.seed))
            self._values_by_model()
        else:
            self.floor = best.floor
        worth = self.worth
        self._tell(1, worth.conflicts, self.least_conflicts)
        self._tell(2, list(worth.values), self.most_values)

    def _fewest_conflicts(self) -> int:
        if self._choices() > LARGEST:
            return 0
        model = FloorModel(self.floor)
        model.model.minimize(model.conflicts())
        found = self._solve(model, 0.15)
        return max(0, found.bound) if found else 0

    def _values_by_model(self) -> None:
        """Package by package with the conflicts held; a package's bound is for the values of those before it."""
        if self._choices() > LARGEST:
            most = max(self.floor.value, default=0)
            self.most_values = [
                self.most_values[0],
                *(most * self.floor.package.count(p) for p in range(1, self.floor.packages)),
            ]
            return
        model = FloorModel(self.floor)
        model.conflicts(allowed=self.worth.conflicts)
        free, bounds = tuple(self.most_values), []
        for package in range(self.floor.packages):
            value = model.values(package)
            model.model.maximize(value)
            found = self._solve(model, 0.2 / self.floor.packages)
            reached = self.worth.values
            bound = found.bound if found else max(self.floor.value, default=0) * self.floor.package.count(package)
            if reached[:package] == free[:package]:
                bound = min(bound, free[package])
            bounds.append(max(bound, reached[package]))
            model.hold(value, reached[package])
        self.most_values = bounds

    def _steering(self, unit: float = 1.0) -> Weights:
        packages = self.floor.packages
        values = tuple(unit * 4.0 ** (packages - 1 - package) for package in range(packages))
        return Weights(conflict=2 * unit * 4.0**packages, values=values)

    # ------------------------------------------------------------------ neighbours

    def _wishes(self) -> None:
        self.most_wishes = self.floor.most().wishes
        self._neighbours(
            Weights(wish=4.0, same=0.01),
            (2.0, 0.5, 0.55),
            model=lambda model: model.wishes(),
            wishes=True,
        )
        self._tell(3, self.worth.wishes, self.most_wishes)

    def _same(self) -> None:
        self.most_same = self.floor.most().same
        self._neighbours(
            Weights(wish=16.0, same=1.0),
            (0.8, 0.25, 0.3),
            model=lambda model: model.same(),
            wishes=False,
        )
        self._tell(4, self.worth.same, self.most_same)

    def _neighbours(
        self,
        weights: Weights,
        walk: tuple[float, float, float],
        *,
        model: Callable[[FloorModel], Total],
        wishes: bool,
    ) -> None:
        """Anneals, bounds and proves one of the last two levels."""
        start, end, share = walk
        steering = self._steering(20.0) if self.mixed else Weights(conflict=2.5 * max(weights.wish, 4.0))
        weights = Weights(steering.conflict, weights.wish, weights.same, steering.values)
        seed = self.crew.seed
        short = min(self._tries(share), 2_000 * self.floor.people)
        size = self._choices() + size_of(self.floor)
        if size <= SMALL:
            self._improve(self.floor, Walk(short, start, end, weights, seed))
            self._prove(model, wishes=wishes)
            if self._closed(wishes=wishes):
                return
        tries = self._tries(share)
        if wishes:
            seconds = min(LP_SECONDS, self.crew.budget.left() * share) if size <= LARGEST else 0.0
            floor = self.floor

            def bound() -> None:
                self.most_wishes = min(self.most_wishes, wishes_at_most(floor, seconds))

            self._improve(floor, Walk(tries, start, end, weights, seed), beside=bound)
            return
        for again in range(2):
            self._improve(self.floor, Walk(tries // 2, start, end, weights, seed + 1000 * again))

    def _closed(self, *, wishes: bool) -> bool:
        worth = self.worth
        return worth.wishes >= self.most_wishes if wishes else worth.same >= self.most_same

    def _prove(self, level: Callable[[FloorModel], Total], *, wishes: bool) -> None:
        worth, model = self.worth, FloorModel(self.floor)
        model.conflicts(allowed=worth.conflicts)
        if self.mixed:
            for package, value in enumerate(worth.values):
                model.hold(model.values(package), value)
        if not wishes:
            model.hold(model.wishes(), worth.wishes)
        goal = level(model)
        if isinstance(goal, int):
            bound = goal
        else:
            model.model.maximize(goal)
            found = self._solve(model, 0.2)
            if found is None:
                return
            bound = found.bound
        if wishes:
            self.most_wishes = min(self.most_wishes, bound)
        else:
            self.most_same = min(self.most_same, bound)

    # ------------------------------------------------------------------ common

    def _choices(self) -> int:
        return sum(map(len, self.floor.may))

    def _tries(self, share: float, each: int = TRIES_EACH) -> int:
        return min(int(self.crew.budget.seconds * share * TRIES_A_SECOND), each * self.floor.people)

    def _improve(self, floor: Floor, walk: Walk, beside: Callable[[], None] | None = None, until: float = 1.0) -> None:
        """Anneals in another thread, so that this one can look after the watch; ``until`` is a share of the time."""
        pulse = Pulse(self.crew.budget, until * self.crew.budget.seconds)
        jobs: list[Callable[[], list[int] | None]] = [lambda: anneal(floor, self.at, walk, pulse)]
        if beside is not None:
            jobs.append(beside)
        found = self.crew.together(jobs)[0]
        if found is not None:
            self._take(found)

    def _take(self, at: list[int]) -> None:
        if self.floor.worth(at).key > self.worth.key:
            self.at = at

    def _solve(self, model: FloorModel, share: float) -> Found | None:
        """Solves from the present arrangement and keeps a better one; None when there was no time."""
        if self.crew.budget.over():
            return None
        model.start_from(self.at)
        work = self.crew.budget.seconds * share * WORK_A_SECOND
        found = self.crew.alone(lambda: self.crew.solve(model.model, work=work))
        if found.solved:
            self._take(model.arrangement(found))
        return found if found.solved or found.bound else None

    def _tell(self, step: int, value: int | list[int], bound: int | list[int]) -> None:
        self.crew.budget.report(LEVELS[step], step + 1, len(LEVELS), value, bound)
