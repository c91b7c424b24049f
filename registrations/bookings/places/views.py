"""The school's side of a place: yes, no, other numbers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from events.answers import status_of
from events.errors import Refusal
from registrations.bookings.gate import get_own_booking, get_own_class
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.places import services
from registrations.bookings.places.forms import NumbersForm
from registrations.bookings.places.numbers import change_numbers
from registrations.bookings.places.pieces import place_of
from registrations.bookings.places.refusals import NotEnoughRoom
from registrations.bookings.states import ClassState

PAGES = "registrations/bookings/places"


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """One class comes."""
    school_class = get_own_class(request.user, pk, class_pk, "booking.edit")
    done = _("%(label)s is coming. Welcome!") % {"label": school_class.label}
    _or_say_why(
        request,
        lambda: services.confirm_place(school_class=school_class, by=request.user, at=timezone.now()),
        done,
    )
    return _back(school_class.booking, school_class)


@login_required
@require_POST
def confirm_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Every class of the booking that waits for an answer comes."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    try:
        done = services.confirm_all(booking=booking, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("%(n)s class is coming. Welcome!", "%(n)s classes are coming. Welcome!", len(done))
        messages.success(request, text % {"n": len(done)} if done else _("All classes had their answer already."))
    return _back(booking)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """Asks first; then the place is free at once."""
    school_class = get_own_class(request.user, pk, class_pk, "booking.edit")
    if school_class.state not in ClassState.holding():
        return _back(school_class.booking, school_class)
    if request.method == "POST":
        _or_say_why(
            request,
            lambda: services.give_back(school_class=school_class, by=request.user, at=timezone.now()),
            _("The place for %(label)s is given back. Thank you for telling us.") % {"label": school_class.label},
        )
        return _back(school_class.booking, school_class)
    text = ngettext(
        "%(n)s place goes to the waiting list at once, and the class's code stops working. You can not take the place "
        "back, only stand on the waiting list yourself.",
        "%(n)s places go to the waiting list at once, and the class's code stops working. You can not take the places "
        "back, only stand on the waiting list yourself.",
        school_class.pupils,
    )
    context = {
        "title": _("Give back the place for %(label)s?") % {"label": school_class.label},
        "text": text % {"n": school_class.pupils},
        "action_label": _("Give back the place"),
        "cancel_url": _page_of(school_class.booking, school_class),
        "back_label": _("Keep the place"),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_POST
def queue_again(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """A class that gave its place back wants one again."""
    school_class = get_own_class(request.user, pk, class_pk, "booking.edit")
    _or_say_why(
        request,
        lambda: services.queue_again(school_class=school_class, by=request.user, at=timezone.now()),
        _("%(label)s is on the waiting list.") % {"label": school_class.label},
    )
    return _back(school_class.booking, school_class)


@login_required
@require_POST
def numbers(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """Other numbers, with an instant answer; htmx swaps the numbers, otherwise the booking's page is shown again."""
    school_class = get_own_class(request.user, pk, class_pk, "booking.edit")
    form = NumbersForm(request.POST)
    refusal: Refusal | None = None
    if form.is_valid():
        try:
            said = form.cleaned_data
            change_numbers(
                school_class=school_class,
                pupils=said["pupils"],
                adults=said["adults"],
                seen=said["seen"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as reason:
            refusal = reason
    status = status_of(form, refusal)
    if status == 200 and not request.htmx:
        messages.success(request, _("The new numbers are noted."))
        return _back(school_class.booking, school_class)
    school_class = get_own_class(request.user, pk, class_pk, "booking.edit")
    context: dict[str, Any] = {
        "place": place_of(school_class, request),
        "refusal": refusal,
        "offer": refusal.facts["pupils"] if type(refusal) is NotEnoughRoom else None,
        "form": form,
        "saved": status == 200,
        "event": school_class.booking.night.event,
        "booking": school_class.booking,
    }
    template = "_numbers_swap.html" if request.htmx else "numbers.html"
    return render(request, f"{PAGES}/{template}", context, status=status)


def _page_of(booking: Booking, school_class: SchoolClass | None = None) -> str:
    address = reverse("registrations:own-booking", args=[booking.pk])
    return f"{address}#place-{school_class.pk}" if school_class else address


def _back(booking: Booking, school_class: SchoolClass | None = None) -> HttpResponse:
    return HttpResponseRedirect(_page_of(booking, school_class))


def _or_say_why(request: HttpRequest, act: Callable[[], Any], done: str) -> None:
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
