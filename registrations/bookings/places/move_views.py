"""The bus is late: which later admission a class can come in with, and one tap that moves it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.access.models import User
from events.errors import Refusal
from registrations.bookings.gate import get_event_class
from registrations.bookings.places.moving import move_to_wave, options, together
from registrations.bookings.states import ClassState

PAGES = "registrations/bookings/places"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The admissions with places enough, a button each; the answer says where the class now comes in."""
    school_class = get_event_class(request.user, slug, pk, "schools.decide")
    now = timezone.now()
    refusal = None
    if request.method == "POST":
        wave_pk = request.POST.get("wave", "")
        known = wave_pk.isascii() and wave_pk.isdigit() and len(wave_pk) < 16
        wave = get_object_or_404(school_class.booking.night.waves, pk=int(wave_pk) if known else 0)
        try:
            moved = move_to_wave(school_class=school_class, wave=wave, by=cast(User, request.user), at=now)
        except Refusal as reason:
            refusal = reason
        else:
            labels = ", ".join(row.label for row in moved) or school_class.label
            messages.success(
                request,
                _("%(labels)s: now %(wave)s. The stations' lists show it, and the school gets a letter.")
                % {"labels": labels, "wave": wave.name},
            )
            return redirect("registrations:place-list", slug)
    if school_class.state not in ClassState.holding():
        messages.error(request, _("The class has no place to move."))
        return redirect("registrations:place-list", slug)
    classes = together(school_class)
    context = {
        "event": school_class.booking.night.event,
        "school_class": school_class,
        "others": [row for row in classes if row.pk != school_class.pk],
        "pupils": sum(row.pupils for row in classes),
        "options": options(school_class, now),
        "refusal": refusal,
    }
    return render(request, f"{PAGES}/move.html", context, status=409 if refusal else 200)
