"""A small evening whose papers can be worked out by hand.

Admission 17.00 (10 minutes of welcome, rounds of 15 with 5 between): rounds 17.10–17.25, 17.30–17.45, 17.50–18.05,
18.10–18.25. Hall and yard are 4 minutes apart. Station 1 stands in the hall, station 2 in the yard and takes two
rounds, the tent has neither zone nor number.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from events.nights.models import Night, Walk, Wave, Zone
from registrations.allocation.division import divide
from registrations.allocation.models import Team, Visit
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from registrations.papers.rows import Admission, StationRow, ZoneRow
from registrations.stations.models import Station
from registrations.tickets.services import issue_class_ticket
from tests import factories, night_factories
from tests.factories import NOW


@dataclass
class Evening:
    night: Night
    wave: Wave
    hall: Zone
    yard: Zone
    weld: Station
    robot: Station
    tent: Station
    placed: SchoolClass


def make_evening() -> Evening:
    """9A of Ängskolan in Lund: 12 pupils, 3 adults, two teams; team 1 is at 1, then 2; team 2 at the tent, then 1."""
    night = night_factories.NightFactory(event__name="Industrinatten", event__slug="natten")
    wave = night_factories.WaveFactory(night=night, name="Insläpp 1", rounds=4)
    hall = night_factories.ZoneFactory(night=night, name="Hallen", directions="Rakt fram.")
    yard = night_factories.ZoneFactory(night=night, name="Gården")
    Walk.objects.create(one=hall, other=yard, minutes=4)
    host = factories.ExhibitorFactory(event=night.event, organisation__name="Svetsarna AB", state=State.ACCEPTED)
    weld = night_factories.StationFactory(
        night=night, host=host, name="Svetsa", zone=hall, number=1, protective_gear="Skyddsglasögon"
    )
    robot = night_factories.StationFactory(night=night, name="Robot", zone=yard, number=2, duration=2)
    tent = night_factories.StationFactory(night=night, name="Tältet", zone=None)
    booking = night_factories.BookingFactory(night=night, school__name="Ängskolan")
    placed = night_factories.SchoolClassFactory(
        booking=booking,
        label="9A",
        pupils=12,
        adults=3,
        state=ClassState.CONFIRMED,
        wave=wave,
        bus="2",
        needs={"wheelchair": 1, "quiet": 2, "sight": 0},
        diets={"vegan": 3},
    )
    issue_class_ticket(school_class=placed, at=NOW)
    first = Team.objects.create(school_class=placed, number=1, size=6, wheelchairs=1)
    second = Team.objects.create(school_class=placed, number=2, size=6)
    Visit.objects.create(team=first, station=weld, round=1)
    Visit.objects.create(team=first, station=robot, round=2)
    Visit.objects.create(team=second, station=tent, round=1)
    Visit.objects.create(team=second, station=weld, round=3)
    return Evening(night, wave, hall, yard, weld, robot, tent, placed)


def more_classes(evening: Evening, count: int) -> None:
    """``count`` other classes with a team each at a station of their own, so that every list gets longer."""
    for _ in range(count):
        row = night_factories.SchoolClassFactory(
            booking__night=evening.night, state=ClassState.OFFERED, wave=evening.wave
        )
        issue_class_ticket(school_class=row, at=NOW)
        station = night_factories.StationFactory(night=evening.night)
        Visit.objects.create(team=night_factories.TeamFactory(school_class=row), station=station, round=1)


def admission_row(wave: Wave) -> Admission:
    """The admission as the papers know it, worked out from its times on the clock."""
    clocks = [(10, 25), (30, 45), (50, 65), (70, 85)]
    rounds = tuple(
        (wave.starts_at + timedelta(minutes=start), wave.starts_at + timedelta(minutes=end)) for start, end in clocks
    )
    return Admission(wave.pk, wave.name, wave.starts_at, rounds[-1][1], rounds)


def station_rows(evening: Evening) -> tuple[StationRow, StationRow, StationRow]:
    hall, yard = ZoneRow(evening.hall.pk, "Hallen", "Rakt fram."), ZoneRow(evening.yard.pk, "Gården")
    return (
        StationRow(evening.weld.pk, 1, "Svetsa", "Svetsarna AB", hall, "Skyddsglasögon", 20),
        StationRow(evening.robot.pk, 2, "Robot", "", yard, "", 20, 2),
        StationRow(evening.tent.pk, None, "Tältet", "", ZoneRow(None, ""), "", 20),
    )


def make_full_evening(classes: int = 60) -> Night:
    """An evening as large as the real one: 34 hosted stations in four zones, four admissions, four visits a team.

    Not every rule of the allocation is kept: it is for measuring and for looking.
    """
    night = night_factories.NightFactory(event__slug="natten-full", visits_per_team=4, team_size=9)
    waves = [
        night_factories.WaveFactory(
            night=night, starts_at=night_factories.EVENING + timedelta(minutes=65 * n), rounds=6
        )
        for n in range(4)
    ]
    zones = [night_factories.ZoneFactory(night=night, directions="Rakt fram från entrén.") for _ in range(4)]
    for one, other in combinations(zones, 2):
        Walk.objects.create(one=one, other=other, minutes=other.pk - one.pk)
    stations = [
        night_factories.StationFactory(
            night=night,
            number=number,
            zone=zones[(number - 1) * 4 // 34],
            field=None,
            name=f"Prova på industriyrke nummer {number}",
            protective_gear="Skyddsglasögon" if number % 7 == 0 else "",
            host=factories.ExhibitorFactory(
                event=night.event,
                organisation__organisation_number=None,
                state=State.ACCEPTED,
            ),
        )
        for number in range(1, 35)
    ]
    schools = [night_factories.SchoolFactory(code=f"{99000000 + n}") for n in range(30)]
    for n in range(classes):
        row = night_factories.SchoolClassFactory(
            booking=night_factories.BookingFactory(night=night, school=schools[n % 30]),
            pupils=18 + n % 13,
            state=ClassState.CONFIRMED,
            wave=waves[n % 4],
            needs={"quiet": 1} if n % 5 == 0 else {},
            diets={"vegetarian": 2, "gluten": 1},
        )
        issue_class_ticket(school_class=row, at=NOW)
        for number, (size, _wheelchairs) in enumerate(divide(row.pupils, 0, night.team_size), start=1):
            team = Team.objects.create(school_class=row, number=number, size=size)
            first = (n * 7 + number * 5) % 34
            Visit.objects.bulk_create(
                Visit(team=team, station=stations[(first + 9 * place) % 34], round=place + 1 + number % 3)
                for place in range(4)
            )
    return night
