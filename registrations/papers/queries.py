"""Gathers what the papers of an evening print, with as many questions to the database however long the evening."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from events.nights.models import Night, Walk, Wave
from registrations.allocation.division import spread
from registrations.allocation.models import Team, Visit
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from registrations.papers.rows import (
    Admission,
    BusAdmission,
    BusList,
    BusTrip,
    ClassSheet,
    Guest,
    Map,
    StationAdmission,
    StationList,
    StationRound,
    StationRow,
    TeamSheet,
    ZoneRow,
    by_number,
    evening,
)
from registrations.stations.models import ClosedRound, Station
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import TicketState

NO_ZONE = ZoneRow(None, "")


def placed_classes(night: Night) -> QuerySet[SchoolClass]:
    """The classes that have a place at ``night``: by municipality, school, grade and label."""
    return (
        SchoolClass.objects.for_night(night)
        .holding()
        .order_by(
            Collate("booking__school__municipality__name", "swedish"),
            Collate("booking__school__name", "swedish"),
            "grade",
            Collate("label", "swedish"),
            "pk",
        )
    )


def place_map(night: Night) -> Map:
    """The zones, every station (cancelled ones too: a visit may still point at one) and the walks. Three questions."""
    zones = {zone.pk: ZoneRow(zone.pk, zone.name, zone.directions) for zone in night.zones.all()}
    holding = State.holding()
    stations = [
        StationRow(
            pk=station.pk,
            number=station.number,
            name=station.name,
            host=station.host_name,
            zone=zones.get(station.zone_id or 0, NO_ZONE),
            gear=station.protective_gear,
            capacity=station.capacity,
            duration=station.duration,
            running=station.cancelled_at is None and (station.host is None or station.host.state in holding),
        )
        for station in Station.objects.for_night(night).select_related("host__organisation")
    ]
    walks = Walk.objects.filter(one__night=night).values_list("one_id", "other_id", "minutes")
    return Map(
        zones=tuple(zones.values()),
        stations=tuple(sorted(stations, key=by_number)),
        walks={(one, other): minutes for one, other, minutes in walks},
    )


def admissions(night: Night) -> dict[int, Admission]:
    """The night's admissions in order, by primary key, in local time. One question."""
    found = {}
    for wave in Wave.objects.filter(night=night).in_order():
        wave.night = night
        rounds = tuple(
            (timezone.localtime(wave.round_starts_at(number)), timezone.localtime(wave.round_ends_at(number)))
            for number in range(1, wave.rounds + 1)
        )
        found[wave.pk] = Admission(wave.pk, wave.name, timezone.localtime(wave.starts_at), rounds[-1][1], rounds)
    return found


def class_sheets(
    night: Night, classes: QuerySet[SchoolClass], place: Map | None = None, most: int | None = None
) -> list[ClassSheet]:
    """The evening of the first ``most`` of ``classes`` that have a place, in their order.

    Seven questions, four where ``place`` is known already.
    """
    place = place or place_map(night)
    stations = {station.pk: station for station in place.stations}
    waves = admissions(night)
    teams = Team.objects.order_by("number").prefetch_related(Prefetch("visits", Visit.objects.order_by("round")))
    rows = _with_schools(classes).prefetch_related(Prefetch("teams", teams))[:most]
    sheets = []
    for row in rows:
        admission = waves[row.wave_id or 0]
        sheets.append(_class_sheet(row, admission, _team_sheets(row, admission, stations, place)))
    return sheets


def _with_schools(classes: QuerySet[SchoolClass]) -> QuerySet[SchoolClass]:
    placed = classes.filter(wave__isnull=False).defer("reason", "outcome", "score_note")
    return placed.select_related("booking__school__municipality", "ticket")


def _team_sheets(
    row: SchoolClass, admission: Admission, stations: dict[int, StationRow], place: Map
) -> tuple[TeamSheet, ...]:
    teams = list(row.teams.all())
    if not teams:
        return ()
    return tuple(
        TeamSheet(
            number=team.number,
            size=team.size,
            adults=adults,
            wheelchairs=team.wheelchairs,
            stops=evening([(visit.round, stations[visit.station_id]) for visit in team.visits.all()], admission, place),
        )
        for team, adults in zip(teams, spread(row.adults, len(teams)), strict=True)
    )


def _class_sheet(row: SchoolClass, admission: Admission, teams: tuple[TeamSheet, ...] = ()) -> ClassSheet:
    school = row.booking.school
    ticket = getattr(row, "ticket", None)
    valid = ticket if ticket and ticket.state == TicketState.VALID else None
    return ClassSheet(
        pk=row.pk,
        municipality_code=school.municipality_id,
        municipality=school.municipality.name,
        school=school.name,
        label=row.label,
        grade=row.grade,
        pupils=row.pupils,
        adults=row.adults,
        confirmed=row.state == ClassState.CONFIRMED,
        admission=admission,
        needs=_counts(row.needs),
        diets=_counts(row.diets),
        teams=teams,
        address=ticket_url(valid) if valid else "",
        code=spoken(valid.code) if valid else "",
        bus=row.bus,
        phone=row.booking.contact_phone,
    )


def _counts(counts: dict[str, int]) -> dict[str, int]:
    """Only those kinds that somebody counted."""
    return {kind: int(count) for kind, count in (counts or {}).items() if count}


def station_lists(night: Night, only: Iterable[int] | None = None) -> list[StationList]:
    """Who comes to each running station (or to those with the keys ``only``), round by round. Seven questions."""
    place = place_map(night)
    keys = None if only is None else set(only)
    wanted = [station for station in place.stations if station.running and (keys is None or station.pk in keys)]
    waves = admissions(night)
    closed: dict[tuple[int, int], set[int]] = defaultdict(set)
    for station, wave, number in ClosedRound.objects.filter(station__night=night).values_list(
        "station_id", "wave_id", "round"
    ):
        closed[station, wave].add(number)
    guests = _guests(night, {station.pk: station for station in wanted})
    return [
        StationList(
            station,
            tuple(
                _station_admission(waves[wave], guests[station.pk, wave], closed[station.pk, wave]) for wave in waves
            ),
        )
        for station in wanted
    ]


def _station_admission(admission: Admission, guests: list[Guest], closed: set[int]) -> StationAdmission:
    rounds = tuple(
        StationRound(
            number=number,
            starts_at=starts_at,
            ends_at=ends_at,
            guests=tuple(guest for guest in guests if guest.first <= number <= guest.last),
            closed=number in closed,
        )
        for number, (starts_at, ends_at) in enumerate(admission.rounds, start=1)
    )
    return StationAdmission(admission, rounds)


def _guests(night: Night, stations: dict[int, StationRow]) -> dict[tuple[int, int], list[Guest]]:
    """By station and admission, in the order of rounds, then schools and classes. Two questions."""
    visits = list(
        Visit.objects.filter(
            station__in=stations,
            team__school_class__booking__night=night,
            team__school_class__state__in=ClassState.holding(),
        )
        .select_related("team__school_class__booking__school")
        .order_by(
            "round",
            Collate("team__school_class__booking__school__name", "swedish"),
            Collate("team__school_class__label", "swedish"),
            "team__school_class",
            "team__number",
        )
    )
    teams: dict[int, list[int]] = defaultdict(list)
    for school_class, number in (
        Team.objects.filter(school_class__booking__night=night).order_by("number").values_list("school_class", "number")
    ):
        teams[school_class].append(number)
    found: dict[tuple[int, int], list[Guest]] = defaultdict(list)
    for visit in visits:
        team, row = visit.team, visit.team.school_class
        numbers = teams[row.pk]
        found[visit.station_id, row.wave_id or 0].append(
            Guest(
                class_pk=row.pk,
                team=team.number,
                teams=len(numbers),
                school=row.booking.school.name,
                label=row.label,
                grade=row.grade,
                size=team.size,
                adults=spread(row.adults, len(numbers))[numbers.index(team.number)],
                wheelchairs=team.wheelchairs,
                class_needs={kind: count for kind, count in _counts(row.needs).items() if kind != "wheelchair"},
                needs_changed_at=row.needs_changed_at,
                first=visit.round,
                last=visit.round + stations[visit.station_id].duration - 1,
            )
        )
    return found


def bus_lists(night: Night, classes: QuerySet[SchoolClass]) -> list[BusList]:
    """``classes`` by municipality, admission and bus. Two questions: nobody's stations are asked for."""
    waves = admissions(night)
    by_municipality: dict[tuple[str, str], dict[int, dict[str, list[ClassSheet]]]] = {}
    for row in _with_schools(classes):
        sheet = _class_sheet(row, waves[row.wave_id or 0])
        places = by_municipality.setdefault((sheet.municipality_code, sheet.municipality), {})
        places.setdefault(sheet.admission.pk, {}).setdefault(sheet.bus, []).append(sheet)
    return [
        BusList(
            code,
            name,
            tuple(
                BusAdmission(
                    waves[wave], tuple(BusTrip(bus, tuple(trips[bus])) for bus in sorted(trips, key=_bus_order))
                )
                for wave in waves
                if (trips := places.get(wave))
            ),
        )
        for (code, name), places in by_municipality.items()
    ]


def _bus_order(bus: str) -> tuple[bool, int, str]:
    """Bus 2 before bus 10, and those without a bus last."""
    digits = "".join(sign for sign in bus if sign.isdecimal())
    return (not bus, int(digits) if digits else 0, bus)
