"""How a run tells the page where it stands, and hears that it should stop.

The solver talks to a ``Follower`` in memory, as often as it likes. A thread writes it down once a second, so that the
solver never waits for the database and the heart beats while it thinks.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.utils import timezone

from registrations.allocation import running
from registrations.allocation.solver.watching import Progress

EVERY_SECOND = 1.0


class Follower:
    """A ``Watch`` that remembers: the levels so far, and whether somebody wants the run to stop."""

    def __init__(self) -> None:
        self.stopped = False
        self.progress: dict[str, Any] = {}

    def report(self, progress: Progress) -> None:
        levels = {**self.progress.get("levels", {})}
        levels[progress.level] = {"value": progress.value, "bound": progress.bound, "step": progress.step}
        self.progress = {
            "level": progress.level,
            "step": progress.step,
            "steps": progress.steps,
            "seconds": progress.seconds,
            "levels": levels,
        }

    def wants_stop(self) -> bool:
        return self.stopped


Following = Callable[[int], Any]
Beat = Callable[..., bool]


@contextmanager
def followed(pk: int, every: float = EVERY_SECOND, beat: Beat | None = None) -> Iterator[Follower]:
    """A follower whose progress is written down by a thread of its own, for as long as the block runs.

    ``beat(pk=, progress=, at=)`` writes it and says whether to go on; unless it is given, into a ``Proposal``.
    """
    follower, over = Follower(), threading.Event()
    write_down = beat or running.beat

    def write() -> None:
        try:
            while not over.wait(every):
                if not write_down(pk=pk, progress=follower.progress, at=timezone.now()):
                    follower.stopped = True
        finally:
            connection.close()

    thread = threading.Thread(target=write, name=f"proposal-{pk}", daemon=True)
    thread.start()
    try:
        yield follower
    finally:
        over.set()
        thread.join()
