"""What the door answers. Pure: facts in, verdict out; the same rules will run on the phone when it has no network."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    ADMITTED = "admitted", pgettext_lazy("the door's answer", "Welcome in")
    ALREADY_IN = "already_in", pgettext_lazy("the door's answer", "Already in")
    CANCELLED = "cancelled", pgettext_lazy("the door's answer", "Cancelled")
    WRONG_EVENT = "wrong_event", pgettext_lazy("the door's answer", "Another event")
    UNKNOWN = "unknown", pgettext_lazy("the door's answer", "Unknown code")


@dataclass(frozen=True, slots=True)
class Admission:
    """An earlier admission of the same ticket: when (aware) and at which gate."""

    at: datetime
    gate: str


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the door must know of a ticket."""

    event: str
    valid: bool
    admitted: Admission | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, and the earlier admission when that is the reason."""

    outcome: Outcome
    earlier: Admission | None = None


def judge(ticket: TicketFacts | None, event: str) -> Verdict:
    """The verdict on ``ticket`` at the door of ``event`` (both events by slug); ``None`` is a code that nobody issued.

    The wrong event comes before everything else: whoever stands at the wrong fair must hear that, not that the
    ticket is cancelled.
    """
    if ticket is None:
        return Verdict(Outcome.UNKNOWN)
    if ticket.event != event:
        return Verdict(Outcome.WRONG_EVENT)
    if not ticket.valid:
        return Verdict(Outcome.CANCELLED)
    if ticket.admitted:
        return Verdict(Outcome.ALREADY_IN, ticket.admitted)
    return Verdict(Outcome.ADMITTED)
