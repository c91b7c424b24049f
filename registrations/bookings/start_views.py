"""The way in for a school: find it in the register, and a booking begins."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django_ratelimit.decorators import ratelimit

from events.access.gate import get_public_event
from events.errors import Refusal
from events.nights.models import Night
from registrations.bookings import services
from registrations.bookings.queries import shared_bookings
from registrations.bookings.steps import steps_of
from registrations.schools.models import School
from registrations.schools.queries import search_schools

PAGES = "registrations/bookings"
SHOWN = 12


@login_required
@ratelimit(key="user", rate="240/m", block=True)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """First step: which school, found in the register as one types; or a booking that one has already."""
    night = _night(request, slug)
    if request.method == "POST":
        school = get_object_or_404(School, code=request.POST.get("school", "").replace("\0", "")[:8])
        try:
            booking = services.start_booking(night=night, school=school, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("registrations:booking-start", slug)
        return redirect("registrations:own-booking", booking.pk)
    words = request.GET.get("q", "").replace("\0", "")[:100].strip()
    found = search_schools(words, limit=SHOWN + 1)
    context = {
        "event": night.event,
        "night": night,
        "words": words,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "is_open": night.bookings_are_open(timezone.now()),
    }
    if request.htmx:
        return render(request, f"{PAGES}/_schools.html", context)
    mine = shared_bookings(request.user)
    here = [booking for booking in mine if booking.night_id == night.pk and booking.state != "cancelled"]
    context |= {
        "steps": steps_of(None),
        "mine": here,
        "before": _before(mine, here),
    }
    return render(request, f"{PAGES}/start.html", context)


def _before(mine: list, here: list) -> list[School]:
    """Schools that somebody has booked for at other evenings and can book for again."""
    taken = {booking.school_id for booking in here}
    keys = list(dict.fromkeys(booking.school_id for booking in mine if booking.school_id not in taken))[:3]
    return list(School.objects.bookable().select_related("municipality").filter(pk__in=keys))


def _night(request: HttpRequest, slug: str) -> Night:
    event = get_public_event(request.user, slug)
    night = Night.objects.filter(event=event).first() if event.takes_schools else None
    if night is None:
        raise Http404
    night.event = event
    return night
