"""What a state looks like: a tone and an icon beside its word, the same on every page.

A subject with states of its own adds them once, where its enumeration is defined or in its app's ``ready``:
``register({"offered": Look("info", "hourglass-split")})``. Values mean the same everywhere; where one must look
otherwise for one enumeration, register ``"ClassName.value"``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Tone = Literal["info", "good", "mind", "stop", "plain"]


@dataclass(frozen=True)
class Look:
    """``tone`` picks the colours, ``icon`` a symbol of ``static/icons.svg``."""

    tone: Tone
    icon: str


UNKNOWN = Look("plain", "circle")

STATES: dict[str, Look] = {
    # An event
    "draft": Look("plain", "pencil"),
    "published": Look("good", "globe"),
    "cancelled": Look("stop", "slash-circle"),
    # An application, a booking
    "applied": Look("info", "inbox"),
    "submitted": Look("info", "inbox"),
    "pending": Look("info", "hourglass-split"),
    "offered": Look("info", "envelope"),
    "accepted": Look("good", "check-circle"),
    "confirmed": Look("good", "check-circle"),
    "waiting": Look("mind", "hourglass-split"),
    "waiting_list": Look("mind", "hourglass-split"),
    "declined": Look("stop", "x-circle"),
    "withdrawn": Look("plain", "dash-circle"),
    "given_back": Look("plain", "arrow-counterclockwise"),
    # A visitor
    "registered": Look("good", "check-circle"),
    # A ticket and its way through the door
    "valid": Look("good", "ticket-perforated"),
    "admitted": Look("good", "check-circle-fill"),
    "already_in": Look("mind", "exclamation-triangle"),
    "wrong_event": Look("mind", "signpost-split"),
    "unknown": Look("stop", "question-circle"),
    "revoked": Look("stop", "slash-circle"),
    # An invitation to a survey, a survey
    "sent": Look("info", "send"),
    "reminded": Look("info", "bell"),
    "answered": Look("good", "check-circle"),
    "open": Look("good", "door-open"),
    "closed": Look("plain", "lock"),
    # A person's place in an organisation
    "asked": Look("info", "hourglass-split"),
    "active": Look("good", "check-circle"),
    "refused": Look("stop", "x-circle"),
    "removed": Look("plain", "dash-circle"),
    # An activity, a goal
    "not_started": Look("plain", "circle"),
    "on_schedule": Look("good", "calendar-check"),
    "ongoing": Look("info", "arrow-repeat"),
    "delivered": Look("good", "check-circle"),
    "done": Look("good", "check-circle-fill"),
    "delayed": Look("mind", "clock-history"),
    "postponed": Look("mind", "calendar-range"),
    "at_risk": Look("mind", "exclamation-triangle"),
    "reached": Look("good", "check-circle-fill"),
    "not_reached": Look("stop", "x-circle"),
}


def register(looks: Mapping[str, Look]) -> None:
    """Add ``looks`` by value, or by ``"ClassName.value"``.

    Raises ValueError when a value already looks otherwise: two pages would disagree.
    """
    for value, look in looks.items():
        if STATES.get(value, look) != look:
            raise ValueError(f"{value!r} already looks otherwise; register it as 'ClassName.{value}'")
        STATES[value] = look


def look_of(value: str, enumeration: str = "") -> Look:
    """The look of ``value``, the one of its ``enumeration`` (a class name) first; plain when nobody registered it."""
    return STATES.get(f"{enumeration}.{value}") or STATES.get(value, UNKNOWN)
