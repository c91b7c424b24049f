"""What a solver tells while it works, and how it is told to stop. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solver stands: the level it works on, its best value and bound so far.

    ``step`` of ``steps`` counts levels; ``value`` and ``bound`` are ``None`` before the first solution.
    """

    level: str
    step: int
    steps: int
    seconds: float
    value: int | list[int] | None = None
    bound: int | list[int] | None = None


class Watch(Protocol):
    """Somebody who follows a run: hears of progress, and may want it to stop."""

    def report(self, progress: Progress) -> None: ...

    def wants_stop(self) -> bool: ...


@dataclass(slots=True)
class Quiet:
    """A watch that says nothing and stops when ``stop`` answers yes."""

    stop: Callable[[], bool] = lambda: False

    def report(self, progress: Progress) -> None:
        """Nobody listens."""

    def wants_stop(self) -> bool:
        return self.stop()
