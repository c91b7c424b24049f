"""The organiser's room "Schools": every class that wants to come, each booking, and what is exported."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.access.rules import may
from events.errors import Refusal
from events.exports import export_response
from events.nights.gate import get_night_for, get_planned_night_for
from events.programme.models import Event
from registrations.bookings import decisions, organiser_exports, organiser_queries
from registrations.bookings.models import Booking
from registrations.bookings.organiser_counts import need_kinds, summary
from registrations.bookings.organiser_forms import BusForm
from registrations.bookings.organiser_twins import open_groups, open_twins
from registrations.bookings.places.arrivals import arrivals_of, nobody_came
from registrations.bookings.places.pieces import may_say_needs
from registrations.bookings.queries import classes_of, history_of
from registrations.bookings.scoring import can_be_scored
from registrations.bookings.states import ClassState

PAGES = "registrations/bookings/organiser"


@login_required
@require_safe
def school_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One row a class: search, filter, sort, name a bus for several."""
    night = get_night_for(request.user, slug, "schools.view")
    if night.pk is None:
        return render(request, f"{PAGES}/unplanned.html", {"event": night.event})
    chosen = _chosen(request, night.event)
    rows = organiser_queries.classes(night, chosen)
    count = rows.count()
    shown = list(rows[: chosen.shown])
    twins = set(open_twins(night))
    for one in shown:
        one.need_kinds = need_kinds(one.needs) if chosen.contacts else []
        one.is_twin = one.pk in twins
    context = {
        "night": night,
        "event": night.event,
        "chosen": chosen,
        "classes": shown,
        "count": count,
        "wave_count": night.waves.count(),
        "attendance": organiser_queries.attendance(night, chosen),
        "more": min(count - chosen.shown, organiser_queries.PAGE),
        "next_shown": chosen.shown + organiser_queries.PAGE,
        "states": organiser_queries.state_counts(night, chosen),
        "municipalities": organiser_queries.municipality_counts(night, chosen),
        "grades": organiser_queries.grade_counts(night, chosen),
        "looks": organiser_queries.look_counts(night, chosen),
        "can_decide": may(request.user, "schools.decide", night.event) and night.event.takes_decisions(timezone.now()),
    }
    if request.headers.get("HX-Target") == "classes":
        return render(request, f"{PAGES}/_list.html", context)
    every, placed = summary(night), summary(night, holding=True)
    context |= {
        "summary": every,
        "placed": placed,
        "food": organiser_exports.beside(every, placed),
        "unscored": organiser_queries.unscored(night).count(),
        "open_requests": organiser_queries.open_requests(night).count(),
        "twin_groups": open_groups(night),
    }
    return render(request, f"{PAGES}/list.html", context)


@login_required
@require_safe
def school_booking(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One booking, whole: its classes with their wishes in order, the reasons, whom to call, requests, history."""
    night = get_planned_night_for(request.user, slug, "schools.view")
    rows = Booking.objects.for_night(night).sent().select_related("school__municipality", "school__successor")
    booking = get_object_or_404(rows, pk=pk)
    booking.night = night
    classes = classes_of(booking)
    twins = set(open_twins(night))
    held = [one for one in classes if one.state in ClassState.holding()]
    arrived = arrivals_of(held)
    now = timezone.now()
    missed = nobody_came(held, arrived, now)
    sees_people = may(request.user, "schools.export", night.event)
    for one in classes:
        one.need_kinds = need_kinds(one.needs) if sees_people else []
        one.is_twin = one.pk in twins
        one.may_be_scored = can_be_scored(one)
        one.may_say_needs = may_say_needs(one, now)
        one.arrived, one.nobody_came = arrived.get(one.pk), one.pk in missed
    context = {
        "event": night.event,
        "booking": booking,
        "classes": classes,
        "sees_people": sees_people,
        "people": booking.people.filter(joined_at__isnull=False).select_related("user"),
        "requests": booking.requests.select_related("school_class", "asked_by", "answered_by"),
        "entries": history_of(booking, classes) if sees_people else [],
        "can_decide": may(request.user, "schools.decide", night.event) and night.event.takes_decisions(now),
    }
    return render(request, f"{PAGES}/booking.html", context)


@login_required
@require_POST
def school_bus(request: HttpRequest, slug: str) -> HttpResponse:
    """The ticked classes come with one bus."""
    night = get_planned_night_for(request.user, slug, "schools.decide")
    form = BusForm(request.POST)
    pks = [int(pk) for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit() and len(pk) < 16]
    if not pks or not form.is_valid():
        messages.error(request, _("Tick the classes first, then name the bus: at most 20 characters."))
        return _back(request, slug)
    bus = form.cleaned_data["bus"]
    try:
        done = decisions.name_bus(night=night, pks=pks, bus=bus, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(request, slug)
    if bus:
        text = ngettext("%(n)s class comes with bus %(bus)s.", "%(n)s classes come with bus %(bus)s.", len(done))
    else:
        text = ngettext("%(n)s class comes without a bus.", "%(n)s classes come without a bus.", len(done))
    messages.success(request, text % {"n": len(done), "bus": bus})
    return _back(request, slug)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the list shows, as a file; with contacts for those who may have them."""
    night = get_planned_night_for(request.user, slug, "schools.view")
    chosen = _chosen(request, night.event)
    rows = organiser_queries.classes(night, chosen)
    columns = organiser_exports.columns(with_contacts=chosen.contacts)
    return _file(ending, f"{slug}-{_('classes')}", columns, rows)


@login_required
@require_safe
def export_food(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Special diets and needs as counts, for the caterer and the house."""
    night = get_planned_night_for(request.user, slug, "schools.view")
    return _file(ending, slug + "-" + _("food"), organiser_exports.FOOD, organiser_exports.food_rows(night))


def _chosen(request: HttpRequest, event: Event) -> organiser_queries.Filter:
    """What the address asks for; contacts are searched and exported for those who may have them."""
    chosen = organiser_queries.Filter.from_query(request.GET)
    return replace(chosen, contacts=may(request.user, "schools.export", event))


def _file(ending: str, name: str, columns: list, rows: object) -> HttpResponse:
    if ending not in {"csv", "xlsx"}:
        raise Http404
    return export_response(ending, get_valid_filename(f"{name}-{timezone.localdate():%Y-%m-%d}"), columns, rows)


def _back(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """To where the form says that it came from, if that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    otherwise = reverse("registrations:school-list", args=[slug])
    return HttpResponseRedirect(wanted if wanted.startswith("/") and ours else otherwise)
