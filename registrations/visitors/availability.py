"""Whether visitors can sign up to an event, and why not. Pure."""

from datetime import datetime
from enum import StrEnum

from events.programme.models import Event, EventState


class Availability(StrEnum):
    OPEN = "open"
    NOT_YET = "not_yet"
    OVER = "over"
    CANCELLED = "cancelled"
    FULL = "full"


def availability_of(event: Event, taken: int, at: datetime) -> Availability:
    """What a visitor meets at aware time ``at`` when ``taken`` places are gone; a draft is not open yet."""
    if event.state == EventState.CANCELLED:
        return Availability.CANCELLED
    if at >= event.ends_at:
        return Availability.OVER
    if not event.visitors_may_sign_up(at):
        return Availability.NOT_YET
    if event.visitor_capacity is not None and taken >= event.visitor_capacity:
        return Availability.FULL
    return Availability.OPEN
