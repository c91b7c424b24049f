"""The organiser's stations: all of them on one page, one by one where that is not enough."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.access.models import AuditEntry
from events.access.rules import may
from events.errors import Refusal, Stale
from events.exports import export_response
from events.nights.gate import get_night_for
from events.nights.models import Night
from events.nights.services import ensure_night
from events.once.guard import makes_once
from events.versions import show_stale
from registrations.stations import placing, services
from registrations.stations.forms import ClosedRoundsForm, OrganiserStationForm, PageForm
from registrations.stations.gate import get_event_station
from registrations.stations.models import Station
from registrations.stations.queries import (
    EXPORT,
    SHOWN,
    Filter,
    fallen_visits,
    in_hand,
    offer_of,
    places_are_told,
    receives,
    seats_of,
    slots_from,
)

PAGES = "registrations/stations"


@login_required
def station_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every station on one page, by zone; whoever may edits zone, number and capacity of all of them and saves once."""
    night = get_night_for(request.user, slug, "stations.edit" if request.method == "POST" else "stations.view")
    if night.pk is None:
        return render(request, f"{PAGES}/list.html", {"event": night.event, "night": night})
    chosen = Filter.from_query(request.GET)
    everything = list(in_hand(night))
    fallen = fallen_visits(night)
    stations = [station for station in everything if chosen.lets_through(station, fallen)]
    form = PageForm(night, stations, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                changed = placing.place_stations(night=night, places=form.places(), by=request.user, at=timezone.now())
            except placing.RowsRefused as refusal:
                form.blame(refusal.faults)
                status = 409
            except Refusal as refusal:
                messages.error(request, str(refusal))
                return HttpResponseRedirect(request.get_full_path())
            else:
                numbered = 0
                if request.POST.get("then") == "number":
                    numbered = placing.number_stations(night=night, by=request.user, at=timezone.now())
                _say_saved(request, len(changed), numbered)
                return HttpResponseRedirect(request.get_full_path())
    context = {
        "event": night.event,
        "night": night,
        "chosen": chosen,
        "form": form,
        "groups": _groups(night, form, fallen),
        "shown": _shown(everything, fallen),
        "count": len(stations),
        "running": [station for station in everything if receives(station)],
        "told": places_are_told(night),
        "can_edit": may(request.user, "stations.edit", night.event) and not night.event.is_over(timezone.now()),
    }
    context["seats"] = seats_of(night, context["running"])
    context["most_rounds"] = range(1, max((len(one.by_round) for one in context["seats"]), default=0) + 1)
    return render(request, f"{PAGES}/list.html", context, status=status)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the page shows, as a file."""
    night = get_night_for(request.user, slug, "stations.view")
    if ending not in {"csv", "xlsx"} or night.pk is None:
        raise Http404
    chosen, fallen = Filter.from_query(request.GET), fallen_visits(night)
    rows = [station for station in in_hand(night) if chosen.lets_through(station, fallen)]
    name = get_valid_filename(f"{slug}-{_('stations')}-{timezone.localdate():%Y-%m-%d}")
    return export_response(ending, name, EXPORT, rows)


@login_required
@makes_once
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A station of the organiser's own."""
    night = get_night_for(request.user, slug, "stations.edit")
    form = OrganiserStationForm(request.POST or None, night=night)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            at = timezone.now()
            try:
                saved = ensure_night(event=night.event, by=request.user, at=at)
                services.add_station(
                    night=saved, host=None, details=form.details(), spot=form.spot(), by=request.user, at=at
                )
            except Refusal as refusal:
                form.add_error("number" if refusal.code == "number_taken" else None, str(refusal))
                status = 409
            else:
                messages.success(request, _("The station is saved."))
                return redirect("registrations:station-list", slug)
    return render(request, f"{PAGES}/edit.html", {"event": night.event, "form": form}, status=status)


@login_required
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everything about one station."""
    station = get_event_station(request.user, slug, pk, "stations.edit")
    form = OrganiserStationForm(request.POST or None, night=station.night, instance=copy(station))
    answer: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_station(
                    station=station,
                    details=form.details(),
                    spot=form.spot(),
                    seen=form.cleaned_data["version"],
                    by=request.user,
                    at=timezone.now(),
                )
            except Stale as refusal:
                answer = {"refusal": refusal, "stored": show_stale(form, Station.objects.get(pk=pk))}
                status = 409
            except Refusal as refusal:
                form.add_error("number" if refusal.code == "number_taken" else None, str(refusal))
                status = 409
            else:
                _say_fallen(request, station)
                messages.success(request, _("The station is saved."))
                return redirect("registrations:station-list", slug)
    context = {
        "event": station.night.event,
        "station": station,
        "form": form,
        "fallen": fallen_visits(station.night).get(pk, 0),
        "entries": AuditEntry.objects.about(station)[:20],
        **answer,
    }
    return render(request, f"{PAGES}/edit.html", context, status=status)


@login_required
def rounds(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Only the closed rounds: opened in the row by htmx, a small page of its own without."""
    station = get_event_station(request.user, slug, pk, "stations.edit")
    as_it_is = {"event": station.night.event, "can_edit": True}
    if request.htmx and "close" in request.GET:
        return render(request, f"{PAGES}/_rounds_saved.html", {**as_it_is, "station": _with_seats(station)})
    form = ClosedRoundsForm(request.POST or None, night=station.night, station=station)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            station = services.close_rounds(
                station=station,
                closed=slots_from(form.cleaned_data["closed"]),
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as said:
            refusal = said
            form = ClosedRoundsForm(night=station.night, station=Station.objects.get(pk=pk))
        else:
            _say_fallen(request, station)
            if not request.htmx:
                messages.success(request, _("The rounds are saved."))
                return redirect("registrations:station-list", slug)
            return render(request, f"{PAGES}/_rounds_saved.html", {**as_it_is, "station": _with_seats(station)})
    context = {"event": station.night.event, "station": station, "form": form, "refusal": refusal}
    template = "_rounds_row" if request.htmx else "rounds"
    return render(request, f"{PAGES}/{template}.html", context, status=409 if refusal else 422 if form.errors else 200)


@login_required
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first, and says how many visits fall."""
    station = get_event_station(request.user, slug, pk, "stations.edit")
    back = reverse("registrations:station-list", args=[slug])
    if request.method == "POST":
        try:
            services.cancel_station(station=station, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            _say_fallen(request, station)
            messages.success(request, _("%(station)s is cancelled.") % {"station": station.name})
        return redirect(back)
    visits = station.visits.count()
    text = _("Nobody is sent to %(station)s any more.") % {"station": station.name}
    if visits:
        words = ngettext(
            "%(n)s visit that a school was told of falls, and a reallocation must find another.",
            "%(n)s visits that schools were told of fall, and a reallocation must find others.",
            visits,
        )
        text = f"{text} {words % {'n': visits}}"
    context = {
        "title": _("Cancel the station?"),
        "text": text,
        "action_label": _("Cancel the station"),
        "cancel_url": back,
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    station = get_event_station(request.user, slug, pk, "stations.edit")
    try:
        services.restore_station(station=station, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The station is back."))
    return redirect("registrations:station-edit", slug, pk)


def _groups(night: Night, form: PageForm, fallen: dict[int, int]) -> list[tuple[Any, list]]:
    """The rows under their stored zones, those without one first; a station knows its seats and fallen visits."""
    waves = list(night.waves.in_order())
    groups: dict[int | None, tuple[Any, list]] = {}
    for row in form.rows:
        station = _with_seats(row.station, waves)
        station.fallen = fallen.get(station.pk, 0)
        groups.setdefault(station.zone_id, (station.zone, []))[1].append(row)
    return list(groups.values())


def _with_seats(station: Station, waves: list | None = None) -> Station:
    """``station`` with what its row shows: visits that it can receive, and its rounds as open or closed."""
    waves = list(station.night.waves.in_order()) if waves is None else waves
    offer = offer_of(station)
    station.seats = sum(offer.visits(wave.pk, wave.rounds) for wave in waves)
    station.round_count = sum(wave.rounds for wave in waves)
    station.open_count = station.round_count - sum(
        not offer.is_open(wave.pk, number) for wave in waves for number in range(1, wave.rounds + 1)
    )
    return station


def _shown(stations: list[Station], fallen: dict[int, int]) -> list[tuple[str, str, int]]:
    counted = {key: sum(Filter(show=key).lets_through(one, fallen) for one in stations) for key in SHOWN}
    return [(key, str(label), counted[key]) for key, label in SHOWN.items() if counted[key]]


def _say_saved(request: HttpRequest, changed: int, numbered: int) -> None:
    if changed:
        text = ngettext("%(n)s station is saved.", "%(n)s stations are saved.", changed) % {"n": changed}
        messages.success(request, text)
    if numbered:
        text = ngettext("%(n)s station got a number.", "%(n)s stations got a number.", numbered) % {"n": numbered}
        messages.success(request, text)
    if not changed and not numbered:
        messages.info(request, _("Nothing was changed."))


def _say_fallen(request: HttpRequest, station: Station) -> None:
    fallen = fallen_visits(station.night).get(station.pk, 0)
    if fallen:
        text = ngettext(
            "%(n)s visit to %(station)s that a school was told of no longer fits. Make a reallocation.",
            "%(n)s visits to %(station)s that schools were told of no longer fit. Make a reallocation.",
            fallen,
        )
        messages.warning(request, text % {"n": fallen, "station": station.name})
