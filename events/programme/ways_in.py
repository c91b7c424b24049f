"""What is open to whom, and until when: the big buttons of an event. Pure but for the event that is read."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from events.programme.models import Event, EventState


class Phase(Enum):
    """Where a way in stands at a moment."""

    NOT_ANNOUNCED = "not_announced"  # the event is a draft: its makers see the page, nobody can come in
    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class WayIn:
    """One kind of visitor's way to an event. ``until`` is when it opens (NOT_OPEN) or closes (OPEN, CLOSED)."""

    key: str
    url_name: str
    phase: Phase
    until: datetime | None

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def stage(self) -> str:
        """The phase as templates compare it."""
        return self.phase.value


def phase_of(event: Event, opens_at: datetime, closes_at: datetime, at: datetime) -> Phase:
    """The phase at ``at`` of a way in that is open from ``opens_at`` until ``closes_at`` (not included)."""
    if event.state == EventState.CANCELLED:
        return Phase.CANCELLED
    if event.is_over(at):
        return Phase.OVER
    if event.state == EventState.DRAFT:
        return Phase.NOT_ANNOUNCED
    if at < opens_at:
        return Phase.NOT_OPEN
    return Phase.OPEN if at < closes_at else Phase.CLOSED


def ways_in(event: Event, at: datetime) -> list[WayIn]:
    """The ways into ``event`` at aware time ``at``: schools for evenings, companies for both, visitors for fairs.

    Visitors may sign up until the event ends; a course is not applied to here. Schools book when the evening's
    programme says; without one there is no way in for them yet. For many events have ``night`` at hand.
    """
    opens = event.registration_opens_at
    exhibit = ("exhibit", opens, event.registration_closes_at)
    windows = {
        Event.Kind.FAIR: [exhibit, ("visit", opens, event.ends_at)],
        Event.Kind.NIGHT: [*_bookings(event), exhibit],
    }
    return [_way(event, *window, at) for window in windows.get(Event.Kind(event.kind), [])]


def _bookings(event: Event) -> list[tuple[str, datetime, datetime]]:
    if event.kind != Event.Kind.NIGHT or not hasattr(event, "night"):
        return []
    return [("book", event.night.bookings_open_at, event.night.bookings_close_at)]


def _way(event: Event, key: str, opens_at: datetime, closes_at: datetime, at: datetime) -> WayIn:
    phase = phase_of(event, opens_at, closes_at, at)
    until = {Phase.NOT_OPEN: opens_at, Phase.OPEN: closes_at, Phase.CLOSED: closes_at}.get(phase)
    return WayIn(key=key, url_name=URL_NAMES[key], phase=phase, until=until)


URL_NAMES = {
    "book": "registrations:booking-start",
    "exhibit": "registrations:apply",
    "visit": "registrations:visitor-signup",
}
