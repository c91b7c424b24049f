"""The way to the answers from a company's and a school's own page."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from registrations.bookings.models import Booking
from registrations.exhibitors.models import Exhibitor
from surveys.figures.own.pages import class_codes_of, company_reads

PIECE = "surveys/figures/own/_way.html"


def answers_for_company(exhibitor: Exhibitor, request: HttpRequest) -> SafeString | str:
    """When a survey is closed whose answers the company may read."""
    if not company_reads(exhibitor, at=timezone.now()):
        return ""
    url = reverse("surveys:exhibitor-answers", args=[exhibitor.pk])
    return render_to_string(PIECE, {"url": url, "is_school": False}, request)


def answers_for_school(booking: Booking, request: HttpRequest) -> SafeString | str:
    """When the pupils' survey is closed and one of the booking's classes had a code for it."""
    if not class_codes_of(booking, at=timezone.now()):
        return ""
    url = reverse("surveys:booking-answers", args=[booking.pk])
    return render_to_string(PIECE, {"url": url, "is_school": True}, request)
