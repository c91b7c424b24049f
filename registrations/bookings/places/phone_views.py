"""The organiser's page for a school that phones: other numbers, other needs."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.errors import Refusal, Stale
from registrations.bookings import pages
from registrations.bookings.forms import NeedsForm, NumbersForm
from registrations.bookings.gate import get_event_class
from registrations.bookings.models import SchoolClass
from registrations.bookings.places.phoned import note_call
from registrations.bookings.places.pieces import may_say_needs
from registrations.bookings.states import ClassState

PAGES = "registrations/bookings/places"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def phoned(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the school says now, saved whole or not at all; then back to its booking."""
    one = get_event_class(request.user, slug, pk, "schools.decide")
    booking_url = reverse("registrations:school-booking", args=[slug, one.booking_id]) + f"#class-{one.pk}"
    data = request.POST if request.method == "POST" else None
    needs, numbers = NeedsForm(data, school_class=one), _numbers(one, data)
    page = _about(one, *filter(None, (numbers, needs)))
    refusal: Refusal | None = None
    if data is None and not may_say_needs(one, timezone.now()):
        messages.error(request, _("Numbers and needs can not be changed as the class is now."))
        return redirect(booking_url)
    if data is not None and page.is_valid():
        try:
            noted = note_call(
                school_class=one,
                seen=pages.versions_in(data).get(one.pk, 0),
                numbers=numbers.cleaned_data if numbers else None,
                by=request.user,
                at=timezone.now(),
                **needs.columns(),
            )
        except Refusal as reason:
            refusal = reason
            # Saving again overwrites: the page has seen now what is stored.
            one = get_event_class(request.user, slug, pk, "schools.decide")
            if numbers:
                numbers.data = {**data.dict(), "seen": one.pupils}
        else:
            if noted.version == one.version:
                messages.info(request, _("Nothing was changed."))
            else:
                messages.success(request, _("Noted for %(label)s. The school gets a letter.") % {"label": one.label})
            return redirect(booking_url)
    context = {
        "event": one.booking.night.event,
        "one": one,
        "page": page,
        "form": needs,
        "numbers": numbers,
        "refusal": refusal,
        "stored": pages.said_otherwise(_about(one, needs), [one]) if isinstance(refusal, Stale) else [],
        "booking_url": booking_url,
    }
    status = 409 if refusal else 422 if page.faults else 200
    return render(request, f"{PAGES}/phoned.html", context, status=status)


def _about(one: SchoolClass, *shown: forms.Form) -> pages.Page:
    return pages.Page([pages.Part([one], form) for form in shown], each=False, several=False)


def _numbers(one: SchoolClass, data: object) -> NumbersForm | None:
    """Numbers are asked of a class that has its place: before that it is the allocation that gives room."""
    if one.state not in ClassState.holding():
        return None
    return NumbersForm(data, initial={"pupils": one.pupils, "adults": one.adults, "seen": one.pupils})
