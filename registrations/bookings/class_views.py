"""The step of a booking that says which classes: add, change, take away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.errors import Refusal
from events.once.guard import makes_once
from registrations.bookings import classes as class_services
from registrations.bookings import pages
from registrations.bookings.counts import next_label
from registrations.bookings.drawing import draw_step
from registrations.bookings.forms import ClassForm
from registrations.bookings.gate import get_own_booking, get_own_class
from registrations.bookings.grades import grades_of_school
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.queries import classes_of, living, twins_of
from registrations.bookings.states import BookingState
from registrations.bookings.step_views import answer_step
from registrations.bookings.steps import step_after, step_url


@login_required
@makes_once
def classes(request: HttpRequest, pk: int) -> HttpResponse:
    """Which classes: one is added at a time, and saved; the next begins as a copy of it."""
    booking = get_own_booking(request.user, pk, "booking.edit")
    rows = living(classes_of(booking))
    posted, copy = request.method == "POST", _copy_of(rows)
    go_on = request.POST.get("then") == "go"
    if posted and go_on and rows and _is_untouched(request, copy):
        return redirect(step_after(booking, "classes"))
    form = ClassForm(request.POST if posted else None, initial=copy, grades=_grades(booking))
    if "more" in request.GET:
        form.fields["pupils" if copy.get("label") else "label"].widget.attrs["autofocus"] = True
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

    answer = answer_step(request, booking, "classes", page, save, {"form": form, "one": one})
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


def _after_class(request: HttpRequest, booking: Booking, one: SchoolClass, go_on: bool) -> HttpResponse:
    """A class that a colleague has booked too is asked about at once; then on, or back to the list."""
    one.booking = booking
    if not one.beside_twin and twins_of(one):
        return redirect("registrations:booking-twin", booking.pk, one.pk)
    if booking.state != BookingState.DRAFT:
        messages.success(request, _("Saved."))
        return redirect("registrations:own-booking", booking.pk)
    return redirect(step_after(booking, "classes") if go_on else f"{step_url(booking, 'classes')}?more")


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
