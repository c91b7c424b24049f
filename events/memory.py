"""What each process remembers for a moment, so that forty phones or a thousand pupils at once cost one look.

Nothing here is more than seconds old, unless it is kept under a version of its own, and nothing that a person was told
depends on it.
"""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")
MOST = 10_000
_all: list["Remembered"] = []


class Remembered(Generic[Value]):
    """Values by key, each for ``seconds`` after it was found."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self._known: dict[Hashable, tuple[float, Value]] = {}
        _all.append(self)

    def get(self, key: Hashable, find: Callable[[], Value]) -> Value:
        known = self._known.get(key)
        if known and time.monotonic() - known[0] < self.seconds:
            return known[1]
        value = find()
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = (time.monotonic(), value)
        return value

    def peek(self, key: Hashable) -> Value | None:
        known = self._known.get(key)
        return known[1] if known and time.monotonic() - known[0] < self.seconds else None

    def change(self, key: Hashable, value: Value) -> None:
        """A newer value for what is known, which stays as old as it is."""
        known = self._known.get(key)
        if known:
            self._known[key] = (known[0], value)

    def forget(self) -> None:
        self._known.clear()


def forget_everything() -> None:
    """As after a restart; for tests, where keys come again."""
    for one in _all:
        one.forget()
