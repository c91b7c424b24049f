"""What the allocation adds to the overview."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.programme.queries import line_of_time
from registrations.allocation import pieces
from registrations.allocation.models import ProposalState
from registrations.bookings.states import ClassState
from tests import factories
from tests.night_factories import ProposalFactory, SchoolClassFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(night):
    """Booking closed yesterday, by the real clock that pages ask."""
    at = timezone.now()
    night.bookings_open_at, night.bookings_close_at = at - timedelta(days=9), at - timedelta(days=1)
    night.save()
    return night


def test_a_decision_waits_when_booking_has_closed(closed, organiser, one, other):
    (decision,) = pieces.waiting_decisions(closed.event, organiser)

    assert decision.count == 2


def test_nothing_waits_while_booking_is_open_or_after_publishing(night, organiser, one, closed, now):
    ProposalFactory(night=night, state=ProposalState.DONE, published_at=now)

    assert pieces.waiting_decisions(closed.event, organiser) == []


def test_nothing_waits_for_a_stranger(closed, one):
    assert pieces.waiting_decisions(closed.event, factories.UserFactory()) == []


def test_the_number_is_of_those_with_a_place(night, organiser, waves):
    assert pieces.overview_numbers(night.event, organiser) == []
    SchoolClassFactory(booking__night=night, pupils=12, state=ClassState.OFFERED, wave=waves[0])
    SchoolClassFactory(booking__night=night, pupils=8, state=ClassState.CONFIRMED, wave=waves[0])

    (number,) = pieces.overview_numbers(night.event, organiser)

    assert (number.value, number.of) == (20, 30)
    assert "8" in str(number.hint)


def test_the_line_of_time_has_the_promised_day_among_the_dated(night, now):
    titles = [mark.title for mark in line_of_time(night.event, now)]

    assert titles.index(pieces.stages(night.event, now)[0].title) < len(titles) - 3


def test_the_line_of_time_promises_a_day_and_no_hour(night, now):
    shown = [mark.when for mark in line_of_time(night.event, now)]

    assert night.answers_on in shown
    assert night.bookings_close_at in shown


def test_the_line_of_time_says_when_schools_were_told(night, now):
    ProposalFactory(night=night, state=ProposalState.DONE, published_at=now - timedelta(days=1), number=1)
    ProposalFactory(night=night, state=ProposalState.DONE, published_at=now, number=2)

    (stage,) = pieces.stages(night.event, now)

    assert (stage.done, stage.when) == (True, now - timedelta(days=1))


def test_a_promised_day_that_has_passed_is_said(night):
    at = night.event.starts_at - timedelta(days=1)

    (stage,) = pieces.stages(night.event, at)

    assert not stage.done
    assert stage.text
