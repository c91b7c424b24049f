"""The gate to a booking and its classes: 404 to everybody else."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor
from events.access.rules import may
from registrations.bookings.models import Booking, SchoolClass


def get_own_booking(user: Visitor, pk: int, permission: str) -> Booking:
    """The booking ``pk`` if ``user`` shares it and holds ``permission`` on it."""
    booking = get_object_or_404(Booking.objects.select_related("school__municipality", "night__event__venue"), pk=pk)
    if not may(user, permission, booking):
        raise Http404
    return booking


def get_own_class(user: Visitor, booking_pk: int, pk: int, permission: str) -> SchoolClass:
    """The class ``pk`` of the booking ``booking_pk``, likewise."""
    booking = get_own_booking(user, booking_pk, permission)
    found: SchoolClass = get_object_or_404(booking.classes, pk=pk)
    found.booking = booking
    return found


def get_event_class(user: Visitor, slug: str, pk: int, permission: str) -> SchoolClass:
    """The class ``pk`` at the event ``slug`` if ``user`` holds ``permission`` there; drafts stay the school's."""
    rows = SchoolClass.objects.sent().select_related("booking__school__municipality", "booking__night__event__area")
    found = get_object_or_404(rows, pk=pk, booking__night__event__slug=slug)
    if not may(user, permission, found.booking.night.event):
        raise Http404
    return found
