"""Tickets are blocked at the desk, and let in again."""

import pytest

from events.access.models import AuditEntry
from registrations.checkin.desk.queries import last_admission
from registrations.checkin.desk.services import (
    NotBlocked,
    NotValid,
    ReasonMissing,
    block_ticket,
    unblock_ticket,
)
from registrations.exhibitors.services import remove_staff
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.services import cancel_visit
from tests import factories
from tests.door_factories import open_door, record_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return factories.UserFactory(name="Dag Disk")


def test_block_and_lift_leave_a_trail(clerk, now):
    ticket = factories.TicketFactory(visitor__name="Åsa Öberg")

    blocked = block_ticket(ticket=ticket, reason="Såld vidare", by=clerk, at=now)
    lifted = unblock_ticket(ticket=ticket, by=clerk, at=now)

    assert (blocked.state, lifted.state) == (TicketState.BLOCKED, TicketState.VALID)
    first, second = AuditEntry.objects.order_by("pk")
    assert (first.actor, first.event, first.changes["reason"]) == (clerk, ticket.event, [None, "Såld vidare"])
    assert (second.verb, second.changes) == ("ticket.unblocked", {"state": ["blocked", "valid"]})
    assert "Åsa" not in first.object_name + second.object_name


@pytest.mark.parametrize("reason", ["", "  ", "\0", "\n"])
def test_block_needs_a_reason(reason, clerk, now):
    with pytest.raises(ReasonMissing):
        block_ticket(ticket=factories.TicketFactory(), reason=reason, by=clerk, at=now)

    assert not AuditEntry.objects.exists()


def test_second_reason_is_not_written_over_the_first(clerk, now):
    ticket = factories.TicketFactory()
    for reason in ("Borttappad", "Stulen"):
        block_ticket(ticket=ticket, reason=reason, by=clerk, at=now)

    assert AuditEntry.objects.get().changes["reason"] == [None, "Borttappad"]


def test_cancelled_ticket_stays_cancelled(clerk, now):
    ticket = factories.TicketFactory(state=TicketState.CANCELLED)

    with pytest.raises(NotValid):
        block_ticket(ticket=ticket, reason="Borttappad", by=clerk, at=now)
    with pytest.raises(NotBlocked):
        unblock_ticket(ticket=ticket, by=clerk, at=now)

    assert Ticket.objects.get().state == TicketState.CANCELLED


def test_visitor_who_cancelled_while_blocked_is_not_let_in_when_the_block_is_lifted(clerk, now):
    ticket = factories.TicketFactory()
    block_ticket(ticket=ticket, reason="Borttappad", by=clerk, at=now)
    cancel_visit(visitor=ticket.visitor, by=None, at=now)

    assert unblock_ticket(ticket=ticket, by=clerk, at=now).state == TicketState.CANCELLED


def test_badge_of_somebody_who_left_the_stand_is_not_valid_again(clerk, now):
    staff = factories.StandStaffFactory()
    ticket = factories.TicketFactory(visitor=None, staff=staff, kind=Ticket.Kind.EXHIBITOR)
    block_ticket(ticket=ticket, reason="Borttappad", by=clerk, at=now)
    remove_staff(staff=staff, by=clerk, at=now)

    assert unblock_ticket(ticket=ticket, by=clerk, at=now).state == TicketState.CANCELLED


def test_badge_of_somebody_who_still_stands_there_is(clerk, now):
    staff = factories.StandStaffFactory()
    ticket = factories.TicketFactory(visitor=None, staff=staff, kind=Ticket.Kind.EXHIBITOR)
    block_ticket(ticket=ticket, reason="Borttappad", by=clerk, at=now)

    assert unblock_ticket(ticket=ticket, by=clerk, at=now).state == TicketState.VALID


def test_last_admission_is_the_latest_that_stands(now):
    ticket = factories.TicketFactory()
    open_door(ticket.event, reentry=True)
    first, out, again = record_of(ticket), record_of(ticket, act="leave"), record_of(ticket)
    send(ticket.event, first, at=now)
    send(ticket.event, out, at=now)
    send(ticket.event, again, at=now)
    assert str(last_admission(ticket)) in {first["nonce"], again["nonce"]}

    for ref in (again, first):
        send(ticket.event, record_of(act="undo", ref=ref["nonce"]), at=now)

    assert last_admission(ticket) is None
