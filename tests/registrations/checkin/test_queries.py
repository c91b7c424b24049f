"""Who came."""

from datetime import timedelta

import pytest

from registrations.checkin.queries import admitted_count, attended_exhibitors, attended_visitors
from registrations.exhibitors.services import remove_staff
from registrations.exhibitors.states import State
from registrations.tickets.badges import badge_tickets
from registrations.tickets.models import Ticket
from tests import factories
from tests.door_factories import let_in, record_of, send
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def event():
    return factories.EventFactory()


def badge(event, exhibitor=None) -> Ticket:
    staff = factories.StandStaffFactory(exhibitor=exhibitor or factories.ExhibitorFactory(event=event))
    return factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)


def test_nobody_has_come_before_the_doors_open(event):
    factories.TicketFactory(visitor__event=event)

    assert (admitted_count(event), *attended_visitors(event), *attended_exhibitors(event)) == (0,)


def refused(ticket: Ticket) -> None:
    """Somebody held the ticket up, and was not let in."""
    send(ticket.event, record_of(ticket, shown="cancelled", let_in=False))


def test_people_who_came_are_counted_by_heads_and_once(event):
    let_in(factories.TicketFactory(visitor__event=event), heads=27)
    twice = factories.TicketFactory(visitor__event=event)
    send(event, record_of(twice), record_of(twice))
    let_in(factories.TicketFactory())

    assert admitted_count(event) == 28


def test_attended_visitors_are_those_who_were_let_in(event):
    came, turned_away = factories.TicketFactory.create_batch(2, visitor__event=event)
    let_in(came)
    refused(turned_away)
    let_in(badge(event))

    assert list(attended_visitors(event)) == [came.visitor]


def test_who_has_left_came_and_who_was_let_in_by_mistake_did_not(event):
    left, mistaken = factories.TicketFactory.create_batch(2, visitor__event=event)
    wrong = record_of(mistaken)
    send(event, record_of(left), record_of(left, at=NOW + MINUTE, act="leave"), wrong, at=NOW + MINUTE)
    before = set(attended_visitors(event))
    send(event, record_of(at=NOW + MINUTE, act="undo", ref=wrong["nonce"]), at=NOW + MINUTE)

    assert before == {left.visitor, mistaken.visitor}
    assert list(attended_visitors(event)) == [left.visitor]


def test_attended_exhibitors_are_those_with_somebody_in(event):
    came = factories.ExhibitorFactory(event=event)
    for _ in range(2):
        let_in(badge(event, came))
    badge(event, came)
    refused(badge(event))

    assert list(attended_exhibitors(event)) == [came]


def test_company_was_there_though_its_person_left_the_stand(event, now):
    exhibitor = factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    ticket = badge(event, exhibitor)
    let_in(ticket)

    remove_staff(staff=ticket.staff, by=factories.UserFactory(), at=now)

    ticket = Ticket.objects.get()
    assert list(attended_exhibitors(event)) == [exhibitor]
    assert (ticket.state, ticket.holder_name, ticket.holder_company) == ("cancelled", "", exhibitor.organisation.name)
    assert list(badge_tickets(event)) == []
