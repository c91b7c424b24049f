"""The night of 2019 with its thousand pupils, and the coming one: laid out, hosted, and applied for."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from config.demo.dates import at_clock
from config.demo.files import FOLDER, rows, table, toml
from config.demo.night_bookings import apply_for
from events.access.models import User
from events.municipalities.models import MunicipalCount, Municipality
from events.nights.models import Field, Night, Walk, Wave, Zone
from events.programme.models import Event
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.organisations.models import Organisation
from registrations.schools.models import School, SchoolStatus
from registrations.stations.models import ClosedRound, Station
from surveys.applicants.services import import_applicants
from surveys.figures.services import write_reported

STATUS = {"AKTIV": SchoolStatus.ACTIVE, "UPPHORT": SchoolStatus.CLOSED, "VILANDE": SchoolStatus.RESTING}
PUPILS_2019 = 1000
ROUNDS = 6


def coming_night() -> Event:
    """The next evening for pupils of the story."""
    return Event.objects.get(copied_from__slug="industrinatten-2019")


def add_schools(scale: int, at: datetime) -> list[School]:
    """The schools of schools.csv, ``scale`` times: copies get a number behind the name and a code of their own."""
    towns = {town.name: town for town in Municipality.objects.all()}
    schools = [
        School(
            code=str(int(row["Skolenhetskod"]) + copy * 10_000),
            name=row["Skolenhetsnamn"] + (f" {copy + 1}" if copy else ""),
            municipality=towns[row["Kommun"]],
            types=row["Skolform"],
            status=STATUS[row["Status"]],
            principal=row["Huvudman"],
            added_at=at,
            seen_at=at,
        )
        for copy in range(scale)
        for row in table("schools.csv")
    ]
    School.objects.bulk_create(schools, batch_size=500)
    return [school for school in schools if school.status == SchoolStatus.ACTIVE]


def count_municipalities(year: int) -> None:
    """The rounded numbers that the shares of the coming night are made from."""
    MunicipalCount.objects.bulk_create(
        MunicipalCount(
            municipality_id=code, year=year, population=population, cohort=cohort, source="Avrundade tal för demon"
        )
        for code, (population, cohort) in toml("night.toml")["counts"].items()
    )


def tell_of_2019(event: Event) -> None:
    """What the annual report says about the night: shares without the number of answers behind them."""
    told = next(e for e in toml("events_2019.toml")["events"] if e["slug"] == event.slug)["reported"]
    for share in told["shares"]:
        write_reported(
            event=event,
            finding=share["text"],
            finding_en=share["text_en"],
            percent=Decimal(share["percent"]),
            approximate=True,
            answers=None,
            source=told["source"],
            by=None,
            at=event.ends_at + timedelta(days=90),
        )
    import_applicants(
        content=(FOLDER / "applicants.csv").read_bytes(),
        source="Påhittade tal för demon",
        partial=False,
        at=event.ends_at + timedelta(days=200),
    )
    count_municipalities(2020)


def hold_night_of_2019(event: Event, schools: list[School], scale: int) -> Night:
    """Last time: a thousand pupils from some fifty schools at 34 companies, as they were confirmed."""
    night = _lay_out(event, scale)
    _host(night, (event.registration_opens_at, event.registration_closes_at))
    draw = Random(1022)  # noqa: S311 — the story's dice, not a secret
    window = (night.bookings_open_at, night.bookings_close_at)
    classes = apply_for(night, schools, PUPILS_2019 * scale, draw, window)
    waves = list(night.waves.all())
    room: dict[int, int] = {}
    for school_class in sorted(classes, key=lambda c: -c.pupils):
        wave = max(waves, key=lambda w: room.get(w.pk, w.capacity))
        room[wave.pk] = room.get(wave.pk, wave.capacity) - school_class.pupils
        school_class.state, school_class.wave = ClassState.CONFIRMED, wave
        school_class.told_at = event.starts_at - timedelta(days=14)
        school_class.answered_at = event.starts_at - timedelta(days=9)
        school_class.needs, school_class.diets = {}, {}
    SchoolClass.objects.bulk_update(
        classes, ["state", "wave", "told_at", "answered_at", "needs", "diets"], batch_size=200
    )
    return night


def open_coming_night(event: Event, schools: list[School], scale: int, teacher: User) -> Night:
    """Next time: 34 stations described and placed, and 1 400 pupils who have applied for the 1 000 places."""
    night = _lay_out(event, scale)
    count_municipalities(timezone.localtime(event.starts_at).year - 1)
    now = timezone.now()
    stations = _host(night, (night.bookings_open_at, now - timedelta(days=1)))
    draw = Random(2020)  # noqa: S311 — the story's dice, not a secret
    window = (night.bookings_open_at, now - timedelta(hours=3))
    applied = toml("night.toml")["night"]["applied"] * scale
    apply_for(night, schools, applied, draw, window, stations=stations, teacher=teacher)
    return night


def _lay_out(event: Event, scale: int) -> Night:
    """Admissions, zones with their walks, and fields."""
    told = toml("night.toml")
    day: date = timezone.localtime(event.starts_at).date()
    usual: dict[str, Any] = dict(told["night"])
    closes = at_clock(day - timedelta(days=usual.pop("booking_closes_before_days")), "17:00")
    answers_on = day - timedelta(days=usual.pop("answers_before_days"))
    usual.pop("applied")
    usual["places"] *= scale
    night = Night.objects.create(
        event=event,
        bookings_open_at=min(event.registration_opens_at, closes - timedelta(days=1)),
        bookings_close_at=closes,
        answers_on=answers_on,
        **usual,
    )
    capacity = -(-night.places // len(told["waves"]))
    Wave.objects.bulk_create(
        Wave(night=night, name=w["name"], starts_at=at_clock(day, w["clock"]), capacity=capacity, rounds=ROUNDS)
        for w in told["waves"]
    )
    zones = {z["name"]: Zone.objects.create(night=night, position=n, **z) for n, z in enumerate(told["zones"], 1)}
    for one, others in told["walks"].items():
        for other, minutes in others.items():
            low, high = sorted((zones[one], zones[other]), key=lambda zone: zone.pk)
            Walk.objects.create(one=low, other=high, minutes=minutes)
    Field.objects.bulk_create(
        Field(night=night, name=name, name_en=name_en, position=n)
        for n, (name, name_en) in enumerate(told["fields"], 1)
    )
    return night


def _host(night: Night, window: tuple[datetime, datetime]) -> list[Station]:
    """The companies of night_stations.csv as accepted hosts, each with its station on the map."""
    companies = {
        c.name: c for c in Organisation.objects.filter(name__in=[r["host"] for r in rows("night_stations.csv")])
    }
    profiles = {row["name"]: row for row in rows("companies.csv")}
    fields = {field.name: field for field in night.fields.all()}
    zones = {zone.name: zone for zone in night.zones.all()}
    waves = list(night.waves.all())
    stations = []
    scale = max(1, night.places // 1000)
    for number, row in enumerate(rows("night_stations.csv"), 1):
        company, profile = companies[row["host"]], profiles[row["host"]]
        applied_at = window[0] + (window[1] - window[0]) * number / (len(companies) + 2)
        host = Exhibitor.objects.create(
            event=night.event,
            organisation=company,
            state=State.ACCEPTED,
            profile=profile["profile_sv"],
            field=profile["field"],
            website=profile["website"],
            contact_name=profile["contact_name"],
            contact_email=profile["contact_email"],
            contact_phone=profile["contact_phone"],
            started_at=applied_at,
            applied_at=applied_at,
            decided_at=applied_at + (window[1] - window[0]) / 100,
        )
        stations.append(
            Station(
                night=night,
                host=host,
                number=number,
                kind=row["kind"],
                name=row["name"],
                name_en=row["name_en"],
                text=row["text"],
                field=fields[row["field"]],
                zone=zones[row["zone"]],
                capacity=int(row["capacity"]) * scale,
                duration=int(row["duration"]),
                youngest_grade=int(row["youngest_grade"]) if row["youngest_grade"] else None,
                accessible=row["accessible"] == "ja",
                protective_gear=row["gear"],
                power=row["power"],
                space=row["space"],
            )
        )
    Station.objects.bulk_create(stations)
    # The bakery and the smith rest for a round in the second admission.
    ClosedRound.objects.bulk_create(
        ClosedRound(station=station, wave=waves[1], round=3) for station in (stations[2], stations[-1])
    )
    return stations
