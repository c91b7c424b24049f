"""First the most interest points, then the fewest idle slots. Pure but for the clock.

How many points there could be at most is a question without slots, which CP-SAT answers at once. Annealing reaches that
for nearly every day; where it does not, and for small days, CP-SAT works on the whole.
"""

from dataclasses import dataclass

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.meetings_anneal import Walk, anneal
from registrations.allocation.solver.meetings_day import Day
from registrations.allocation.solver.meetings_model import ChoiceModel, DayModel
from registrations.allocation.solver.pulse import Pulse

LEVELS = ("interest_points", "idle_slots")

TRIES_A_SECOND = 60_000
"""Changes to try per second given: a fifth of what a quiet machine can, so that the clock seldom cuts."""

WORK_A_SECOND = 0.5
SMALL = 2_500
LARGEST = 300_000
EVER_SO_MANY = 10**9


@dataclass(slots=True)
class Search:
    """``at`` is the best timetable so far."""

    day: Day
    at: list[int]
    crew: Crew
    most_points: int = 0
    least_gaps: int = 0

    @property
    def worth(self) -> tuple[int, int]:
        return self.day.worth(self.at)

    @property
    def small(self) -> bool:
        return self._size() <= SMALL

    def _size(self) -> int:
        return sum(map(len, self.day.common))

    def run(self) -> None:
        self.most_points = sum(self.day.points)
        self._bound()
        self._points()
        self._tell(0, self.worth[0], self.most_points)
        self._gaps()
        self._tell(1, self.worth[1], self.least_gaps)

    def _bound(self) -> None:
        """No more points than without slots; none at all are needed where nobody wants to meet."""
        if not self.day.ends or self.crew.budget.over():
            return
        model = ChoiceModel(self.day)
        work = self.crew.budget.seconds * 0.2 * WORK_A_SECOND
        found = self.crew.alone(lambda: self.crew.solve(model.model, work=work))
        if found.solved:
            self.most_points = min(self.most_points, found.bound)

    def _points(self) -> None:
        unit = 6.0 / max(self.day.points, default=1)
        for number in range(1 if self.small else 2):
            if self.worth[0] >= self.most_points:
                return
            self._anneal(0.02 if self.small else 0.15, 0.6, 0.1, unit, 0.05, few=EVER_SO_MANY, number=number)
        self._prove_points()

    def _gaps(self) -> None:
        if self.small:
            self._anneal(0.02, 0.6, 0.12, 12.0, 1.0, few=0, number=10)
            if self._prove_gaps():
                return
        for number in range(2):
            if self.worth[1] > self.least_gaps:
                self._anneal((0.5, 0.3)[number], 0.6, 0.12, 12.0, 1.0, few=self.least_gaps, number=20 + number)

    def _prove_points(self) -> None:
        if self.worth[0] >= self.most_points or self._size() > LARGEST:
            return
        model = DayModel(self.day)
        model.model.maximize(model.points())
        found = self._solve(model, 0.25)
        if found:
            self.most_points = max(self.worth[0], min(self.most_points, found.bound))

    def _prove_gaps(self) -> bool:
        """Whether there is nothing left to find."""
        points, gaps = self.worth
        if gaps == 0:
            return True
        model = DayModel(self.day)
        model.model.add(model.points() >= points)
        total = model.gaps()
        if isinstance(total, int):
            return True
        model.model.minimize(total)
        found = self._solve(model, 0.25)
        if found:
            self.least_gaps = max(self.least_gaps, found.bound)
        return found is not None and found.proven

    def _solve(self, model: DayModel, share: float) -> Found | None:
        if self.crew.budget.over():
            return None
        model.start_from(self.at)
        work = self.crew.budget.seconds * share * WORK_A_SECOND
        found = self.crew.alone(lambda: self.crew.solve(model.model, work=work))
        if found.solved:
            self._take(model.timetable(found))
        return found if found.solved else None

    def _anneal(
        self, share: float, start: float, end: float, point: float, gap: float, *, few: int, number: int
    ) -> None:
        walk = Walk(
            tries=int(self.crew.budget.seconds * share * TRIES_A_SECOND),
            start=start,
            end=end,
            point=point,
            gap=gap,
            seed=self.crew.seed + 1000 * number,
            enough=self.most_points,
            few=few,
        )
        pulse, day, at = Pulse(self.crew.budget), self.day, self.at
        self._take(self.crew.alone(lambda: anneal(day, at, walk, pulse)))

    def _take(self, at: list[int]) -> None:
        points, gaps = self.day.worth(at)
        had, idle = self.worth
        if (points, -gaps) > (had, -idle):
            self.at = at

    def _tell(self, step: int, value: int, bound: int) -> None:
        self.crew.budget.report(LEVELS[step], step + 1, len(LEVELS), value, bound)
