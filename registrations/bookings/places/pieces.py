"""What a class's place looks like on its booking's page: the answer that is due, the place, the numbers, and why."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.nights.models import Night, Wave
from events.programme.hooks import Decision, Step
from events.programme.models import Event
from registrations.allocation.models import Team
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.places.arrivals import arrivals_of, nobody_came
from registrations.bookings.places.queries import is_published, late, would_fit
from registrations.bookings.places.why import why_of
from registrations.bookings.states import BookingState, ClassState


def place_of(school_class: SchoolClass, request: HttpRequest, *, confirm_url: str = "") -> dict[str, Any]:
    """The context of ``registrations/bookings/places/_class.html`` for one class, as ``place``.

    For many classes of a booking ask ``places_of`` once. With ``confirm_url`` the page belongs to a substitute, who
    may say yes there and nothing else.
    """
    found = places_of(
        school_class.booking, request, classes=[school_class], confirm_urls={school_class.pk: confirm_url}
    )
    return found[school_class.pk]


def places_of(
    booking: Booking,
    request: HttpRequest,
    *,
    classes: list[SchoolClass] | None = None,
    confirm_urls: dict[int, str] | None = None,
) -> dict[int, dict[str, Any]]:
    """``place_of`` for each of ``classes`` (by default all of ``booking``), by key, in as many queries as for one."""
    rows = list(booking.classes.select_related("wave")) if classes is None else classes
    held = [row for row in rows if row.state in ClassState.holding()]
    teams = _teams(held, booking.night)
    arrived = arrivals_of(held)
    event, now = booking.night.event, timezone.now()
    missed = nobody_came(held, arrived, now)
    open_still = event.takes_decisions(now)
    return {
        one.pk: {
            "school_class": one,
            "booking": booking,
            "event": event,
            "wave": one.wave,
            "teams": teams.get(one.pk, []),
            "arrived": arrived.get(one.pk),
            "nobody_came": one.pk in missed,
            "why": why_of(one),
            "may_hope": open_still and one.state == ClassState.WAITING,
            "may_answer": open_still and one.state == ClassState.OFFERED,
            "is_late": one.state == ClassState.OFFERED and one.answer_by_at is not None and now >= one.answer_by_at,
            "may_give_back": open_still and one in held and one.pk not in arrived,
            "taken_back": one.state == ClassState.GIVEN_BACK and (one.outcome or {}).get("code") == "no_answer",
            "may_queue": open_still and one.state == ClassState.GIVEN_BACK and booking.state == BookingState.SENT,
            "may_change": open_still and one in held and one.pk not in arrived and _is_ahead(one.wave, now),
            "confirm_url": (confirm_urls or {}).get(one.pk, ""),
        }
        for one in rows
    }


def may_say_needs(school_class: SchoolClass, at: datetime) -> bool:
    """Whether the school can still say what the class needs: it wants a place or has one, and has not come in."""
    event, wave = school_class.booking.night.event, school_class.wave
    return (
        school_class.booking.state == BookingState.SENT
        and school_class.state in ClassState.wanting()
        and event.takes_decisions(at)
        and (wave is None or _is_ahead(wave, at))
    )


def _is_ahead(wave: Wave | None, now: datetime) -> bool:
    return wave is not None and now < wave.starts_at


def _teams(classes: list[SchoolClass], night: Night) -> dict[int, list[dict[str, Any]]]:
    """The teams of each class with their visits, in the order of the evening."""
    found: dict[int, list[dict[str, Any]]] = {}
    if not classes:
        return found
    waves = {one.pk: one.wave for one in classes}
    rows = Team.objects.filter(school_class__in=classes).prefetch_related("visits__station__zone")
    for team in rows.order_by("school_class", "number"):
        wave = waves[team.school_class_id]
        visits = sorted(team.visits.all(), key=lambda visit: visit.round)
        if wave is not None:
            wave.night = night
            stops = [{"at": wave.round_starts_at(visit.round), "station": visit.station} for visit in visits]
            found.setdefault(team.school_class_id, []).append({"team": team, "stops": stops})
    return found


# --- Somebody's own page --------------------------------------------------------------------------------------------


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """Places that wait for the user's answer, one step a booking."""
    rows = SchoolClass.objects.filter(state=ClassState.OFFERED, booking__people__user=user)
    rows = rows.filter(booking__people__joined_at__isnull=False).select_related(
        "booking__night__event", "booking__school"
    )
    by_booking: dict[int, list[SchoolClass]] = {}
    for row in rows.order_by("booking", "grade", "label"):
        if row.booking.night.event.takes_decisions(timezone.now()):
            by_booking.setdefault(row.booking_id, []).append(row)
    return [_step(classes) for classes in by_booking.values()]


def _step(classes: list[SchoolClass]) -> Step:
    booking = classes[0].booking
    text = ngettext("%(labels)s has a place.", "%(labels)s have places.", len(classes))
    return Step(
        _("Answer whether you are coming to %(event)s") % {"event": booking.night.event.title},
        text % {"labels": ", ".join(row.label for row in classes)},
        reverse("registrations:own-booking", args=[booking.pk]),
        _("Confirm or give back"),
        min((row.answer_by_at for row in classes if row.answer_by_at), default=None),
    )


# --- The organiser's overview ---------------------------------------------------------------------------------------


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Places that nobody has answered for in time, and free ones that waiting classes would fit in."""
    now = timezone.now()
    if not event.takes_schools or not event.takes_decisions(now):
        return []
    night = Night.objects.filter(event=event).first()
    if night is None or not is_published(night):
        return []
    decisions = []
    url = reverse("registrations:place-list", args=[event.slug])
    if may(user, "schools.decide", event):
        count = late(night, now).count()
        text = ngettext("class has not answered in time", "classes have not answered in time", count)
        decisions.append(Decision(text, count, f"{url}?state={ClassState.OFFERED}"))
    if may(user, "allocation.propose", event):
        count = len(would_fit(night)[1])
        text = ngettext("waiting class would fit in free places", "waiting classes would fit in free places", count)
        decisions.append(Decision(text, count, url))
    return [decision for decision in decisions if decision.count]
