"""The class sheet: one page that takes a class through its evening."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.look import formats
from events.nights.models import Night
from registrations.bookings.grades import grade_name
from registrations.bookings.needs import Diet, Need
from registrations.papers.rows import ClassSheet, Map, StationRow, Stop, TeamSheet, ZoneRow
from registrations.papers.words import (
    LANGUAGE,
    adults_text,
    classes_text,
    clocks,
    clocks_moved,
    counted,
    listed,
    minutes_text,
    number_text,
    pupils_text,
    teams_text,
    wheelchairs_text,
    zone_name,
)
from registrations.tickets.qr import qr_svg_file

# Above so many lines of stations the sheet is set more tightly; found by measuring sheets (see class-sheets.typ).
TIGHTNESS = (18, 25, 42)
NARROW = 2
WIDE_ENOUGH = 8


def data(
    night: Night, sheets: Sequence[ClassSheet], place: Map, gates: Sequence[str], notes: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """What class-sheets.typ prints. ``notes``: a line more at the foot of a class's sheet, by class (key)."""
    venue = night.event.venue
    title = _("Class sheets")
    if len(sheets) == 1:
        title = f"{_('Class sheet')} · {sheets[0].school} {sheets[0].label}"
    return {
        "title": f"{title} · {night.event.name}",
        "about": classes_text(len(sheets)),
        "labels": _labels(night),
        "venue": {
            "name": venue.name,
            "street": f"{venue.street}, {venue.city}",
            "gates": _("Entrance: %(gates)s") % {"gates": ", ".join(gates)} if gates else "",
        },
        "map": map_data(place),
        "sheets": [_sheet(night, sheet) | {"note": (notes or {}).get(sheet.pk, "")} for sheet in sheets],
    }


def map_data(place: Map) -> dict[str, Any]:
    """The zones as boxes in a row; ``next`` is the walk to the box after. The other walks are told in one line."""
    shown = [station for station in place.stations if station.running]
    zones = list(place.zones)
    boxes = [
        {
            "name": zone.name,
            "directions": zone.directions,
            "stations": [_on_the_map(station) for station in shown if station.zone == zone],
            "next": _walk(place, zone, following),
        }
        for zone, following in zip(zones, [*zones[1:], None], strict=True)
    ]
    homeless = [_on_the_map(station) for station in shown if station.zone.pk is None]
    if homeless:
        boxes.append({"name": _("Other stations"), "directions": "", "stations": homeless, "next": ""})
    pairs = [(one, other) for one, other in combinations(range(len(zones)), 2) if other - one > 1]
    walks = [
        f"{zones[one].name} – {zones[other].name} {minutes_text(place.minutes(zones[one], zones[other]))}"
        for one, other in pairs
        if place.minutes(zones[one], zones[other])
    ]
    return {"zones": boxes, "walks": _("On foot: %(walks)s") % {"walks": listed(walks)} if walks else ""}


def _walk(place: Map, one: ZoneRow, other: ZoneRow | None) -> str:
    minutes = place.minutes(one, other) if other else 0
    return minutes_text(minutes) if minutes else ""


def _on_the_map(station: StationRow) -> dict[str, Any]:
    return {"pk": station.pk, "number": number_text(station), "name": station.name}


def _labels(night: Night) -> dict[str, str]:
    phone = night.desk_phone
    return {
        "sheet": _("Class sheet"),
        "admission": _("Admission"),
        "ends": _("Ends"),
        "who": _("Pupils + adults"),
        "where": _("Where"),
        "time": _("Time"),
        "number": _("No."),
        "station": _("Station"),
        "no_visits": _("The stations are not decided yet. Download a new sheet before the evening."),
        "no_ticket": _("There is no valid ticket. Ask at the desk."),
        "unconfirmed": _("The place is not confirmed yet: answer on your page."),
        "map": _("Where the stations are"),
        "map_note": _("Filled numbers: stations that the class visits."),
        "gear": _("What to wear"),
        "no_gear": _("Ordinary clothes and shoes to walk in. No station asks for anything else."),
        "gear_note": _("Shoes to walk in. Besides that:"),
        "diets": _("Food ordered"),
        "no_diets": _("No special diets."),
        "needs": _("Access arranged"),
        "no_needs": _("Nothing asked for."),
        "change": _("If something changes"),
        "late": _("Late?"),
        "late_text": _("Call the desk. Come in all the same and join the round that is on."),
        "fewer": _("Fewer?"),
        "fewer_text": _("Say how many you are when the code is read at the door."),
        "more": _("More?"),
        "more_text": _("The door sees how many there is room for. Before the evening: change the number on your page."),
        "desk": _("The desk"),
        "desk_value": phone or night.event.contact_email,
        "adults_note": _("Adults are spread evenly over the teams. Do otherwise if it suits you better."),
    }


def _sheet(night: Night, sheet: ClassSheet) -> dict[str, Any]:
    code = sheet.code
    day = sheet.admission.starts_at
    same_day = day.date() == timezone.localtime(night.event.starts_at).date()
    return {
        "school": sheet.school,
        "label": sheet.label,
        "line": listed(
            [capfirst(grade_name(sheet.grade)), sheet.municipality, f"{_('Bus')} {sheet.bus}" if sheet.bus else ""],
        ),
        "code": code,
        "qr": qr_svg_file(sheet.address) if sheet.address else "",
        "alt": _("QR code of the class's ticket, %(code)s") % {"code": code},
        "confirmed": sheet.confirmed,
        "starts": formats.clock(day, LANGUAGE),
        "admission": listed([sheet.admission.name, "" if same_day else formats.weekday(day, LANGUAGE)]),
        "ends": formats.clock(sheet.admission.ends_at, LANGUAGE),
        "ends_note": clocks_moved(sheet.admission),
        "heads": f"{sheet.pupils} + {sheet.adults}",
        "teams_text": teams_text(len(sheet.teams)) if sheet.teams else "",
        "teams": [_team(team) for team in sheet.teams],
        "columns": team_columns(sheet),
        "tightness": tightness(sheet),
        "visited": [station.pk for station in sheet.stations],
        "gear": gear(sheet),
        "diets": counted(sheet.diets, Diet),
        "needs": counted(sheet.needs, Need),
    }


def gear(sheet: ClassSheet) -> list[dict[str, Any]]:
    """What to wear: stations that ask for the same stand together."""
    numbers: dict[str, list[str]] = {}
    for station in sheet.stations:
        if station.gear and station.running:
            numbers.setdefault(station.gear, []).append(number_text(station))
    return [{"numbers": found, "text": text} for text, found in numbers.items()]


def team_columns(sheet: ClassSheet) -> int:
    """How many teams stand side by side."""
    if len(sheet.teams) in (3, 5, 6) and all(len(team.stops) <= WIDE_ENOUGH for team in sheet.teams):
        return 3
    return min(len(sheet.teams), 2) or 1


def tightness(sheet: ClassSheet) -> int:
    """A guess at how tightly the sheet must be set, from 0: the template tries from there on, and trying costs time.

    Counted in lines: three for a station, one more for a walk, one for a break; a narrow column takes a quarter more.
    """
    columns = team_columns(sheet)
    lines = [sum(1 if stop.station is None else 3 + stop.changes_zone for stop in team.stops) for team in sheet.teams]
    height = sum(max(lines[start : start + columns]) for start in range(0, len(lines), columns))
    if columns > NARROW:
        height = height * 5 // 4
    return sum(height > limit for limit in TIGHTNESS)


def _team(team: TeamSheet) -> dict[str, Any]:
    return {
        "name": _("Team %(number)s") % {"number": team.number},
        "line": listed(
            [
                pupils_text(team.size),
                adults_text(team.adults) if team.adults else "",
                wheelchairs_text(team.wheelchairs) if team.wheelchairs else "",
            ]
        ),
        "stops": [_stop(stop) for stop in team.stops],
    }


def _stop(stop: Stop) -> dict[str, Any]:
    station = stop.station
    time = clocks(stop.starts_at, stop.ends_at)
    if station is None:
        return {"time": time, "free": _("No station: a break")}
    return {
        "time": time,
        "starts": formats.clock(stop.starts_at, LANGUAGE),
        "ends": formats.clock(stop.ends_at, LANGUAGE),
        "free": "",
        "number": number_text(station),
        "name": station.name,
        "place": listed([station.host, zone_name(station.zone)]),
        "hint": "" if station.running else _("Closed: ask at the desk"),
        "walk": _walk_hint(stop, station),
    }


def _walk_hint(stop: Stop, station: StationRow) -> str:
    """The way there, when it leads into another zone and takes time: a few steps need no telling."""
    if not stop.changes_zone or not stop.walk:
        return ""
    return _("Walk %(minutes)s min to %(zone)s") % {"minutes": stop.walk, "zone": station.zone.name}
