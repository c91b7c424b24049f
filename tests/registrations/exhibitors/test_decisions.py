"""What the organiser decides: places never run over."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.mail.models import Letter
from registrations.exhibitors import decisions
from registrations.exhibitors.services import WrongState
from registrations.exhibitors.states import State, can_become
from registrations.tickets.models import Ticket
from tests import factories

pytestmark = pytest.mark.django_db


def test_decide_accept_gives_place_badges_and_mail(organiser, now):
    exhibitor = factories.ExhibitorFactory()
    factories.StandStaffFactory.create_batch(2, exhibitor=exhibitor)

    decisions.decide(exhibitor=exhibitor, state=State.ACCEPTED, by=organiser, at=now, message="Välkomna!")

    exhibitor.refresh_from_db()
    letter = Letter.objects.get()
    assert exhibitor.event.venue.name in letter.text
    assert (exhibitor.state, exhibitor.decided_at) == (State.ACCEPTED, now)
    assert Ticket.objects.valid().filter(staff__exhibitor=exhibitor).count() == 2
    assert letter.to == exhibitor.contact_email
    assert "Välkomna!" in letter.text


def test_decide_twice_is_one_decision_and_one_mail(organiser, now):
    exhibitor = factories.ExhibitorFactory()

    for _ in range(2):
        decisions.decide(exhibitor=exhibitor, state=State.ACCEPTED, by=organiser, at=now)

    assert Letter.objects.count() == 1


def test_decide_refuses_the_one_too_many_and_writes_nothing(organiser, now):
    event = factories.EventFactory(capacity=1)
    factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    late = factories.ExhibitorFactory(event=event)

    with pytest.raises(decisions.FairFull) as refusal:
        decisions.decide(exhibitor=late, state=State.ACCEPTED, by=organiser, at=now)

    late.refresh_from_db()
    assert late.state == State.APPLIED
    assert Letter.objects.count() == 0
    assert "1" in str(refusal.value)


def test_decide_to_the_waiting_list_takes_the_place_and_badges_back(organiser, now):
    exhibitor = factories.ExhibitorFactory()
    factories.StandStaffFactory(exhibitor=exhibitor)
    decisions.decide(exhibitor=exhibitor, state=State.ACCEPTED, by=organiser, at=now)

    decisions.decide(exhibitor=exhibitor, state=State.WAITING, by=organiser, at=now)

    assert exhibitor.event.exhibitors.holding_a_place().count() == 0
    assert Ticket.objects.valid().count() == 0


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_decide_leaves_what_is_the_companys_own(organiser, now, state):
    exhibitor = factories.ExhibitorFactory(state=state)

    with pytest.raises(WrongState):
        decisions.decide(exhibitor=exhibitor, state=State.ACCEPTED, by=organiser, at=now)


def test_decide_many_fills_in_order_and_names_who_did_not_fit(organiser, now):
    event = factories.EventFactory(capacity=2)
    applied = factories.ExhibitorFactory.create_batch(3, event=event)

    outcome = decisions.decide_many(exhibitors=applied, state=State.ACCEPTED, by=organiser, at=now)

    assert outcome.done == applied[:2]
    assert [(e, refusal.code) for e, refusal in outcome.refused] == [(applied[2], "fair_full")]


def test_decide_after_the_event_leaves_what_was(organiser):
    exhibitor = factories.ExhibitorFactory(state=State.ACCEPTED)

    with pytest.raises(decisions.TooLateToDecide):
        decisions.decide(exhibitor=exhibitor, state=State.DECLINED, by=organiser, at=exhibitor.event.ends_at)

    assert exhibitor.event.exhibitors.holding_a_place().count() == 1
    assert Letter.objects.count() == 0


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    capacity=st.integers(1, 3),
    choices=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(State.decided())), max_size=14),
)
def test_places_never_run_over_whatever_is_decided(organiser, now, capacity, choices):
    event = factories.EventFactory(capacity=capacity)
    applied = factories.ExhibitorFactory.create_batch(4, event=event)

    for index, state in choices:
        before = type(applied[index]).objects.get(pk=applied[index].pk).state
        try:
            decisions.decide(exhibitor=applied[index], state=state, by=organiser, at=now)
        except decisions.FairFull:
            assert event.exhibitors.holding_a_place().count() == capacity
        except WrongState:
            assert not can_become(before, state)
        assert event.exhibitors.holding_a_place().count() <= capacity
