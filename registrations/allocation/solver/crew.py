"""Two hands that solve models side by side, the same way each time. Pure but for the clock.

Each model is solved by one worker with a limit in deterministic time, so what comes out depends on the model and the
seed alone. The home thread looks at the clock and the watch meanwhile, and stops everybody when it is time.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

from ortools.sat.python import cp_model

from registrations.allocation.solver.budget import Budget

T = TypeVar("T")

HANDS = 2
LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Found:
    """What a solve came to. ``proven`` is true for an optimum and for a proof that there is none."""

    solved: bool
    proven: bool
    value: int
    bound: int
    work: float
    solver: cp_model.CpSolver

    @property
    def impossible(self) -> bool:
        return self.proven and not self.solved

    def on(self, variable: Any) -> bool:
        return bool(self.solver.value(variable))


class Crew:
    """Solves models within a budget; ``done`` is the deterministic work it has done so far."""

    def __init__(self, budget: Budget, seed: int = 1) -> None:
        self.budget = budget
        self.seed = seed
        self.done = 0.0
        self._pool = ThreadPoolExecutor(HANDS, thread_name_prefix="allocation")
        self._busy: set[cp_model.CpSolver] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def together(self, jobs: Sequence[Callable[[], T]]) -> list[T]:
        """Runs the jobs side by side and gives what they came to, in their order."""
        running = [self._pool.submit(job) for job in jobs]
        waiting = set(running)
        while waiting:
            _, waiting = wait(waiting, timeout=LOOK_SECONDS)
            if self.budget.over():
                self._stop()
        return [job.result() for job in running]

    def alone(self, job: Callable[[], T]) -> T:
        return self.together([job])[0]

    def solve(self, model: cp_model.CpModel, *, work: float, seed: int = 0, **parameters: Any) -> Found:
        """Solves in the calling thread with ``work`` deterministic seconds at most."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False  # the command stops a run itself
        solver.parameters.random_seed = self.seed * 7919 + seed
        solver.parameters.max_deterministic_time = work
        solver.parameters.max_time_in_seconds = max(0.01, self.budget.seconds - self.budget.spent())
        for name, value in parameters.items():
            setattr(solver.parameters, name, value)
        with self._lock:
            if self.budget.stopped:
                solver.parameters.max_time_in_seconds = 0.01
            self._busy.add(solver)
        try:
            status = solver.solve(model)
        finally:
            with self._lock:
                self._busy.discard(solver)
        spent = float(solver.response_proto.deterministic_time)
        with self._lock:
            self.done += spent + 0.05
        solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        goal = bool(model.has_objective())
        return Found(
            solved=solved,
            proven=status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
            value=round(solver.objective_value) if solved and goal else 0,
            bound=round(solver.best_objective_bound) if goal else 0,
            work=spent,
            solver=solver,
        )

    def _stop(self) -> None:
        with self._lock:
            for solver in self._busy:
                solver.stop_search()
