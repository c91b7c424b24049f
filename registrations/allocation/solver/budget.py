"""How long a solver may take, and how it is stopped. Pure but for the clock.

The same input and seed must give the same solution, so work is measured in CP-SAT's deterministic time, which does not
depend on the machine's mood; the clock and the watch only cut a run short.
"""

import threading
import time
from dataclasses import dataclass, field

from registrations.allocation.solver.watching import Progress, Quiet, Watch


@dataclass(slots=True)
class Budget:
    """``seconds`` of wall clock from now on, and a watch that may want to stop before.

    The watch is asked and told only in the thread that made the budget: it may well have a database behind it.
    """

    seconds: float
    watch: Watch = field(default_factory=Quiet)
    started: float = field(default_factory=time.monotonic)
    stopped: bool = False
    home: int = field(default_factory=threading.get_ident)

    def spent(self) -> float:
        return time.monotonic() - self.started

    def left(self) -> float:
        """Seconds left; none when somebody wants to stop."""
        if not self.stopped and threading.get_ident() == self.home and self.watch.wants_stop():
            self.stopped = True
        return 0.0 if self.stopped else max(0.0, self.seconds - self.spent())

    def over(self) -> bool:
        return self.left() <= 0.0

    def report(
        self,
        level: str,
        step: int,
        steps: int,
        value: int | list[int] | None = None,
        bound: int | list[int] | None = None,
    ) -> None:
        """Tells the watch where the run stands."""
        self.watch.report(Progress(level, step, steps, round(self.spent(), 2), value, bound))
