"""Draws the pages of a booking's steps, and the small answer of one that saves itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events.errors import Refusal
from registrations.bookings.models import Booking
from registrations.bookings.queries import classes_of, doubts, largest_wave, living
from registrations.bookings.states import BookingState
from registrations.bookings.steps import STEPS, step_before, step_url, steps_of

PAGES = "registrations/bookings"


def draw_step(request: HttpRequest, booking: Booking, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    """The page of the step ``name``, with the booking's summary beside it."""
    own_page = reverse("registrations:own-booking", args=[booking.pk])
    draft = booking.state == BookingState.DRAFT
    summary = living(classes_of(booking))
    context = context | {
        "booking": booking,
        "event": booking.night.event,
        "night": booking.night,
        "steps": steps_of(booking),
        "current": STEPS.index(name) + 1,
        "step": name,
        "draft": draft,
        "own_page": own_page,
        "back": _back(booking, name, one_class="one" in context) if draft else own_page,
        "summary": summary,
        "pupils": sum(one.pupils for one in summary),
        "doubts": doubts(summary, largest_wave(booking)) if name in {"classes", "send"} else [],
    }
    template = "step_class" if "one" in context else f"step_{name}"
    return render(request, f"{PAGES}/{template}.html", context, status=status)


def _back(booking: Booking, name: str, *, one_class: bool) -> str:
    return step_url(booking, name) if one_class else step_before(booking, name)


def draw_saved(
    request: HttpRequest,
    *,
    refusal: Refusal | None = None,
    stored: list[tuple[str, str]] | None = None,
    wrong: list[str] | None = None,
    versions: dict[int, int] | None = None,
    version: int | None = None,
) -> HttpResponse:
    """What a page that saves itself is told: when it was saved, what could not be, and its versions from now on."""
    context = {
        "at": timezone.now(),
        "refusal": refusal,
        "stored": stored,
        "wrong": wrong or [],
        "versions": (versions or {}).items(),
        "version": version,
    }
    return render(request, f"{PAGES}/_saved.html", context, status=409 if refusal else 200)


def page_errors(shown: Iterable[forms.BaseForm]) -> list[str]:
    """Every fault as "Pupils: Write a whole number …", each once."""
    found = []
    for form in shown:
        for name, faults in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            found += [f"{label}: {fault}" if label else str(fault) for fault in faults]
    return list(dict.fromkeys(found))
