"""The steps of a booking and the timeline of what becomes of each class, for the pages to show."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.services import missing_steps
from registrations.bookings.states import BookingState, ClassState

STEPS = ("school", "classes", "needs", "wishes", "reason", "contact", "send")


def steps_of(booking: Booking | None) -> list[dict[str, str]]:
    """The steps' names, with addresses once there is a booking to go back and forth in."""
    titles = [_("School"), _("Classes"), _("Needs and times"), _("Wishes"), _("Reason"), _("Contact"), _("Send")]
    steps = [{"title": title} for title in titles]
    if booking:
        for name, step in zip(STEPS[1:], steps[1:], strict=True):
            step["url"] = step_url(booking, name)
    return steps


def step_url(booking: Booking, name: str) -> str:
    return reverse(f"registrations:booking-{name}", args=[booking.pk])


def step_after(booking: Booking, name: str) -> str:
    """The address of the step that follows ``name``."""
    return step_url(booking, STEPS[STEPS.index(name) + 1])


def step_before(booking: Booking, name: str) -> str:
    """The address of the step before ``name``; the first is the choice of a school."""
    index = STEPS.index(name)
    if index > 1:
        return step_url(booking, STEPS[index - 1])
    return reverse("registrations:booking-start", args=[booking.night.event.slug])


def step_to_continue(booking: Booking, classes: list[SchoolClass]) -> str:
    """The step at which somebody comes back to a draft: the first on which nothing is said yet."""
    missing = missing_steps(booking, classes)
    if missing[:1] in (["classes"], ["needs"]):
        return missing[0]
    if not any(one.reason for one in classes):
        return "reason" if any(one.wishes.all() for one in classes) else "needs"
    return missing[0] if missing else "send"


def way_of(one: SchoolClass, at: datetime) -> list[dict[str, Any]]:
    """A class's way as a timeline: sent, answered, the evening."""
    booking = one.booking
    night, event = booking.night, booking.night.event
    state = ClassState(one.state)
    sent = {"title": _("Booked"), "when": booking.sent_at, "state": "done" if booking.sent_at else "now"}
    if state == ClassState.CANCELLED or booking.state == BookingState.CANCELLED:
        return [sent, {"title": pgettext("state of a class", "Cancelled"), "state": "stopped"}]
    answer: dict[str, Any] = {"title": _("Places are given out"), "when": one.told_at, "state": "done"}
    if state == ClassState.APPLIED:
        answer |= {"when": night.answers_on, "state": "now" if booking.sent_at else "later"}
        if booking.sent_at:
            answer["text"] = _("You get an e-mail on that day at the latest.")
    elif state == ClassState.OFFERED:
        answer |= {"title": _("Offered a place"), "state": "now"}
    elif state == ClassState.WAITING:
        answer |= {
            "title": _("On the waiting list"),
            "state": "now",
            "text": _("You hear from us if a place is free."),
        }
    elif state == ClassState.GIVEN_BACK:
        return [sent, answer, {"title": _("Place given back"), "when": one.answered_at, "state": "stopped"}]
    else:
        answer |= {"title": _("Has a place")}
    is_over, comes = event.is_over(at), state == ClassState.CONFIRMED
    when = one.wave.starts_at if one.wave else event.starts_at
    evening = {"title": _("The evening"), "when": when, "state": "later"}
    evening["state"] = "done" if is_over and comes else "now" if comes else "stopped" if is_over else "later"
    return [sent, answer, evening]
