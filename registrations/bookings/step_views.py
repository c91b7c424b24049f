"""The steps of a booking after the school: each its own page, saved by itself while it is a draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.versions import show_stale
from registrations.bookings import classes as class_services
from registrations.bookings import pages, services
from registrations.bookings.counts import next_label
from registrations.bookings.drawing import draw_saved, draw_step, page_errors
from registrations.bookings.forms import ClassForm, ContactForm
from registrations.bookings.gate import get_own_booking, get_own_class
from registrations.bookings.grades import grades_of_school
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.queries import classes_of, living, twins_of
from registrations.bookings.states import BookingState, ClassState
from registrations.bookings.steps import step_after, step_url
from registrations.bookings.wishes import read_order, toggled

PageOf = Callable[..., pages.Page]


@login_required
@makes_once
def classes(request: HttpRequest, pk: int) -> HttpResponse:
    """Which classes: one is added at a time, and saved; the next begins as a copy of it."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    rows = living(classes_of(booking))
    go_on = request.POST.get("then") == "go"
    if request.method == "POST" and go_on and rows and not (request.POST.get("label") or request.POST.get("pupils")):
        return redirect(step_after(booking, "classes"))
    form = ClassForm(
        request.POST if request.method == "POST" else None, initial=_copy_of(rows), grades=_grades(booking)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                added = class_services.add_class(
                    booking=booking, by=request.user, at=timezone.now(), **form.cleaned_data
                )
            except Refusal as refusal:
                form.add_error("label" if refusal.code == "same_label" else None, str(refusal))
                status = 409
            else:
                return _after_class(request, booking, added, go_on)
    return draw_step(request, booking, "classes", {"form": form, "classes": rows}, status)


@login_required
def edit_class(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """One class once more: its name and how many come."""
    one = get_own_class(request.user, pk, class_pk, "booking.edit")
    booking = one.booking
    posted = request.method == "POST"
    form = ClassForm(
        request.POST if posted else None, initial=ClassForm.initial_of(one), grades=_grades(booking, one.grade)
    )
    page = pages.Page([pages.Part([one], form)], each=False, several=False)
    if not posted:
        return draw_step(request, booking, "classes", {"form": form, "one": one, "page": page}, 200)

    def save(versions: dict[int, int]) -> dict[int, int]:
        edit = class_services.ClassEdit(one.pk, versions.get(one.pk, 0), form.columns())
        return class_services.save_classes(booking=booking, edits=[edit], by=request.user, at=timezone.now())

    answer = _answer(request, booking, "classes", page, save, {"form": form, "one": one})
    if answer is not None:
        return answer
    one.refresh_from_db()
    return _after_class(request, booking, one, go_on=False)


@login_required
@require_POST
def remove_class(request: HttpRequest, pk: int, class_pk: int) -> HttpResponse:
    """Out of a draft at once; a class of a sent booking is cancelled on a page that asks first."""
    one = get_own_class(request.user, pk, class_pk, "booking.edit")
    if one.booking.state != BookingState.DRAFT:
        return redirect("registrations:booking-class-cancel", pk, class_pk)
    try:
        class_services.drop_class(school_class=one, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(label)s is removed.") % {"label": one.label})
    return redirect(step_url(one.booking, "classes"))


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

    answer = _answer(request, booking, name, page, save, {"classes": rows})
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


def _answer(
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


def _after_class(request: HttpRequest, booking: Booking, one: SchoolClass, go_on: bool) -> HttpResponse:
    """A class that a colleague has booked too is asked about at once; then on, or back to the list."""
    one.booking = booking
    if not one.beside_twin and twins_of(one):
        return redirect("registrations:booking-twin", booking.pk, one.pk)
    if booking.state != BookingState.DRAFT:
        messages.success(request, _("Saved."))
        return redirect("registrations:own-booking", booking.pk)
    return redirect(step_after(booking, "classes") if go_on else f"{step_url(booking, 'classes')}?more#add")


def _go_on(request: HttpRequest, booking: Booking, name: str) -> HttpResponse:
    """A draft goes on to the next step; whoever changes a sent booking returns to its page."""
    if booking.state == BookingState.DRAFT:
        return redirect(step_after(booking, name))
    messages.success(request, _("Saved."))
    return redirect("registrations:own-booking", booking.pk)


def _grades(booking: Booking, own: int | None = None) -> list[int]:
    school = booking.school
    every = grades_of_school(
        booking.night.grades, compulsory=school.has_compulsory, upper_secondary=school.has_upper_secondary
    )
    return sorted({*every, own}) if own else every


def _is_untouched(request: HttpRequest, copy: dict[str, Any]) -> bool:
    """Whether the row for one more class was left as it was drawn: then there is none more."""
    label = request.POST.get("label", "").strip()
    return not request.POST.get("pupils", "").strip() and label in {"", copy.get("label")}


def _copy_of(rows: list[SchoolClass]) -> dict[str, Any]:
    """What the next class probably looks like, after the last one."""
    if not rows:
        return {}
    last = rows[-1]
    label = next_label(last.label)
    taken = {one.label.casefold() for one in rows}
    return {
        "label": "" if label.casefold() in taken else label,
        "grade": last.grade,
        "adults": last.adults,
    }
