"""The organiser's page of published places: who has answered, what is free, and what to do about the rest."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from events.access.rules import may
from events.errors import Refusal
from events.nights.gate import get_planned_night_for
from events.nights.models import Night
from registrations.bookings.models import SchoolClass
from registrations.bookings.places import deciding, reminders
from registrations.bookings.places.forms import MessageForm, UntilForm
from registrations.bookings.places.queries import Counted, counted, in_state, is_published, late, told, would_fit
from registrations.bookings.states import ClassState

PAGES = "registrations/bookings/places"
PAGE_SIZE = 50
WAITING_SHOWN = 5
CHIPS = [
    (ClassState.OFFERED, gettext_lazy("No answer yet")),
    (ClassState.CONFIRMED, pgettext_lazy("state of a class", "Coming")),
    (ClassState.GIVEN_BACK, gettext_lazy("Given back")),
    (ClassState.WAITING, gettext_lazy("Waiting list")),
]


@login_required
@require_safe
def place_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every class that has been told, the unanswered first; what is free and whom there would be room for."""
    night = get_planned_night_for(request.user, slug, "schools.view")
    return _draw(request, night)


@login_required
@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind, give more time, or take back (which asks first), for all that are ticked."""
    night = get_planned_night_for(request.user, slug, "schools.decide")
    rows = list(told(night).filter(pk__in=_ticked(request)).order_by("pk"))
    if not rows:
        messages.error(request, _("Tick the classes first, then choose what to do with them."))
        return _back(slug)
    match request.POST.get("act"):
        case "remind":
            return _remind(request, slug, rows)
        case "extend":
            return _extend(request, night, rows)
        case "take_back":
            return _take_back(request, night, rows)
    return _back(slug)


def _remind(request: HttpRequest, slug: str, rows: list[SchoolClass]) -> HttpResponse:
    written = reminders.remind_now(classes=rows, by=request.user, at=timezone.now())
    if written:
        text = ngettext(
            "A reminder is on its way to %(n)s school.", "Reminders are on their way to %(n)s schools.", written
        )
        messages.success(request, text % {"n": written})
    else:
        messages.info(
            request, _("Nobody was written to: they have answered, or were reminded within the last half hour.")
        )
    return _back(slug)


def _extend(request: HttpRequest, night: Night, rows: list[SchoolClass]) -> HttpResponse:
    form = UntilForm(request.POST)
    if not form.is_valid():
        return _draw(request, night, until=form, ticked=[row.pk for row in rows], status=422)
    try:
        done = deciding.extend_answer(
            classes=rows, until=form.cleaned_data["until"], by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error("until", str(refusal))
        return _draw(request, night, until=form, ticked=[row.pk for row in rows], status=409)
    text = ngettext("%(n)s class has a new day to answer by.", "%(n)s classes have a new day to answer by.", len(done))
    messages.success(request, text % {"n": len(done)})
    return _back(night.event.slug)


def _take_back(request: HttpRequest, night: Night, rows: list[SchoolClass]) -> HttpResponse:
    form = MessageForm(request.POST if "sure" in request.POST else None)
    if "sure" not in request.POST or not form.is_valid():
        context = {"event": night.event, "rows": rows, "form": form, "pupils": sum(row.pupils for row in rows)}
        return render(request, f"{PAGES}/take_back.html", context, status=422 if form.errors else 200)
    outcome = deciding.withdraw_many(
        classes=rows, by=request.user, at=timezone.now(), message=form.cleaned_data["message"]
    )
    if outcome.done:
        text = ngettext("%(n)s place was taken back.", "%(n)s places were taken back.", len(outcome.done))
        messages.success(request, text % {"n": len(outcome.done)})
    for school_class, refusal in outcome.refused:
        messages.error(request, f"{school_class.label}, {school_class.booking.school}: {refusal}")
    return _back(night.event.slug)


def _draw(
    request: HttpRequest,
    night: Night,
    *,
    until: UntilForm | None = None,
    ticked: list[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in {value for value, _label in CHIPS} else ""
    counts = counted(night)
    free, waiting = would_fit(night)
    context: dict[str, Any] = {
        "event": night.event,
        "night": night,
        "published": bool(counts) or is_published(night),  # an evening that was taken over has no proposal
        "chosen": chosen,
        "chips": [(state, label, counts.get(state, Counted()).classes) for state, label in CHIPS],
        "unanswered": counts.get(ClassState.OFFERED, Counted()),
        "coming": counts.get(ClassState.CONFIRMED, Counted()),
        "free": free,
        "waiting": waiting[:WAITING_SHOWN],
        "waiting_more": max(0, len(waiting) - WAITING_SHOWN),
        "late": late(night, now).count(),
        "page_obj": Paginator(in_state(night, chosen), PAGE_SIZE).get_page(request.GET.get("page")),
        "can_decide": may(request.user, "schools.decide", night.event) and night.event.takes_decisions(now),
        "until": until or UntilForm(),
        "ticked": ticked or [],
        "now": now,
    }
    return render(request, f"{PAGES}/list.html", context, status=status)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit() and len(pk) < 16]


def _back(slug: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("registrations:place-list", args=[slug]))
