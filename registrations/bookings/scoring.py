"""The organiser reads why a class wants to come, and gives points from 0 to 100. Without points it counts as 50."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal, Stale
from registrations.bookings.classes import locked
from registrations.bookings.models import SchoolClass
from registrations.bookings.refusals import EveningOver
from registrations.bookings.states import BookingState, ClassState

SCORED = audit.verb("booking.scored", _("gave points for the reason"))

MOST_POINTS = 100
# What the allocation takes for a class that nobody has read.
UNREAD = 50


class PointsSettled(Refusal):
    code = "points_settled"
    message = _(
        "The schools have been told what the allocation said, so the points that it rested on stay as they are."
    )


class NothingToScore(Refusal):
    code = "nothing_to_score"
    message = _("The class is no longer in the allocation.")


def can_be_scored(one: SchoolClass) -> bool:
    """Until the class has been told anything."""
    return one.told_at is None and one.state in ClassState.wanting() and one.booking.state == BookingState.SENT


def seen_as(one: SchoolClass) -> str:
    """What a page shows of a class that somebody gives points to; a colleague's points or another reason change it.

    Not the version of the class: points must not stop the school from saving what it writes at the same time.
    """
    shown = f"{one.version}|{one.reason}|{one.score}|{one.score_note}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


@transaction.atomic
def score_class(
    *, school_class: SchoolClass, score: int | None, note: str, seen: str, by: User, at: datetime
) -> SchoolClass:
    """Give ``score`` points (0–100; ``None`` takes them back) with a note; ``seen`` is ``seen_as`` when the page was made.

    Raises Stale, PointsSettled, NothingToScore, EveningOver.
    """
    booking = locked(school_class.booking)
    one = booking.classes.get(pk=school_class.pk)
    one.booking = booking
    if not booking.night.event.takes_decisions(at):
        raise EveningOver
    if one.told_at is not None:
        raise PointsSettled
    if not can_be_scored(one):
        raise NothingToScore
    if (one.score, one.score_note) == (score, note):
        return one
    if seen_as(one) != seen:
        raise Stale
    with audit.change(one, SCORED, by=by, at=at):
        one.score, one.score_note = score, note
        one.save(update_fields=["score", "score_note"])
    return one
