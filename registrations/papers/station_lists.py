"""The host's list: who comes to the station, round by round."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from events.nights.models import Night
from registrations.papers.rows import Guest, StationAdmission, StationList, StationRound
from registrations.papers.words import (
    admission_when,
    adults_text,
    clocks,
    end_clock,
    listed,
    needs_of_a_class,
    number_text,
    pupils_text,
    short_grade,
    teams_text,
    wheelchairs_text,
    zone_name,
)


def data(night: Night, lists: Sequence[StationList]) -> dict[str, Any]:
    """What station-lists.typ prints."""
    title = _("Station lists")
    if len(lists) == 1:
        title = f"{_('Station list')} · {lists[0].station.name}"
    return {
        "title": f"{title} · {night.event.name}",
        "labels": {
            "list": _("Station list"),
            "round": _("Round"),
            "time": _("Time"),
            "team": _("Class and team"),
            "grade": _("Grade"),
            "pupils": _("Pupils"),
            "adults": _("Adults"),
            "needs": _("To think of"),
            "free": _("Nobody comes"),
            "closed": _("Closed"),
            "stays": _("stays from the round before"),
            "sum": _("In all"),
            "nobody": _("Nobody comes during this admission."),
            "desk": _("The desk"),
            "desk_value": night.desk_phone or night.event.contact_email,
            "adults_note": _("Adults are spread evenly over a class's teams; the school may do otherwise."),
            "needs_note": _("Needs are for the whole class: how many, never who."),
        },
        "stations": [_station(one) for one in lists],
    }


def _station(one: StationList) -> dict[str, Any]:
    station = one.station
    return {
        "number": number_text(station),
        "name": station.name,
        "host": station.host,
        "zone": zone_name(station.zone),
        "directions": station.zone.directions,
        "gear": f"{_('Protective gear')}: {station.gear}" if station.gear else "",
        "capacity": _("%(n)s at a time") % {"n": pupils_text(station.capacity)},
        "sum": listed([teams_text(one.teams), pupils_text(one.pupils)]),
        "admissions": [_admission(admission) for admission in one.admissions],
    }


def _admission(one: StationAdmission) -> dict[str, Any]:
    return {
        "name": one.admission.name,
        "when": admission_when(one.admission),
        "ends": end_clock(one.admission),
        "empty": not one.guests and not any(each.closed for each in one.rounds),
        "rounds": [_round(each) for each in one.rounds],
        "teams": teams_text(len(one.guests)),
        "pupils": one.pupils,
        "adults": one.adults,
        "sum": listed([teams_text(len(one.guests)), pupils_text(one.pupils), adults_text(one.adults)]),
    }


def _round(one: StationRound) -> dict[str, Any]:
    return {
        "number": one.number,
        "time": clocks(one.starts_at, one.ends_at),
        "closed": one.closed,
        "pupils": one.pupils,
        "guests": [_guest(guest, one.number) for guest in one.guests],
    }


def _guest(guest: Guest, number: int) -> dict[str, Any]:
    return {
        "label": team_label(guest),
        "school": guest.school,
        "grade": short_grade(guest.grade),
        "size": guest.size,
        "adults": guest.adults,
        "needs": listed(
            [
                wheelchairs_text(guest.wheelchairs) if guest.wheelchairs else "",
                _("In the class: %(needs)s") % {"needs": needs_of_a_class(guest.class_needs)}
                if guest.class_needs
                else "",
            ]
        ),
        "stays": guest.first < number,
    }


def team_label(guest: Guest) -> str:
    """ "9A-2", or "9A" for a class that is one team."""
    return guest.label + team_part(guest)


def team_part(guest: Guest) -> str:
    return "" if guest.teams == 1 else f"-{guest.team}"
