"""A school's own page of its booking: what is next, each class, and what may be done with them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.access.rules import may
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.bookings import classes as class_services
from registrations.bookings import services
from registrations.bookings.forms import ChangeRequestForm, InviteForm
from registrations.bookings.gate import get_own_booking, get_own_class
from registrations.bookings.hooks import own_sections
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.places.pieces import may_say_needs, places_of
from registrations.bookings.queries import asking, classes_of, is_settled, living, schools_history_of
from registrations.bookings.states import BookingState, ClassState
from registrations.bookings.steps import step_to_continue, step_url, way_of

PAGES = "registrations/bookings"


@login_required
@require_safe
def own_booking(request: HttpRequest, pk: int) -> HttpResponse:
    """The booking's page. A draft that can still be sent leads on to its next step."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    rows = classes_of(booking)
    at = timezone.now()
    can_send = booking.night.bookings_are_open(at)
    if booking.state == BookingState.DRAFT and can_send and "stay" not in request.GET:
        return redirect(step_url(booking, step_to_continue(booking, rows)))
    settled = is_settled(booking, at)
    is_open = booking.state == BookingState.SENT and not settled and booking.night.bookings_are_open(at)
    sent = booking.state != BookingState.DRAFT
    places = places_of(booking, request, classes=rows) if sent else {}
    link = booking.substitute_links.filter(revoked_at__isnull=True, expires_at__gt=at).first()
    owns = may(request.user, "booking.people", booking)
    context = {
        "booking": booking,
        "event": booking.night.event,
        "night": booking.night,
        "rows": [_row(one, places.get(one.pk), is_open, settled, at) for one in rows],
        "count": len(living(rows)),
        "pupils": sum(one.pupils for one in living(rows)),
        "to_answer": _to_answer(rows),
        "placed": [one for one in rows if one.state in ClassState.holding()],
        "waiting": [one for one in rows if one.state == ClassState.WAITING],
        "awaits": any(one.state == ClassState.APPLIED for one in rows),
        "is_late": timezone.localdate(at) > booking.night.answers_on,
        "can_send": can_send,
        "settled": settled,
        "is_open": is_open,
        "can_cancel": not settled and not any(one.state in ClassState.holding() for one in rows),
        "people": booking.people.filter(joined_at__isnull=False).select_related("user"),
        "asking": list(asking(booking)) if owns and not settled else [],
        "owns": owns,
        "invite": InviteForm(),
        "link": link,
        "requests": booking.requests.select_related("school_class"),
        "entries": schools_history_of(booking, rows),
        "sections": [section(booking, request) for section in own_sections],
    }
    return render(request, f"{PAGES}/own.html", context)


def _to_answer(rows: list[SchoolClass]) -> dict[str, Any] | None:
    """The classes whose place waits for an answer, and by when the first of them must have it."""
    offered = [one for one in rows if one.state == ClassState.OFFERED]
    by = min((one.answer_by_at for one in offered if one.answer_by_at), default=None)
    return {"classes": offered, "by": by} if offered else None


def _row(one: SchoolClass, place: Any, is_open: bool, settled: bool, at: Any) -> dict[str, Any]:
    """A class as the page shows it. One that has been told has its place's piece."""
    told = one.state in {ClassState.OFFERED, ClassState.CONFIRMED, ClassState.WAITING, ClassState.GIVEN_BACK}
    return {
        "one": one,
        "place": place if told else None,
        "way": way_of(one, at),
        "can_edit": is_open and one.state == ClassState.APPLIED,
        "can_ask": not settled and not is_open and one.state in {ClassState.APPLIED, ClassState.WAITING},
        "can_say_needs": not (is_open and one.state == ClassState.APPLIED) and may_say_needs(one, at),
        "can_cancel": not settled and one.state in {ClassState.APPLIED, ClassState.WAITING},
    }


@login_required
def cancel_class(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """Asks first; then the class is cancelled."""
    one = get_own_class(request.user, pk, class_pk, "booking.edit")
    return _ask_then(
        request,
        one.booking,
        lambda: class_services.drop_class(school_class=one, by=request.user, at=timezone.now()),
        title=_("Cancel %(label)s?") % {"label": one.label},
        text=_("The class no longer waits for a place. The other classes in the booking are not touched."),
        action_label=_("Cancel the class"),
        done=_("%(label)s is cancelled.") % {"label": one.label},
    )


@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; then the whole booking is cancelled, or a draft is thrown away."""
    booking = get_own_booking(request.user, pk, "booking.people")
    draft = booking.state == BookingState.DRAFT
    if booking.state == BookingState.CANCELLED:
        return redirect("registrations:own-booking", pk)
    return _ask_then(
        request,
        booking,
        lambda: services.cancel_booking(booking=booking, by=request.user, at=timezone.now()),
        title=_("Throw the draft away?") if draft else _("Cancel the whole booking?"),
        text=_("What you have written is erased. Nobody else has seen it.")
        if draft
        else _("None of the classes comes. Everybody who shares the booking gets an e-mail."),
        action_label=_("Throw it away") if draft else _("Cancel the booking"),
        done=_("The draft is gone.") if draft else _("The booking is cancelled."),
        leads_to=reverse("events:home") if draft else "",
    )


def _ask_then(
    request: HttpRequest,
    booking: Booking,
    act: Callable[[], None],
    *,
    title: str,
    text: str,
    action_label: str,
    done: str,
    leads_to: str = "",
) -> HttpResponse:
    own_page = reverse("registrations:own-booking", args=[booking.pk])
    if request.method == "POST":
        try:
            act()
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(own_page)
        messages.success(request, done)
        return redirect(leads_to or own_page)
    context = {"title": title, "text": text, "action_label": action_label, "cancel_url": own_page, "tone": "danger"}
    return render(request, "components/confirm.html", context)


@login_required
@makes_once
def ask_for_change(request: HttpRequest, pk: int) -> HttpResponse:
    """After the deadline: what should be otherwise, in words. Before it, one changes it oneself."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    rows = living(classes_of(booking))
    posted = request.method == "POST"
    form = ChangeRequestForm(
        request.POST if posted else None, classes=rows, initial={"school_class": request.GET.get("class", "")}
    )
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            said = dict(form.cleaned_data)
            said["school_class"] = next((one for one in rows if one.pk == said["school_class"]), None)
            try:
                services.ask_for_change(booking=booking, by=request.user, at=timezone.now(), **said)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("The organiser has your request. The answer comes here and by e-mail."))
                return redirect("registrations:own-booking", pk)
    context = {"booking": booking, "event": booking.night.event, "form": form}
    return render(request, f"{PAGES}/change.html", context, status=status)
