"""The substitute's link: made, shown once and revoked by those who share the booking; opened without signing in."""

from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.core import is_ratelimited
from django_ratelimit.decorators import ratelimit
from django_ratelimit.exceptions import Ratelimited

from events.errors import Refusal
from events.once.guard import makes_once
from registrations.bookings import substitutes
from registrations.bookings.forms import NumbersForm, SubstituteForm
from registrations.bookings.gate import get_own_booking
from registrations.bookings.models import Booking, SchoolClass, SubstituteLink
from registrations.bookings.places.pieces import places_of
from registrations.bookings.queries import classes_of, is_settled, living
from registrations.bookings.states import ClassState
from registrations.papers import files
from registrations.papers.documents import class_sheets_pdf
from registrations.papers.queries import placed_classes
from registrations.tickets.qr import qr_svg

PAGES = "registrations/bookings"
Answer = TypeVar("Answer", bound=HttpResponseBase)
# Only misses are counted: whoever has a link opens it as often as they like.
MISSES = {"group": "substitute-misses", "key": "ip", "rate": "20/m"}


@login_required
@makes_once
@ratelimit(key="user", rate="20/h", method="POST", block=True)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands in, and until when; an older link stops working."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    posted = request.method == "POST"
    last_day = timezone.localtime(booking.night.event.ends_at).date()
    form = SubstituteForm(request.POST if posted else None, initial={"until": last_day})
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            try:
                _link, token = substitutes.make_link(
                    booking=booking, by=request.user, at=timezone.now(), **form.cleaned_data
                )
            except Refusal as refusal:
                form.add_error("until" if refusal.code == "link_too_late" else None, str(refusal))
                status = 409
            else:
                request.session[_key(pk)] = token
                return redirect("registrations:substitute-made", pk)
    context = {"booking": booking, "event": booking.night.event, "form": form, "has_link": _current(booking)}
    return render(request, f"{PAGES}/substitute_make.html", context, status=status)


@login_required
@require_safe
@never_cache
def made(request: HttpRequest, pk: int) -> HttpResponse:
    """The link as text and QR, this once: nobody can read it here again."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    token = request.session.pop(_key(pk), None)
    if token is None:
        return redirect("registrations:own-booking", pk)
    address = settings.BASE_URL + reverse("registrations:substitute", args=[token])
    context = {
        "booking": booking,
        "event": booking.night.event,
        "link": _current(booking),
        "address": address,
        "qr": qr_svg(address, label=_("QR code of the link")),
    }
    return render(request, f"{PAGES}/substitute_made.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    booking = get_own_booking(request.user, pk, "booking.edit")
    link = get_object_or_404(booking.substitute_links.select_related("booking"), pk=link_pk)
    substitutes.revoke_link(link=link, by=request.user, at=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect("registrations:own-booking", pk)


@require_safe
def substitute(request: HttpRequest, token: str) -> HttpResponse:
    """The booking for whoever stands in: classes, numbers, papers, what to do. Nothing can be cancelled here.

    A link that does not work says the same whether it is revoked, too old or none of ours.
    """
    try:
        link = _open(request, token)
    except Http404:
        return _private(render(request, f"{PAGES}/substitute_gone.html", status=404))
    return _draw(request, token, link, {}, 200)


@require_POST
@ratelimit(key="ip", rate="60/h", block=True)
def change_numbers(request: HttpRequest, token: str, class_pk: int) -> HttpResponse:
    """Other numbers for a class that has a place: an instant yes, or how many fit."""
    link = _open(request, token)
    one = get_object_or_404(link.booking.classes.filter(state__in=ClassState.holding()), pk=class_pk)
    one.booking = link.booking
    form = NumbersForm(request.POST, prefix=f"c{one.pk}")
    status = 422
    if form.is_valid():
        try:
            substitutes.change_numbers_by_link(link=link, school_class=one, at=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("pupils", str(refusal))
            status = 409
        else:
            messages.success(request, _("The numbers of %(label)s are changed.") % {"label": one.label})
            return _private(redirect("registrations:substitute", token))
    return _draw(request, token, link, {one.pk: form}, status)


@require_POST
@ratelimit(key="ip", rate="60/h", block=True)
def confirm(request: HttpRequest, token: str, class_pk: int) -> HttpResponse:
    """The class comes: a substitute may say yes to an offered place, never no."""
    link = _open(request, token)
    one = get_object_or_404(link.booking.classes.filter(state__in=ClassState.holding()), pk=class_pk)
    try:
        substitutes.confirm_by_link(link=link, school_class=one, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(label)s is coming. Welcome!") % {"label": one.label})
    return _private(redirect("registrations:substitute", token))


@require_safe
@ratelimit(key="ip", rate="60/h", block=True)
def sheets(request: HttpRequest, token: str) -> HttpResponseBase:
    """The sheets of the booking's classes, to print."""
    booking = _open(request, token).booking
    classes = placed_classes(booking.night).filter(booking=booking)
    try:
        content = class_sheets_pdf(booking.night, classes, timezone.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
        return _private(redirect("registrations:substitute", token))
    name = files.pdf_name(files.CLASS_SHEETS, booking.night.event.slug, booking.school.name)
    return _private(files.pdf_response(content, name))


def _open(request: HttpRequest, token: str) -> SubstituteLink:
    """The link behind ``token``; 404 when there is none. Raises Ratelimited after too many misses from one address."""
    if is_ratelimited(request, increment=False, **MISSES):
        raise Ratelimited
    at = timezone.now()
    link = substitutes.find_link(token, at)
    if link is None:
        is_ratelimited(request, increment=True, **MISSES)
        raise Http404
    substitutes.note_use(link, at)
    return link


def _draw(
    request: HttpRequest, token: str, link: SubstituteLink, shown: dict[int, NumbersForm], status: int
) -> HttpResponse:
    booking = link.booking
    rows = living(classes_of(booking))
    settled = is_settled(booking, timezone.now())
    yes = {one.pk: reverse("registrations:substitute-confirm", args=[token, one.pk]) for one in rows}
    told = [one for one in rows if one.state != ClassState.APPLIED]
    places = places_of(booking, request, classes=told, confirm_urls=yes)
    context: dict[str, Any] = {
        "token": token,
        "link": link,
        "booking": booking,
        "event": booking.night.event,
        "night": booking.night,
        "settled": settled,
        "placed": any(one.state in ClassState.holding() for one in rows),
        "rows": [
            {"one": one, "place": places.get(one.pk), "form": shown.get(one.pk) or _numbers(one, places.get(one.pk))}
            for one in rows
        ],
    }
    return _private(render(request, f"{PAGES}/substitute.html", context, status=status))


def _numbers(one: SchoolClass, place: dict[str, Any] | None) -> NumbersForm | None:
    if not place or not place["may_change"]:
        return None
    return NumbersForm(prefix=f"c{one.pk}", initial={"pupils": one.pupils, "adults": one.adults, "seen": one.pupils})


def _private(response: Answer) -> Answer:
    """Nobody indexes, keeps or passes on an address that is a secret."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": then the browser hides the form's origin too, and forms could not be sent from here.
    response["Referrer-Policy"] = "same-origin"
    return response


def _current(booking: Booking) -> SubstituteLink | None:
    now = timezone.now()
    found: SubstituteLink | None = booking.substitute_links.filter(revoked_at__isnull=True, expires_at__gt=now).first()
    return found


def _key(pk: int) -> str:
    return f"substitute-{pk}"
