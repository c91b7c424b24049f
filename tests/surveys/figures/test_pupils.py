"""A night's numbers, by hand: 350 000 kr for 1 000 pupils is 350 kr each."""

import pytest

from registrations.bookings.states import ClassState
from registrations.tickets.services import issue_class_ticket
from surveys.figures.pupils import Pupils, kronor_each, numbers_of_nights
from surveys.figures.queries import counts_of_events
from surveys.figures.turnouts import Turnout
from tests import factories, night_factories
from tests.door_factories import let_in
from tests.factories import NOW


@pytest.mark.parametrize(
    ("kronor", "pupils", "each"),
    [
        (350_000, 1000, 350),
        (350_000, 900, 389),
        (350_000, 800, 438),
        (1, 2, 1),
        (0, 5, 0),
        (350_000, 0, None),
        (None, 1000, None),
        (350_000, None, None),
    ],
)
def test_cost_per_pupil_is_whole_kronor_rounded_half_up(kronor, pupils, each):
    assert kronor_each(kronor, pupils) == each


@pytest.fixture
def night(db):
    """Malmö has a class that came, one that has not answered and one that cancelled; Lund gave its place back."""
    night = night_factories.NightFactory(co_financing=10_000)
    wave = night_factories.WaveFactory(night=night)
    malmo = night_factories.SchoolFactory(municipality_id="1280")
    lund = night_factories.SchoolFactory(municipality_id="1281")
    booking = night_factories.BookingFactory(night=night, school=malmo)
    made = night_factories.SchoolClassFactory
    came = made(booking=booking, pupils=20, state=ClassState.CONFIRMED, wave=wave)
    made(booking=booking, pupils=10, state=ClassState.OFFERED, wave=wave)
    made(booking=booking, pupils=30, state=ClassState.CANCELLED)
    made(booking=night_factories.BookingFactory(night=night, school=lund), pupils=7, state=ClassState.GIVEN_BACK)
    night.came = came
    return night


def scan(night, heads: int) -> None:
    let_in(issue_class_ticket(school_class=night.came, at=NOW), heads=heads)


def test_numbers_are_told_by_stage_and_municipality(night):
    numbers = numbers_of_nights([night.event_id])[night.event_id]

    assert numbers.all == Pupils(booked=37, placed=30, confirmed=20, arrived=None)
    assert numbers.by_municipality == {
        "1280": Pupils(booked=30, placed=30, confirmed=20),
        "1281": Pupils(booked=7, placed=None, confirmed=None),
    }


def test_cost_is_for_the_confirmed_until_the_door_has_counted(night):
    assert numbers_of_nights([night.event_id])[night.event_id].cost_per_pupil == 500

    scan(night, heads=16)

    numbers = numbers_of_nights([night.event_id])[night.event_id]
    assert (numbers.all.arrived, numbers.cost_base, numbers.cost_per_pupil) == (16, "arrived", 625)


def test_turnouts_are_of_the_confirmed_and_of_all_that_were_applied_for(night):
    before = numbers_of_nights([night.event_id])[night.event_id]
    scan(night, heads=16)

    numbers = numbers_of_nights([night.event_id])[night.event_id]
    counts = counts_of_events([night.event], at=NOW)

    assert (before.all.turnouts, before.all.came_of_confirmed) == ((), None)
    assert numbers.all.turnouts == (Turnout("confirmed", 16, 20), Turnout("booked", 16, 37))
    assert numbers.by_municipality["1280"].came_of_confirmed == 0.8
    assert numbers.by_municipality["1281"].came_of_confirmed is None
    assert counts[night.event_id, "arrived"].turnouts == numbers.all.turnouts


def test_a_draft_booking_counts_nowhere(night):
    draft = night_factories.BookingFactory(night=night, state="draft", sent_at=None)
    night_factories.SchoolClassFactory(booking=draft, pupils=50)

    assert numbers_of_nights([night.event_id])[night.event_id].all.booked == 37


def test_counts_of_a_night_are_its_own_and_a_fair_keeps_its(night):
    fair = factories.EventFactory()

    counts = counts_of_events([night.event, fair], at=NOW)

    assert [key for pk, key in counts if pk == fair.pk] == ["exhibitors", "returning", "municipalities", "attendance"]
    assert {key: counts[night.event_id, key].value for pk, key in counts if pk == night.event_id} == {
        "exhibitors": None,
        "returning": None,
        "municipalities": None,
        "booked": 37,
        "placed": 30,
        "confirmed": 20,
        "arrived": None,
        "pupil_cost": 500,
    }
    cost = counts[night.event_id, "pupil_cost"]
    assert (cost.unit, cost.parts) == ("kronor", (("co_financing", 10_000), ("confirmed", 20)))


def test_counts_take_as_many_queries_for_three_nights_as_for_one(night, django_assert_num_queries):
    others = [night_factories.NightFactory().event for _ in range(2)]

    for events in ([night.event], [night.event, *others]):
        with django_assert_num_queries(5):
            counts_of_events(events, at=NOW)
