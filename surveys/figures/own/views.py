"""What was answered, for those who had a part in it: the company that exhibits, the school that booked."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.bookings.gate import get_own_booking
from registrations.organisations.gate import get_own_exhibitor
from surveys.answers.retention import CODES
from surveys.figures.own.pages import class_section, company_sections


@login_required
@require_safe
def exhibitor_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Those near the company beside everybody, once the surveys are closed."""
    exhibitor = get_own_exhibitor(request.user, pk, "exhibitor.edit")
    context = {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "sections": company_sections(exhibitor, at=timezone.now()),
        "below": settings.SUPPRESS_BELOW,
    }
    return render(request, "surveys/figures/own/exhibitor.html", context)


@login_required
@require_safe
def booking_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Each class beside all pupils, once their survey is closed."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    section = class_section(booking, at=timezone.now())
    context = {
        "booking": booking,
        "event": booking.night.event,
        "sections": [section] if section else [],
        "below": settings.SUPPRESS_BELOW,
        "days": CODES.keep.days,
    }
    return render(request, "surveys/figures/own/booking.html", context)
