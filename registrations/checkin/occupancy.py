"""How many people are in: asked by every phone every few seconds, so each process remembers it for a moment."""

from dataclasses import dataclass

from django.db.models import Sum

from events.memory import Remembered
from registrations.checkin.models import Presence


@dataclass(frozen=True, slots=True)
class Occupancy:
    """People ``inside`` now, and ``came`` in all; a class counts by its heads."""

    inside: int = 0
    came: int = 0

    def __add__(self, other: "Occupancy") -> "Occupancy":
        return Occupancy(self.inside + other.inside, self.came + other.came)


_known: Remembered[Occupancy] = Remembered(seconds=1.0)


def occupancy_of(event: int) -> Occupancy:
    """Of the event with key ``event``, now. One query."""
    told = Presence.objects.filter(event=event).aggregate(inside=Sum("inside"), came=Sum("came"))
    return Occupancy(told["inside"] or 0, told["came"] or 0)


def recent_occupancy(event: int) -> Occupancy:
    """As ``occupancy_of``, at most a second old."""
    return _known.get(event, lambda: occupancy_of(event))


def note_change(event: int, change: Occupancy) -> None:
    """What this process has just written is not a second behind for those whom it answers."""
    known = _known.peek(event)
    if known is not None:
        _known.change(event, known + change)
