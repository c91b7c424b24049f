"""Who came."""

import pytest

from registrations.checkin.models import Scan
from registrations.checkin.queries import admitted_count, attended_exhibitors, attended_visitors
from registrations.checkin.verdict import Outcome
from registrations.exhibitors.services import remove_staff
from registrations.exhibitors.states import State
from registrations.tickets.badges import badge_tickets
from registrations.tickets.models import Ticket
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory()


def scanned(ticket: Ticket, outcome: Outcome, now, **also) -> Scan:
    gate = ticket.event.gates.first() or factories.GateFactory(event=ticket.event)
    return Scan.objects.create(event=ticket.event, ticket=ticket, gate=gate, device_at=now, outcome=outcome, **also)


def badge(event, exhibitor=None) -> Ticket:
    staff = factories.StandStaffFactory(exhibitor=exhibitor or factories.ExhibitorFactory(event=event))
    return factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)


def test_nobody_has_come_before_the_doors_open(event):
    factories.TicketFactory(visitor__event=event)

    assert (admitted_count(event), *attended_visitors(event), *attended_exhibitors(event)) == (0,)


def test_people_in_are_counted_by_heads_and_once(event, now):
    scanned(factories.TicketFactory(visitor__event=event), Outcome.ADMITTED, now, headcount=27)
    twice = factories.TicketFactory(visitor__event=event)
    scanned(twice, Outcome.ADMITTED, now)
    scanned(twice, Outcome.ALREADY_IN, now)
    scanned(factories.TicketFactory(), Outcome.ADMITTED, now)

    assert admitted_count(event) == 28


def test_attended_visitors_are_those_who_were_let_in(event, now):
    came, refused = factories.TicketFactory.create_batch(2, visitor__event=event)
    scanned(came, Outcome.ADMITTED, now)
    scanned(came, Outcome.ALREADY_IN, now)
    scanned(refused, Outcome.CANCELLED, now)
    scanned(badge(event), Outcome.ADMITTED, now)

    assert list(attended_visitors(event)) == [came.visitor]


def test_attended_exhibitors_are_those_with_somebody_in(event, now):
    came = factories.ExhibitorFactory(event=event)
    for _ in range(2):
        scanned(badge(event, came), Outcome.ADMITTED, now)
    badge(event, came)
    badge(event)

    assert list(attended_exhibitors(event)) == [came]


def test_company_was_there_though_its_person_left_the_stand(event, now):
    exhibitor = factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    ticket = badge(event, exhibitor)
    scanned(ticket, Outcome.ADMITTED, now)

    remove_staff(staff=ticket.staff, by=factories.UserFactory(), at=now)

    ticket = Ticket.objects.get()
    assert list(attended_exhibitors(event)) == [exhibitor]
    assert (ticket.state, ticket.holder_name, ticket.holder_company) == ("cancelled", "", exhibitor.organisation.name)
    assert list(badge_tickets(event)) == []
