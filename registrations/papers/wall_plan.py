"""The plan on the wall: stations down, rounds across, one sheet of A3 for each admission."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from events.nights.models import Night
from registrations.papers.class_sheets import map_data
from registrations.papers.rows import Map, StationAdmission, StationList, StationRound
from registrations.papers.station_lists import team_part
from registrations.papers.words import admission_when, clocks, listed, number_text, pupils_text, teams_text, zone_name


def data(night: Night, lists: Sequence[StationList], place: Map, only: int | None = None) -> dict[str, Any]:
    """What wall-plan.typ prints: every admission, or the one with the key ``only``."""
    count = len(lists[0].admissions) if lists else 0
    pages = [_page(lists, index) for index in range(count) if only in (None, lists[0].admissions[index].admission.pk)]
    return {
        "title": f"{_('Wall plan')} · {night.event.name}",
        "labels": {
            "plan": _("Wall plan"),
            "number": _("No."),
            "station": _("Station"),
            "zone": _("Zone"),
            "round": _("Round"),
            "free": _("free"),
            "closed": _("closed"),
            "zones": _("Zones"),
        },
        "zones": [
            {
                "name": zone["name"],
                "directions": zone["directions"],
                "stations": ", ".join(station["number"] for station in zone["stations"]),
            }
            for zone in map_data(place)["zones"]
        ],
        "pages": pages,
    }


def _page(lists: Sequence[StationList], index: int) -> dict[str, Any]:
    admission = lists[0].admissions[index].admission
    parts = [one.admissions[index] for one in lists]
    teams = {(guest.class_pk, guest.team): guest.size for part in parts for guest in part.guests}
    return {
        "name": admission.name,
        "when": admission_when(admission),
        "sum": listed([teams_text(len(teams)), pupils_text(sum(teams.values()))]),
        "rounds": [
            {"number": number, "time": clocks(*times)} for number, times in enumerate(admission.rounds, start=1)
        ],
        "rows": [_row(one, part) for one, part in zip(lists, parts, strict=True)],
    }


def _row(one: StationList, part: StationAdmission) -> dict[str, Any]:
    station = one.station
    return {
        "number": number_text(station),
        "name": station.name,
        "host": station.host,
        "zone": zone_name(station.zone),
        "cells": [_cell(each) for each in part.rounds],
    }


def _cell(one: StationRound) -> dict[str, Any]:
    return {
        "closed": one.closed,
        "teams": [
            {
                "label": guest.label,
                "part": team_part(guest),
                "school": guest.school,
                "stays": guest.first < one.number,
            }
            for guest in one.guests
        ],
    }
