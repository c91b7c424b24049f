"""The steps of a booking after the school: each its own page, saved by itself while it is a draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from events.errors import Refusal, Stale
from events.versions import show_stale
from registrations.bookings import classes as class_services
from registrations.bookings import pages, services
from registrations.bookings.drawing import draw_saved, draw_step, page_errors
from registrations.bookings.forms import ContactForm
from registrations.bookings.gate import get_own_booking
from registrations.bookings.models import Booking
from registrations.bookings.queries import classes_of, living
from registrations.bookings.states import BookingState, ClassState
from registrations.bookings.steps import step_after, step_url
from registrations.bookings.wishes import read_order, toggled

PageOf = Callable[..., pages.Page]


@login_required
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "needs", pages.needs_page)


@login_required
def wishes(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "wishes", pages.wishes_page)


@login_required
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "reason", pages.reason_page)


def _step(request: HttpRequest, pk: int, name: str, page_of: PageOf) -> HttpResponse:
    booking = get_own_booking(request.user, pk, "booking.edit")
    rows = [one for one in classes_of(booking) if one.state == ClassState.APPLIED]
    if not rows:
        return redirect(step_url(booking, "classes"))
    data = _tapped(request)
    page = page_of(request, booking, rows, data)
    if data is None:
        return draw_step(request, booking, name, {"page": page, "classes": rows}, 200)

    def save(versions: dict[int, int]) -> dict[int, int]:
        edits = pages.edits_of(page, versions)
        return class_services.save_classes(booking=booking, edits=edits, by=request.user, at=timezone.now())

    answer = answer_step(request, booking, name, page, save, {"classes": rows})
    if answer is not None:
        return answer
    if "toggle" in request.POST:
        return redirect(f"{request.path}?mode={request.POST.get('mode', '')}#choice-{request.POST['toggle']}")
    return _go_on(request, booking, name)


@login_required
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to talk to, and whether the classes share a bus."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    rows = living(classes_of(booking))
    form = ContactForm(request.POST if request.method == "POST" else None, instance=booking, classes=rows)
    context: dict[str, Any] = {"form": form, "classes": rows}
    if request.method != "POST":
        return draw_step(request, booking, "contact", context, 200)
    valid, autosave = form.is_valid(), "autosave" in request.POST
    if not valid and not autosave:
        return draw_step(request, booking, "contact", context, 422)
    try:
        saved = services.save_contact(
            booking=Booking.objects.get(pk=pk),
            seen=form.cleaned_data.get("version", 0),
            by=request.user,
            at=timezone.now(),
            **form.sound_fields(),
        )
    except Stale as refusal:
        stored = show_stale(form, Booking.objects.get(pk=pk))
        if autosave:
            return draw_saved(request, refusal=refusal, stored=stored)
        return draw_step(request, booking, "contact", context | {"refusal": refusal, "stored": stored}, 409)
    except Refusal as refusal:
        if autosave:
            return draw_saved(request, refusal=refusal)
        form.add_error(None, str(refusal))
        return draw_step(request, booking, "contact", context, 409)
    if autosave:
        return draw_saved(request, wrong=page_errors([form]), version=saved.version)
    return _go_on(request, booking, "contact")


@login_required
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on one page, and the button that sends it."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    if booking.state != BookingState.DRAFT:
        return redirect("registrations:own-booking", pk)
    refusal = None
    if request.method == "POST":
        try:
            services.send_booking(booking=booking, by=request.user, at=timezone.now())
        except services.TwinFound as twin:
            messages.warning(request, str(twin))
            return redirect("registrations:booking-twin", pk, twin.facts["school_class"].pk)
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("The booking is sent. A receipt is on its way by e-mail."))
            return redirect("registrations:own-booking", pk)
    rows = classes_of(booking)
    context = {
        "classes": rows,
        "missing": services.missing_steps(booking, rows),
        "is_open": booking.night.bookings_are_open(timezone.now()),
        "refusal": refusal,
    }
    return draw_step(request, booking, "send", context, 409 if refusal else 200)


def answer_step(
    request: HttpRequest,
    booking: Booking,
    name: str,
    page: pages.Page,
    save: Callable[[dict[int, int]], dict[int, int]],
    context: dict[str, Any],
) -> HttpResponse | None:
    """Save what a page says; the page once more where it could not be, ``None`` where it is saved whole.

    A page that saves itself stores what is sound, and is told what is not; it is never drawn anew under the fingers.
    """
    valid, autosave = page.is_valid(), "autosave" in request.POST
    context = context | {"page": page}
    if not valid and not autosave:
        return draw_step(request, booking, name, context, 422)
    try:
        versions = save(pages.versions_in(request.POST))
    except Stale as refusal:
        fresh = classes_of(booking)
        stored = pages.said_otherwise(page, fresh)
        if autosave:
            return draw_saved(request, refusal=refusal, stored=stored)
        # Saving again overwrites: the page has seen now what is stored.
        for part in page.parts:
            for one in part.classes:
                one.version = next((row.version for row in fresh if row.pk == one.pk), one.version)
        return draw_step(request, booking, name, context | {"refusal": refusal, "stored": stored}, 409)
    except Refusal as refusal:
        if autosave:
            return draw_saved(request, refusal=refusal)
        page.parts[-1].form.add_error("label" if refusal.code == "same_label" else None, str(refusal))
        return draw_step(request, booking, name, context, 409)
    return draw_saved(request, wrong=page_errors(page.forms()), versions=versions) if autosave else None


def _tapped(request: HttpRequest) -> Any:
    """What was posted; a wish that was tapped on without scripts ("all-wishes:s12") is put in or taken out."""
    if request.method != "POST":
        return None
    prefix, _colon, key = request.POST.get("toggle", "").partition(":")
    if not key:
        return request.POST
    data = request.POST.copy()
    name = f"{prefix}-order"
    data[name] = ",".join(toggled(read_order(data.get(name, "")), key))
    return data


def _go_on(request: HttpRequest, booking: Booking, name: str) -> HttpResponse:
    """A draft goes on to the next step; whoever changes a sent booking returns to its page."""
    if booking.state == BookingState.DRAFT:
        return redirect(step_after(booking, name))
    messages.success(request, _("Saved."))
    return redirect("registrations:own-booking", booking.pk)
