"""The company's stations: a step of its application, and its to change afterwards."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.errors import Refusal, Stale
from events.nights.models import Night
from events.nights.queries import planned_night, usual_night
from events.nights.services import ensure_night
from events.once.guard import makes_once
from events.programme.models import EventState
from events.versions import show_stale
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.exhibitors.steps import current_step, steps_of
from registrations.stations import services
from registrations.stations.forms import StationForm
from registrations.stations.gate import get_host, get_own_station
from registrations.stations.models import Station
from registrations.stations.queries import places_are_told, promises_of

PAGES = "registrations/stations"


@login_required
@require_safe
def own_stations(request: HttpRequest, pk: int) -> HttpResponse:
    """What the company lets pupils do; the first station's form stands here at once."""
    host = get_host(request.user, pk)
    stations = list(host.stations.described())
    form = None if stations else StationForm(night=_night(host))
    return _render(request, host, "own", {"stations": stations, "form": form})


@login_required
@makes_once
def add(request: HttpRequest, pk: int) -> HttpResponse:
    host = get_host(request.user, pk)
    if request.method == "GET" and not _is_editable(host):
        return _to_stations(pk)
    form = StationForm(request.POST or None, night=_night(host))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            at = timezone.now()
            try:
                night = ensure_night(event=host.event, by=request.user, at=at)
                services.add_station(night=night, host=host, details=form.details(), by=request.user, at=at)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("The station is saved."))
                return _to_stations(pk)
    return _render(request, host, "form", {"form": form}, status)


@login_required
def edit(request: HttpRequest, pk: int, station_pk: int) -> HttpResponse:
    station = get_own_station(request.user, pk, station_pk)
    if request.method == "GET" and not _is_editable(station.host):
        return _to_stations(pk)
    told = places_are_told(station.night)
    form = StationForm(request.POST or None, night=station.night, told=told, instance=copy(station))
    context: dict[str, Any] = {"form": form, "station": station, "told": told}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.change_station(
                    station=station,
                    details=form.details(),
                    seen=form.cleaned_data["version"],
                    by=request.user,
                    at=timezone.now(),
                    by_host=True,
                )
            except Stale as refusal:
                context |= {"refusal": refusal, "stored": show_stale(form, Station.objects.get(pk=station.pk))}
                status = 409
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("The station is saved."))
                return _to_stations(pk)
    return _render(request, station.host, "form", context, status)


@login_required
def cancel(request: HttpRequest, pk: int, station_pk: int) -> HttpResponse:
    """Asks first, and says what it means to classes that were told to come."""
    station = get_own_station(request.user, pk, station_pk)
    if request.method == "POST":
        try:
            services.cancel_station(station=station, by=request.user, at=timezone.now(), by_host=True)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Nobody is sent to the station any more."))
        return _to_stations(pk)
    if not _is_editable(station.host):
        return _to_stations(pk)
    coming = promises_of(station.night).get(station.pk, [])
    text = _("%(station)s receives no pupils any more.") % {"station": station.name}
    if coming:
        text = _(
            "%(pupils)s pupils have been told to come to %(station)s. The organiser is told at once and must find "
            "something else for them."
        ) % {"pupils": sum(promise.size for promise in coming), "station": station.name}
    context = {
        "title": _("Take the station away?"),
        "text": text,
        "action_label": _("Take the station away"),
        "cancel_url": reverse("registrations:exhibitor-stations", args=[pk]),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, pk: int, station_pk: int) -> HttpResponse:
    station = get_own_station(request.user, pk, station_pk)
    try:
        services.restore_station(station=station, by=request.user, at=timezone.now(), by_host=True)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The station is back."))
    return _to_stations(pk)


def _night(host: Exhibitor) -> Night:
    return planned_night(host.event) or usual_night(host.event)


def _is_editable(host: Exhibitor) -> bool:
    open_still = not host.event.is_over(timezone.now()) and host.event.state != EventState.CANCELLED
    return open_still and host.state not in {State.DECLINED, State.WITHDRAWN}


def _to_stations(pk: int) -> HttpResponseRedirect:
    return redirect("registrations:exhibitor-stations", pk)


def _render(
    request: HttpRequest, host: Exhibitor, page: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context |= {
        "exhibitor": host,
        "event": host.event,
        "night": _night(host),
        "editable": _is_editable(host),
        "steps": steps_of(host.event, host),
        "current": current_step(host.event, "stations"),
        "back": reverse("registrations:own-exhibitor", args=[host.pk]) + "?stay",
    }
    return render(request, f"{PAGES}/{page}.html", context, status=status)
