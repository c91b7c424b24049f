"""The organiser's inbox: what schools ask for after the deadline, and classes that two people booked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.nights.gate import get_planned_night_for
from registrations.bookings.decisions import answer_request
from registrations.bookings.gate import get_event_class
from registrations.bookings.merging import merge_classes
from registrations.bookings.models import ChangeRequest
from registrations.bookings.organiser_counts import diet_kinds, need_kinds
from registrations.bookings.organiser_forms import AnswerForm, MergeForm
from registrations.bookings.organiser_queries import open_requests
from registrations.bookings.organiser_twins import all_twins

PAGES = "registrations/bookings/organiser"
ANSWERED_SHOWN = 30


@login_required
@require_safe
def school_requests(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for an answer, and what was answered lately."""
    night = get_planned_night_for(request.user, slug, "schools.view")
    answered = ChangeRequest.objects.filter(booking__night=night, granted__isnull=False)
    answered = answered.select_related("booking__school", "school_class", "asked_by", "answered_by")
    context = {
        "event": night.event,
        "waiting": open_requests(night),
        "answered": answered.order_by("-answered_at")[:ANSWERED_SHOWN],
        "can_decide": may(request.user, "schools.decide", night.event) and night.event.takes_decisions(timezone.now()),
    }
    return render(request, f"{PAGES}/requests.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_request(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One request: yes or no, in words; what can be done at once is done with the yes."""
    night = get_planned_night_for(request.user, slug, "schools.decide")
    rows = ChangeRequest.objects.select_related("booking__school__municipality", "school_class__wave", "asked_by")
    asked = get_object_or_404(rows, pk=pk, booking__night=night)
    asked.booking.night = night
    granting = request.POST.get("decision") == "grant"
    form = AnswerForm(request.POST if request.method == "POST" else None, request=asked, granting=granting)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            answer_request(
                request=asked,
                granted=granting,
                answer=form.cleaned_data["answer"],
                change=form.change(),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as reason:
            refusal = reason
        else:
            text = _("%(school)s has got your yes.") if granting else _("%(school)s has got your no.")
            messages.success(request, text % {"school": asked.booking.school})
            return redirect("registrations:school-requests", slug)
    context = {
        "event": night.event,
        "asked": asked,
        "one": asked.school_class,
        "form": form,
        "refusal": refusal,
        "may_answer": asked.granted is None and night.event.takes_decisions(timezone.now()),
    }
    return render(request, f"{PAGES}/request.html", context, status=status_of(form, refusal))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school_twins(request: HttpRequest, slug: str) -> HttpResponse:
    """Classes of the same name at the same school, side by side: which of them is kept?"""
    permission = "schools.view" if request.method != "POST" else "schools.decide"
    night = get_planned_night_for(request.user, slug, permission)
    form = MergeForm(request.POST if request.method == "POST" else None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        keep, drop = (
            get_event_class(request.user, slug, form.cleaned_data[name], "schools.decide") for name in ("keep", "drop")
        )
        try:
            merge_classes(keep=keep, drop=drop, by=request.user, at=timezone.now())
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("Merged. Everybody who booked is told, and shares the booking now."))
            return redirect("registrations:school-twins", slug)
    groups = all_twins(night)
    for group in groups:
        for one in group.classes:
            one.need_kinds, one.diet_kinds = need_kinds(one.needs), diet_kinds(one.diets)
    context = {
        "event": night.event,
        "groups": groups,
        "refusal": refusal,
        "can_decide": may(request.user, "schools.decide", night.event) and night.event.takes_decisions(timezone.now()),
    }
    return render(request, f"{PAGES}/twins.html", context, status=status_of(form, refusal))
