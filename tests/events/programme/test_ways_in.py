"""What is open to whom, and until when."""

from datetime import timedelta

import pytest

from events.programme.models import Event, EventState
from events.programme.ways_in import Phase, ways_in
from tests import factories, night_factories

SECOND = timedelta(seconds=1)


@pytest.fixture
def fair() -> Event:
    """A published fair that was never stored."""
    return factories.EventFactory.build()


def phases(event: Event, at) -> dict[str, Phase]:
    return {way.key: way.phase for way in ways_in(event, at)}


def test_fair_before_registration_opens_is_closed_to_both_and_says_when(fair):
    ways = ways_in(fair, fair.registration_opens_at - SECOND)

    assert [(way.key, way.phase, way.until) for way in ways] == [
        ("exhibit", Phase.NOT_OPEN, fair.registration_opens_at),
        ("visit", Phase.NOT_OPEN, fair.registration_opens_at),
    ]


def test_fair_in_its_window_is_open_to_companies_until_it_closes_and_to_visitors_until_the_end(fair):
    ways = ways_in(fair, fair.registration_opens_at)

    assert [(way.key, way.phase, way.until) for way in ways] == [
        ("exhibit", Phase.OPEN, fair.registration_closes_at),
        ("visit", Phase.OPEN, fair.ends_at),
    ]


def test_fair_after_its_window_is_open_to_visitors_only(fair):
    assert phases(fair, fair.registration_closes_at) == {"exhibit": Phase.CLOSED, "visit": Phase.OPEN}


def test_fair_that_has_ended_is_over(fair):
    assert phases(fair, fair.ends_at) == {"exhibit": Phase.OVER, "visit": Phase.OVER}


@pytest.mark.parametrize(
    ("state", "phase"), [(EventState.DRAFT, Phase.NOT_ANNOUNCED), (EventState.CANCELLED, Phase.CANCELLED)]
)
def test_draft_and_cancelled_fairs_are_open_to_nobody(fair, state, phase):
    fair.state = state

    assert phases(fair, factories.NOW) == {"exhibit": phase, "visit": phase}


def test_way_in_agrees_with_the_models_own_answer(fair):
    for at in (fair.registration_opens_at - SECOND, factories.NOW, fair.registration_closes_at, fair.ends_at):
        exhibit, visit = ways_in(fair, at)
        assert (exhibit.is_open, visit.is_open) == (fair.registration_is_open(at), fair.visitors_may_sign_up(at))


def test_evening_is_for_companies_and_a_course_for_nobody_here(fair):
    fair.kind = Event.Kind.NIGHT
    assert list(phases(fair, factories.NOW)) == ["exhibit"]

    fair.kind = Event.Kind.COURSE
    assert list(phases(fair, factories.NOW)) == []


@pytest.mark.django_db
def test_schools_book_an_evening_in_its_own_window(now):
    night = night_factories.NightFactory()
    event = night.event

    assert [(way.key, way.phase, way.until) for way in ways_in(event, now)] == [
        ("book", Phase.OPEN, night.bookings_close_at),
        ("exhibit", Phase.OPEN, event.registration_closes_at),
    ]
    assert phases(event, night.bookings_close_at)["book"] == Phase.CLOSED
    assert phases(event, night.bookings_open_at - SECOND)["book"] == Phase.NOT_OPEN
    event.state = EventState.CANCELLED
    assert phases(event, now)["book"] == Phase.CANCELLED


@pytest.mark.django_db
def test_schools_have_no_way_in_before_the_evening_is_planned(now):
    event = factories.EventFactory(kind=Event.Kind.NIGHT)

    assert [way.key for way in ways_in(event, now)] == ["exhibit"]
