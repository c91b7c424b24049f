"""From the rows of a night to what the solver reads: ``alloc.schools/1``.

Ids lead back to the rows: groups ``c<pk>``, their teams ``c<pk>-<n>``, stations ``s<pk>``, waves ``w<pk>``, zones
``z<pk>``, municipalities by code and schools by school unit code.
"""

from collections import defaultdict
from typing import Any

from events.nights.models import FirstAim, Night, Walk, Wave, Zone
from registrations.allocation.bases import Share, demand_of, refuse_missing, shares_of
from registrations.allocation.division import divide
from registrations.allocation.solver.problem import FORMAT
from registrations.bookings.duplicates import key_of
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.stations.models import Station

USUAL_MOTIVATION = 50
"""A reason that nobody has read counts as one in the middle: it neither helps nor harms."""

Wished = defaultdict[tuple[bool, int | None], list[int]]
"""Keys of stations by what is wished for: whether it is a station (otherwise a field), and its key."""

ORDERS = {
    FirstAim.SCHOOLS: ["schools", "municipalities", "places", "motivation"],
    FirstAim.MUNICIPALITIES: ["municipalities", "schools", "places", "motivation"],
}


def build_instance(night: Night) -> dict[str, Any]:
    """The bookings, stations and rules of ``night`` as they stand now, in a constant number of queries.

    A wish for a field is a tier of its stations; stations that do not run, or have no zone yet, are left out. A class
    that has named no time can come at any. Raises CountsMissing.
    """
    classes = wanting_classes(night)
    waves = list(Wave.objects.filter(night=night).in_order())
    stations = running_stations(night)
    wished = _by_wish(stations)
    zones = list(Zone.objects.filter(night=night))
    places = places_of(night, waves)
    shares = shares_of(night, demand_of(classes), places)
    refuse_missing(shares)
    return {
        "format": FORMAT,
        "name": night.event.slug,
        "rules": {
            "places": night.places,
            "visits_per_team": night.visits_per_team,
            "round_minutes": night.round_minutes,
            "transition_minutes": night.transition_minutes,
            "share_basis": night.share_basis,
            "order": ORDERS[FirstAim(night.first_aim)],
        },
        "walk_minutes": _walk_minutes(zones),
        "waves": [{"id": wave_id(row), "capacity": row.capacity, "rounds": row.rounds} for row in waves],
        "municipalities": [_municipality(row) for row in shares],
        "schools": _schools(classes),
        "groups": [_group(row, waves, wished, night.team_size) for row in classes],
        "stations": [station_as_json(row) for row in stations],
    }


def wanting_classes(night: Night) -> list[SchoolClass]:
    """Those that take part, in the order in which they applied; with school, wishes and times at hand."""
    rows = SchoolClass.objects.for_night(night).wanting().select_related("booking__school__municipality")
    return list(rows.prefetch_related("possible_waves", "wishes", "teams").order_by("booking__sent_at", "pk"))


def running_stations(night: Night) -> list[Station]:
    rows = Station.objects.for_night(night).running().placed().select_related("host__organisation", "field")
    return list(rows.prefetch_related("closed_rounds").order_by("pk"))


def places_of(night: Night, waves: list[Wave]) -> int:
    """What can be given out: the places, but no more than fit in the admissions."""
    return min(night.places, sum(row.capacity for row in waves))


def group_id(row: SchoolClass) -> str:
    return f"c{row.pk}"


def wave_id(row: Wave) -> str:
    return f"w{row.pk}"


def station_id(row: Station) -> str:
    return f"s{row.pk}"


def pk_of(ident: str) -> int:
    """The primary key in ``c12``, ``s3``, ``w4`` or the class's in ``c12-2``."""
    return int(ident[1:].split("-")[0])


def motivation_of(row: SchoolClass) -> int:
    return USUAL_MOTIVATION if row.score is None else row.score


def _municipality(row: Share) -> dict[str, Any]:
    return {
        "id": row.municipality.code,
        "name": row.municipality.name,
        "population": row.basis or 0,
        "demand": row.demand,
        "target": row.target or 0,
    }


def _schools(classes: list[SchoolClass]) -> list[dict[str, Any]]:
    points = defaultdict(list)
    schools = {}
    for row in classes:
        schools[row.booking.school.code] = row.booking.school
        points[row.booking.school.code].append(motivation_of(row))
    return [
        {
            "id": code,
            "name": school.name,
            "municipality": school.municipality_id,
            "motivation": round(sum(points[code]) / len(points[code])),
        }
        for code, school in sorted(schools.items())
    ]


def _group(row: SchoolClass, waves: list[Wave], wished: Wished, team_size: int) -> dict[str, Any]:
    ident = group_id(row)
    school = row.booking.school
    possible = {wave.pk for wave in row.possible_waves.all()} or {wave.pk for wave in waves}
    possible.add(row.wave_id or 0)  # where it was moved to, it can come
    applied_at = row.booking.sent_at or row.booking.started_at
    return {
        "id": ident,
        "school": school.code,
        "class": _class_name(row),
        "grade": row.grade,
        "size": row.pupils,
        "adults": row.adults,
        "teams": [
            {"id": f"{ident}-{number}", "size": size, "wheelchair": wheelchairs > 0}
            for number, size, wheelchairs in _teams(row, team_size)
        ],
        "waves": [wave_id(wave) for wave in waves if wave.pk in possible],
        "bus": f"{school.municipality_id} {key_of(row.bus)}" if row.bus.strip() else None,
        "motivation": motivation_of(row),
        "applied_at": applied_at.isoformat(),
        "preferences": _tiers(row, wished),
    }


def _class_name(row: SchoolClass) -> str:
    """What says that two bookings mean the same class, which then comes once; its teacher may have said otherwise."""
    key = key_of(row.label, row.grade) or row.label
    return f"{key} ({row.pk})" if row.beside_twin else key


def _teams(row: SchoolClass, team_size: int) -> list[tuple[int, int, int]]:
    """Number, pupils and wheelchairs. A placed class keeps the teams that it was told of; others are divided."""
    told = [(team.number, team.size, team.wheelchairs) for team in row.teams.all()]
    if row.state in ClassState.holding() and sum(size for _, size, _ in told) == row.pupils:
        return told
    divided = divide(row.pupils, min(row.wheelchairs, row.pupils), team_size)
    return [(number, size, chairs) for number, (size, chairs) in enumerate(divided, start=1)]


def _by_wish(stations: list[Station]) -> Wished:
    """The keys of the stations that meet a wish for one station, and for any of a field's."""
    found: Wished = defaultdict(list)
    for station in stations:
        found[True, station.pk].append(station.pk)
        found[False, station.field_id].append(station.pk)
    return found


def _tiers(row: SchoolClass, wished: Wished) -> list[list[str]]:
    """The class's wishes, best first. A station counts where it is first named; a wish that nobody can meet is left out."""
    tiers, seen = [], set()
    for wish in sorted(row.wishes.all(), key=lambda wish: wish.rank):
        tier = [pk for pk in wished[bool(wish.station_id), wish.station_id or wish.field_id] if pk not in seen]
        seen.update(tier)
        if tier:
            tiers.append([f"s{pk}" for pk in tier])
    return tiers


def station_as_json(row: Station) -> dict[str, Any]:
    return {
        "id": station_id(row),
        "company": row.host_name,
        "field": row.field.name if row.field else "",
        "zone": f"z{row.zone_id}",
        "capacity": row.capacity,
        "duration": row.duration,
        "accessible": row.accessible,
        "min_grade": row.youngest_grade or 0,
        "closed": [[f"w{closed.wave_id}", closed.round] for closed in row.closed_rounds.all()],
    }


def _walk_minutes(zones: list[Zone]) -> dict[str, dict[str, int]]:
    pks = [row.pk for row in zones]
    found = {f"z{one}": {f"z{other}": 0 for other in pks} for one in pks}
    for walk in Walk.objects.filter(one__in=pks, other__in=pks):
        found[f"z{walk.one_id}"][f"z{walk.other_id}"] = walk.minutes
        found[f"z{walk.other_id}"][f"z{walk.one_id}"] = walk.minutes
    return found
