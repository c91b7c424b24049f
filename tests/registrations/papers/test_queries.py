"""What the papers are made of, by hand, and with as many questions however long the evening is."""

import pytest

from registrations.allocation.models import Visit
from registrations.bookings.states import ClassState
from registrations.papers import queries
from registrations.papers.rows import (
    BusAdmission,
    BusList,
    BusTrip,
    ClassSheet,
    Guest,
    StationAdmission,
    StationList,
    StationRound,
    Stop,
    Sum,
    TeamSheet,
)
from registrations.stations.models import ClosedRound
from registrations.tickets.addresses import ticket_url
from registrations.tickets.codes import spoken
from registrations.tickets.models import TicketState
from tests import night_factories
from tests.factories import NOW
from tests.registrations.papers.evening import admission_row, make_evening, more_classes, station_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening():
    return make_evening()


def sheets(evening):
    return queries.class_sheets(evening.night, queries.placed_classes(evening.night))


def test_class_sheet_says_what_was_published(evening):
    weld, robot, tent = station_rows(evening)
    admission = admission_row(evening.wave)
    (one, one_end), (two, two_end), (three, three_end), (four, four_end) = admission.rounds

    assert sheets(evening) == [
        ClassSheet(
            pk=evening.placed.pk,
            municipality_code="1281",
            municipality="Lund",
            school="Ängskolan",
            label="9A",
            grade=9,
            pupils=12,
            adults=3,
            confirmed=True,
            admission=admission,
            needs={"wheelchair": 1, "quiet": 2},
            diets={"vegan": 3},
            teams=(
                TeamSheet(
                    1,
                    6,
                    2,
                    1,
                    (
                        Stop(1, 1, one, one_end, weld),
                        Stop(2, 3, two, three_end, robot, walk=4, changes_zone=True),
                        Stop(4, 4, four, four_end),
                    ),
                ),
                TeamSheet(
                    2,
                    6,
                    1,
                    0,
                    (
                        Stop(1, 1, one, one_end, tent),
                        Stop(2, 2, two, two_end),
                        Stop(3, 3, three, three_end, weld, changes_zone=True),
                        Stop(4, 4, four, four_end),
                    ),
                ),
            ),
            address=ticket_url(evening.placed.ticket),
            code=spoken(evening.placed.ticket.code),
            bus="2",
            phone="070-123 45 67",
        )
    ]


def test_station_list_says_who_comes_and_who_stays(evening):
    _weld, robot, _tent = station_rows(evening)
    admission = admission_row(evening.wave)
    ClosedRound.objects.create(station=evening.robot, wave=evening.wave, round=4)
    guest = Guest(evening.placed.pk, 1, 2, "Ängskolan", "9A", 9, 6, 2, 1, {"quiet": 2}, None, 2, 3)
    times = admission.rounds

    (found,) = queries.station_lists(evening.night, [evening.robot.pk])

    assert found == StationList(
        robot,
        (
            StationAdmission(
                admission,
                (
                    StationRound(1, *times[0], ()),
                    StationRound(2, *times[1], (guest,)),
                    StationRound(3, *times[2], (guest,)),
                    StationRound(4, *times[3], (), closed=True),
                ),
            ),
        ),
    )
    assert (found.teams, found.pupils, found.admissions[0].adults) == (1, 6, 2)


def test_bus_list_sums_by_municipality_admission_and_bus(evening):
    other = night_factories.SchoolClassFactory(
        booking=evening.placed.booking, label="9B", pupils=20, state=ClassState.OFFERED, wave=evening.wave, bus="10"
    )

    (found,) = queries.bus_lists(evening.night, queries.placed_classes(evening.night))

    (admission,) = found.admissions
    assert isinstance(found, BusList)
    assert isinstance(admission, BusAdmission)
    assert [(trip.bus, [sheet.pk for sheet in trip.classes]) for trip in admission.trips] == [
        ("2", [evening.placed.pk]),
        ("10", [other.pk]),
    ]
    assert admission.trips[0] == BusTrip("2", admission.trips[0].classes)
    assert Sum.of(found.classes) == Sum(2, 32, 5, 1)


def test_only_classes_with_a_place_are_printed(evening):
    for state in (ClassState.APPLIED, ClassState.WAITING, ClassState.CANCELLED, ClassState.GIVEN_BACK):
        night_factories.SchoolClassFactory(booking=evening.placed.booking, state=state)
    night_factories.SchoolClassFactory(state=ClassState.CONFIRMED, wave=night_factories.WaveFactory())

    assert [sheet.pk for sheet in sheets(evening)] == [evening.placed.pk]


def test_class_that_gave_its_place_back_is_on_no_hosts_list(evening):
    evening.placed.state, evening.placed.wave = ClassState.GIVEN_BACK, None
    evening.placed.save()

    assert [one.teams for one in queries.station_lists(evening.night)] == [0, 0, 0]


def test_cancelled_ticket_has_no_code(evening):
    evening.placed.ticket.state = TicketState.CANCELLED
    evening.placed.ticket.save()

    assert [(sheet.address, sheet.code) for sheet in sheets(evening)] == [("", "")]


def test_cancelled_station_has_no_list_but_its_visits_say_so(evening):
    evening.weld.cancelled_at = NOW
    evening.weld.save()

    assert [one.station.pk for one in queries.station_lists(evening.night)] == [evening.robot.pk, evening.tent.pk]
    assert [stop.station.running for stop in sheets(evening)[0].teams[0].stops if stop.station] == [False, True]


def test_class_without_visits_has_teams_without_stops(evening):
    Visit.objects.all().delete()

    assert [team.stops for team in sheets(evening)[0].teams] == [(), ()]


@pytest.mark.parametrize("more", [0, 2])
def test_class_sheets_ask_seven_questions_however_many(more, evening, django_assert_num_queries):
    more_classes(evening, more)

    with django_assert_num_queries(7):
        assert len(sheets(evening)) == 1 + more


@pytest.mark.parametrize("more", [0, 2])
def test_station_lists_ask_seven_questions_however_many(more, evening, django_assert_num_queries):
    more_classes(evening, more)

    with django_assert_num_queries(7):
        assert len(queries.station_lists(evening.night)) == 3 + more


@pytest.mark.parametrize("more", [0, 2])
def test_bus_lists_ask_two_questions_however_many(more, evening, django_assert_num_queries):
    more_classes(evening, more)

    with django_assert_num_queries(2):
        found = queries.bus_lists(evening.night, queries.placed_classes(evening.night))
        assert sum(len(one.classes) for one in found) == 1 + more
