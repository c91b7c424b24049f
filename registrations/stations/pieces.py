"""What stations add to other pages: the public page, the overview, the programme's warnings."""

from itertools import groupby

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.nights.models import Night
from events.nights.queries import planned_night
from events.programme.hooks import Decision, Number
from events.programme.models import Event
from registrations.bookings.states import ClassState
from registrations.stations.models import Station
from registrations.stations.queries import fallen_visits, public_stations, running, seats_of


def public_section(event: Event, request: HttpRequest) -> str:
    """The stations on the event's public page, by field, searchable."""
    night = planned_night(event)
    if night is None:
        return ""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    stations = list(public_stations(night, words))
    if not stations and not words:
        return ""
    fields = [(field, list(rows)) for field, rows in groupby(stations, key=lambda station: station.field)]
    context = {"event": event, "night": night, "fields": fields, "count": len(stations), "words": words}
    return render_to_string("registrations/stations/public_section.html", context, request)


def overview_numbers(event: Event, user: User) -> list[Number]:
    """How many stations receive pupils."""
    if not event.takes_schools or not may(user, "stations.view", event):
        return []
    count = Station.objects.filter(night__event=event).running().count()
    return [Number(_("Stations"), count, reverse("registrations:station-list", args=[event.slug]))]


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Stations without a zone, and stations that can no longer receive whom they were to."""
    night = planned_night(event)
    if night is None or not may(user, "stations.edit", event):
        return []
    url = reverse("registrations:station-list", args=[event.slug])
    homeless = Station.objects.for_night(night).running().filter(zone__isnull=True).count()
    fallen = len(fallen_visits(night))
    decisions = [
        Decision(
            ngettext("station without a zone", "stations without a zone", homeless), homeless, f"{url}?show=no_zone"
        ),
        Decision(
            ngettext(
                "station can not receive everybody who was told: reallocate",
                "stations can not receive everybody who was told: reallocate",
                fallen,
            ),
            fallen,
            f"{url}?show=falling",
        ),
    ]
    return [decision for decision in decisions if decision.count]


def programme_warnings(night: Night) -> list[str]:
    """What the stations and the placed classes have against the programme."""
    stations = running(night)
    texts = []
    if stations and len(stations) < night.visits_per_team:
        facts = {"stations": len(stations), "visits": night.visits_per_team}
        texts.append(
            _("There are %(stations)s stations, but every pupil is to visit %(visits)s different ones.") % facts
        )
    if stations:
        texts += [
            _("%(name)s: the stations can receive %(visits)s visits, but its pupils need %(needed)s.")
            % {"name": seats.wave.name, "visits": seats.visits, "needed": seats.needed}
            for seats in seats_of(night, stations)
            if seats.is_short
        ]
    texts += _overfull(night)
    if fallen := sum(fallen_visits(night).values()):
        text = ngettext(
            "%(n)s visit that a school was told of no longer fits. Make a reallocation.",
            "%(n)s visits that schools were told of no longer fit. Make a reallocation.",
            fallen,
        )
        texts.append(text % {"n": fallen})
    return texts


def _overfull(night: Night) -> list[str]:
    placed: dict[int, int] = {}
    rows = night.waves.filter(classes__state__in=ClassState.holding()).values_list("pk", "classes__pupils")
    for wave, pupils in rows:
        placed[wave] = placed.get(wave, 0) + pupils
    texts = [
        _("%(name)s: %(placed)s pupils have been given places, but it takes %(capacity)s.")
        % {"name": wave.name, "placed": placed[wave.pk], "capacity": wave.capacity}
        for wave in night.waves.in_order()
        if placed.get(wave.pk, 0) > wave.capacity
    ]
    if sum(placed.values()) > night.places:
        facts = {"placed": sum(placed.values()), "places": night.places}
        texts.append(_("%(placed)s pupils have been given places, but the evening has %(places)s.") % facts)
    return texts
