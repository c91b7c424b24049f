"""What the solver reads is what the rows say."""

from datetime import timedelta

import pytest

from events.municipalities.models import MunicipalCount
from events.nights.models import FirstAim, ShareBasis, Walk
from registrations.allocation.bases import CountsMissing
from registrations.allocation.instances import build_instance
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.bookings.models import Wish
from registrations.bookings.states import BookingState, ClassState
from registrations.stations.models import ClosedRound
from tests.factories import NOW
from tests.night_factories import (
    BookingFactory,
    NightFactory,
    SchoolClassFactory,
    StationFactory,
    TeamFactory,
    WaveFactory,
    ZoneFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    night = NightFactory(places=100, share_basis=ShareBasis.EQUAL, team_size=9)
    WaveFactory(night=night, capacity=60, rounds=5)
    WaveFactory(night=night, capacity=60, rounds=4, starts_at=night.event.starts_at + timedelta(hours=2))
    return night


def test_instance_is_what_the_solver_reads(night):
    station = StationFactory(night=night, capacity=12)
    row = SchoolClassFactory(booking__night=night, pupils=26, needs={"wheelchair": 1}, score=80, label="9 a")
    Wish.objects.create(school_class=row, rank=1, station=station)

    instance = SchoolsInstance.from_json(build_instance(night))

    (group,) = instance.groups
    assert group.id == f"c{row.pk}"
    assert group.class_name == "9a"
    assert [(team.size, team.wheelchair) for team in group.teams] == [(9, True), (9, False), (8, False)]
    assert group.motivation == 80
    assert group.applied_at == row.booking.sent_at.isoformat()
    assert group.points == {f"s{station.pk}": 1}
    assert instance.rules.order == ("schools", "municipalities", "places", "motivation")
    assert instance.municipality_of(group) == "1281"
    assert instance.municipality["1281"].target == 26


def test_instance_has_only_those_that_want_places(night):
    SchoolClassFactory(booking__night=night, state=ClassState.CANCELLED)
    SchoolClassFactory(booking__night=night, state=ClassState.GIVEN_BACK)
    SchoolClassFactory(booking__night=night, booking__state=BookingState.DRAFT, booking__sent_at=None)
    SchoolClassFactory()
    waiting = SchoolClassFactory(booking__night=night, state=ClassState.WAITING)

    assert [group["id"] for group in build_instance(night)["groups"]] == [f"c{waiting.pk}"]


def test_instance_has_only_stations_that_run_and_stand_somewhere(night):
    there = StationFactory(night=night, youngest_grade=10)
    StationFactory(night=night, zone=None)
    StationFactory(night=night, cancelled_at=NOW)

    (station,) = build_instance(night)["stations"]

    assert station["id"] == f"s{there.pk}"
    assert station["min_grade"] == 10
    assert station["zone"] == f"z{there.zone_id}"


def test_instance_makes_a_wish_for_a_field_a_tier_of_its_stations(night):
    dear, one = StationFactory(night=night), StationFactory(night=night)
    other = StationFactory(night=night, field=one.field)
    gone = StationFactory(night=night, cancelled_at=NOW)
    row = SchoolClassFactory(booking__night=night)
    for rank, wish in enumerate([{"station": one}, {"station": gone}, {"field": one.field}, {"station": dear}], 1):
        Wish.objects.create(school_class=row, rank=rank, **wish)

    (group,) = build_instance(night)["groups"]

    assert group["preferences"] == [[f"s{one.pk}"], [f"s{other.pk}"], [f"s{dear.pk}"]]


def test_instance_lets_a_class_without_a_time_come_at_any(night):
    first, second = night.waves.all()
    anytime = SchoolClassFactory(booking__night=night)
    late = SchoolClassFactory(booking__night=night)
    late.possible_waves.set([second])

    waves = {group["id"]: group["waves"] for group in build_instance(night)["groups"]}

    assert waves == {f"c{anytime.pk}": [f"w{first.pk}", f"w{second.pk}"], f"c{late.pk}": [f"w{second.pk}"]}


def test_instance_has_walks_both_ways_and_closed_rounds(night):
    one, other = ZoneFactory(night=night), ZoneFactory(night=night)
    Walk.objects.create(one=one, other=other, minutes=7)
    station = StationFactory(night=night, zone=one)
    ClosedRound.objects.create(station=station, wave=night.waves.first(), round=2)

    instance = build_instance(night)

    zones = instance["walk_minutes"]
    assert zones[f"z{one.pk}"] == {f"z{one.pk}": 0, f"z{other.pk}": 7}
    assert zones[f"z{other.pk}"][f"z{one.pk}"] == 7
    assert instance["stations"][0]["closed"] == [[f"w{night.waves.first().pk}", 2]]


def test_instance_tells_buses_of_two_municipalities_apart(night):
    booking = BookingFactory(night=night)
    SchoolClassFactory(booking=booking, bus=" buss 1")
    SchoolClassFactory(booking=booking, bus="Buss 1")
    SchoolClassFactory(booking=booking)

    assert [group["bus"] for group in build_instance(night)["groups"]] == ["1281 buss1", "1281 buss1", None]


def test_instance_says_that_two_bookings_mean_one_class_unless_their_teacher_says_otherwise(night):
    booking = BookingFactory(night=night)
    SchoolClassFactory(booking=booking, label="9 a")
    SchoolClassFactory(booking=booking, label="Klass 9A")
    twin = SchoolClassFactory(booking=booking, label="9A", beside_twin=True)

    assert [group["class"] for group in build_instance(night)["groups"]] == ["9a", "9a", f"9a ({twin.pk})"]


def test_instance_counts_an_unread_reason_as_one_in_the_middle(night):
    booking = BookingFactory(night=night)
    SchoolClassFactory(booking=booking, score=None)
    SchoolClassFactory(booking=booking, score=81)

    instance = build_instance(night)

    assert [group["motivation"] for group in instance["groups"]] == [50, 81]
    assert instance["schools"][0]["motivation"] == 66


def test_instance_takes_the_latest_count_until_the_evenings_year(night):
    night.share_basis = ShareBasis.COHORT
    SchoolClassFactory(booking__night=night)
    for year, cohort in ((2025, 1400), (2027, 1500), (2028, 9999)):
        MunicipalCount.objects.update_or_create(municipality_id="1281", year=year, defaults={"cohort": cohort})

    lund = {row["id"]: row for row in build_instance(night)["municipalities"]}["1281"]

    assert (lund["population"], lund["demand"], lund["target"]) == (1500, 20, 20)


def test_instance_names_the_municipalities_whose_number_is_missing(night):
    MunicipalCount.objects.all().delete()
    night.share_basis = ShareBasis.POPULATION
    SchoolClassFactory(booking__night=night)

    with pytest.raises(CountsMissing) as refusal:
        build_instance(night)

    assert refusal.value.facts == {"municipalities": "Lund"}


def test_instance_puts_municipalities_first_when_the_night_does(night):
    night.first_aim = FirstAim.MUNICIPALITIES

    assert SchoolsInstance.from_json(build_instance(night)).rules.municipalities_first


def test_instance_of_an_empty_night_is_readable():
    instance = SchoolsInstance.from_json(build_instance(NightFactory(share_basis=ShareBasis.EQUAL)))

    assert instance.groups == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_instance_needs_the_same_queries_for_one_class_and_three(night, rows, django_assert_num_queries):
    for _ in range(rows):
        station = StationFactory(night=night)
        row = SchoolClassFactory(booking__night=night)
        Wish.objects.create(school_class=row, rank=1, station=station)
        row.possible_waves.set(night.waves.all())

    with django_assert_num_queries(11):
        build_instance(night)


def test_a_placed_class_keeps_the_teams_and_the_time_that_it_was_told_of(night):
    """12 and 9 pupils were told; 21 in teams of ten would be three teams of seven."""
    told = SchoolClassFactory(booking__night=night, pupils=21, state="confirmed", wave=WaveFactory(night=night))
    TeamFactory(school_class=told, number=1, size=12)
    TeamFactory(school_class=told, number=3, size=9)
    told.possible_waves.set(night.waves.exclude(pk=told.wave_id)[:1])

    group = build_instance(night)["groups"][0]

    assert [(team["id"], team["size"]) for team in group["teams"]] == [(f"c{told.pk}-1", 12), (f"c{told.pk}-3", 9)]
    assert f"w{told.wave_id}" in group["waves"]
