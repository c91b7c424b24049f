"""The page on which a school says anew what a class needs, when its booking can no longer be changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.answers import status_of
from events.errors import Refusal, Stale
from registrations.bookings import pages
from registrations.bookings.forms import NeedsForm
from registrations.bookings.gate import get_own_class
from registrations.bookings.places.needs import change_needs
from registrations.bookings.places.pieces import may_say_needs

PAGES = "registrations/bookings/places"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def needs(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """How many need what; back to the booking when that is saved or can not be said any more."""
    one = get_own_class(request.user, pk, class_pk, "booking.edit")
    form = NeedsForm(request.POST if request.method == "POST" else None, school_class=one)
    page = pages.Page([pages.Part([one], form)], each=False, several=False)
    refusal: Refusal | None = None
    stored: list[tuple[str, str]] = []
    if form.is_bound and form.is_valid():
        seen = pages.versions_in(request.POST).get(one.pk, 0)
        try:
            change_needs(school_class=one, seen=seen, by=request.user, at=timezone.now(), **form.columns())
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("Noted. The hosts of the stations and whoever orders the food see it."))
            return redirect("registrations:own-booking", pk)
        one = get_own_class(request.user, pk, class_pk, "booking.edit")
        # Saving again overwrites: the page has seen now what is stored.
        stored = pages.said_otherwise(page, [one]) if isinstance(refusal, Stale) else []
    if refusal is None and not form.is_bound and not may_say_needs(one, timezone.now()):
        return redirect("registrations:own-booking", pk)
    context = {
        "one": one,
        "booking": one.booking,
        "event": one.booking.night.event,
        "form": form,
        "refusal": refusal,
        "stored": stored,
    }
    return render(request, f"{PAGES}/needs.html", context, status=status_of(form, refusal))
