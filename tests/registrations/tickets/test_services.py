"""Tickets follow their holders."""

import pytest

from registrations.tickets import services
from registrations.tickets.models import Ticket, TicketState
from tests import factories

pytestmark = pytest.mark.django_db


def test_issue_badges_gives_each_of_the_staff_a_ticket(now):
    exhibitor = factories.ExhibitorFactory()
    staff = factories.StandStaffFactory.create_batch(3, exhibitor=exhibitor)

    tickets = services.issue_badges(exhibitor=exhibitor, at=now)

    assert [(t.staff, t.event, t.kind, t.state, t.issued_at) for t in tickets] == [
        (person, exhibitor.event, Ticket.Kind.EXHIBITOR, TicketState.VALID, now) for person in staff
    ]


def test_issue_badges_again_keeps_the_codes_and_adds_the_new(now):
    exhibitor = factories.ExhibitorFactory()
    factories.StandStaffFactory(exhibitor=exhibitor)
    first = services.issue_badges(exhibitor=exhibitor, at=now)
    factories.StandStaffFactory(exhibitor=exhibitor)

    again = services.issue_badges(exhibitor=exhibitor, at=now)

    assert [t.code for t in again[:1]] == [t.code for t in first]
    assert len(again) == 2
    assert Ticket.objects.count() == 2


def test_cancelled_badges_become_valid_again_with_their_codes(now):
    exhibitor = factories.ExhibitorFactory()
    factories.StandStaffFactory(exhibitor=exhibitor)
    before = services.issue_badges(exhibitor=exhibitor, at=now)
    services.cancel_badges(exhibitor=exhibitor, at=now)

    after = services.issue_badges(exhibitor=exhibitor, at=now)

    assert [(t.code, t.state) for t in after] == [(before[0].code, TicketState.VALID)]


def test_cancel_badges_leaves_other_exhibitors_alone(now):
    mine, other = factories.StandStaffFactory(), factories.StandStaffFactory()
    services.issue_badges(exhibitor=mine.exhibitor, at=now)
    services.issue_badges(exhibitor=other.exhibitor, at=now)

    cancelled = services.cancel_badges(exhibitor=mine.exhibitor, at=now)

    assert cancelled == 1
    assert Ticket.objects.get(staff=other).state == TicketState.VALID


def test_badge_of_somebody_who_left_the_stand_is_remembered_as_cancelled(now):
    person = factories.StandStaffFactory()
    (ticket,) = services.issue_badges(exhibitor=person.exhibitor, at=now)

    services.cancel_badge(staff=person, at=now)
    person.delete()

    ticket.refresh_from_db()
    assert (ticket.state, ticket.staff) == (TicketState.CANCELLED, None)


def test_issue_ticket_twice_is_one_ticket(now):
    visitor = factories.VisitorFactory()

    first = services.issue_ticket(visitor=visitor, at=now)
    second = services.issue_ticket(visitor=visitor, at=now)

    assert first == second
    assert (first.event, first.kind, first.state) == (visitor.event, Ticket.Kind.VISITOR, TicketState.VALID)


def test_cancelled_ticket_is_valid_after_being_issued_again(now):
    ticket = factories.TicketFactory()

    services.cancel_ticket(visitor=ticket.visitor, at=now)
    ticket.refresh_from_db()
    cancelled = ticket.state
    services.issue_ticket(visitor=ticket.visitor, at=now)
    ticket.refresh_from_db()

    assert (cancelled, ticket.state) == (TicketState.CANCELLED, TicketState.VALID)
