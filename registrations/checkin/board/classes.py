"""Which classes the door waits for, and which are late. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

AHEAD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class with a place as the board shows it. ``pupils`` are announced, ``starts_at`` (aware) is its admission."""

    pk: int
    label: str
    school: str
    pupils: int
    came: int
    wave: str
    starts_at: datetime
    contact: str = ""
    phone: str = ""

    @property
    def left(self) -> int:
        """Pupils who were announced and have not come."""
        return max(0, self.pupils - self.came)


def due(classes: Iterable[ClassRow], at: datetime, late: timedelta) -> tuple[ClassRow, ...]:
    """Those who are to come in now or within a quarter of an hour: not late yet, and somebody of them still to come."""
    return _in_order(one for one in classes if one.left and at - late <= one.starts_at <= at + AHEAD)


def late_ones(classes: Iterable[ClassRow], at: datetime, late: timedelta) -> tuple[ClassRow, ...]:
    """Those of whom nobody has come, more than ``late`` after their admission."""
    return _in_order(one for one in classes if not one.came and one.starts_at < at - late)


def _in_order(classes: Iterable[ClassRow]) -> tuple[ClassRow, ...]:
    return tuple(sorted(classes, key=lambda one: (one.starts_at, one.school, one.label, one.pk)))
