"""Who came to a fair of those who had signed up."""

import pytest

from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket
from registrations.visitors.models import VisitorState
from surveys.figures.attendance import Attendance, attendance_of
from surveys.figures.queries import counts_of_events
from surveys.figures.turnouts import Turnout, turnout
from tests import factories
from tests.door_factories import let_in, open_door, record_of, send
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def badge(event) -> Ticket:
    staff = factories.StandStaffFactory(exhibitor__event=event, exhibitor__state=State.ACCEPTED)
    return factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)


@pytest.fixture
def fair():
    """Three visitors signed up and two came; one more cancelled. Two companies hold a place, one came with two people."""
    event = factories.EventFactory()
    for ticket in factories.TicketFactory.create_batch(3, visitor__event=event)[:2]:
        let_in(ticket)
    factories.TicketFactory(visitor__event=event, visitor__state=VisitorState.CANCELLED)
    came, _other = badge(event), badge(event)
    let_in(came)
    colleague = factories.StandStaffFactory(exhibitor=came.exhibitor)
    let_in(factories.TicketFactory(visitor=None, staff=colleague, event=event, kind=Ticket.Kind.EXHIBITOR))
    return event


def test_attendance_tells_heads_and_who_came_of_those_signed_up(fair):
    other = factories.EventFactory()
    factories.TicketFactory(visitor__event=other)

    assert attendance_of([fair.pk, other.pk]) == {
        fair.pk: Attendance(4, (Turnout("visitors", 2, 3), Turnout("exhibitors", 1, 2)))
    }


def test_who_came_without_a_ticket_is_a_head_and_had_not_signed_up(fair):
    open_door(fair)
    walk_in = record_of(act="walk_in", let_in=True, shown="admitted") | {"box": None}
    send(fair, walk_in)
    visitor = factories.VisitorFactory(event=fair, nonce=walk_in["nonce"])
    let_in(factories.TicketFactory(visitor=visitor))

    found = attendance_of([fair.pk])[fair.pk]

    assert (found.heads, found.turnouts[0]) == (5, Turnout("visitors", 2, 3))


def test_event_without_a_door_has_no_attendance(django_assert_num_queries):
    event = factories.EventFactory()
    factories.TicketFactory(visitor__event=event)

    with django_assert_num_queries(1):
        assert attendance_of([event.pk]) == {}


@pytest.mark.parametrize("events", [1, 3])
def test_attendance_takes_three_queries_however_many_events(fair, events, django_assert_num_queries):
    others = [factories.EventFactory() for _ in range(events - 1)]
    for event in others:
        let_in(factories.TicketFactory(visitor__event=event))

    with django_assert_num_queries(3):
        attendance_of([fair.pk, *[event.pk for event in others]])


def test_count_of_a_fair_carries_the_turnouts(fair):
    count = counts_of_events([fair], at=NOW)[fair.pk, "attendance"]

    assert (count.value, [one.key for one in count.turnouts]) == (4, ["visitors", "exhibitors"])


@pytest.mark.parametrize(("came", "of"), [(0, 5), (None, 5), (5, 0), (5, None)])
def test_no_turnout_where_nobody_was_counted_or_was_to_come(came, of):
    assert turnout("visitors", came, of) is None
