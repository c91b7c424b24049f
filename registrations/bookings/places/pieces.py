"""What a class's place looks like on its booking's page: the answer that is due, the place, the numbers, and why."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.states import ClassState


def place_of(school_class: SchoolClass, request: HttpRequest, *, confirm_url: str = "") -> dict[str, Any]:
    """The context of ``registrations/bookings/places/_class.html`` for one class, as ``place``.

    For many classes of a booking ask ``places_of`` once. With ``confirm_url`` the page belongs to a substitute, who
    may say yes there and nothing else.
    """
    return places_of(
        school_class.booking, request, classes=[school_class], confirm_urls={school_class.pk: confirm_url}
    )[school_class.pk]


def places_of(
    booking: Booking,
    request: HttpRequest,
    *,
    classes: list[SchoolClass] | None = None,
    confirm_urls: dict[int, str] | None = None,
) -> dict[int, dict[str, Any]]:
    """``place_of`` for each of ``classes`` (by default all of ``booking``), by the class's key, in few queries."""
    rows = list(booking.classes.select_related("wave")) if classes is None else classes
    event = booking.night.event
    now = timezone.now()
    return {
        one.pk: {
            "school_class": one,
            "booking": booking,
            "event": event,
            "wave": one.wave,
            "teams": [],
            "may_answer": one.state == ClassState.OFFERED and event.takes_decisions(now),
            "confirm_url": (confirm_urls or {}).get(one.pk, ""),
        }
        for one in rows
    }
