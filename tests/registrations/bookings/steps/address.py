"""Where a step of a booking is."""

from django.urls import reverse

from registrations.bookings.models import Booking


def step(name: str, booking: Booking) -> str:
    return reverse(f"registrations:booking-{name}", args=[booking.pk])
