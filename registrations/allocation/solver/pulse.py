"""A tight loop's way to look at the clock: seldom, and at the watch more seldom still. Pure but for the clock."""

import time
from dataclasses import dataclass, field

from registrations.allocation.solver.budget import Budget

EVERY = 0.2


@dataclass(slots=True)
class Pulse:
    """Says when ``budget`` is over or ``until`` (seconds since its start) has come; asks the watch five times a second.

    Once it has said so it keeps to it.
    """

    budget: Budget
    until: float = float("inf")
    stopped: bool = False
    asked: float = field(default=-EVERY)

    def over(self) -> bool:
        spent = self.budget.spent()
        if not self.stopped and spent - self.asked >= EVERY:
            self.asked = time.monotonic() - self.budget.started
            self.stopped = self.budget.over()
        return self.stopped or spent >= self.until
