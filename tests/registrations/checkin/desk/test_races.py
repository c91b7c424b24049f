"""Two desks at the same moment: shown on PostgreSQL."""

from functools import partial

import pytest

from events.access.models import AuditEntry
from registrations.checkin.desk.services import block_ticket, unblock_ticket
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import VisitorState
from registrations.visitors.services import cancel_visit
from tests import factories
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DESKS = 6


def block_everywhere(ticket: Ticket, now) -> list[str]:
    clerk = factories.UserFactory()
    return at_once(*[partial(block_ticket, ticket=ticket, reason=f"Disk {n}", by=clerk, at=now) for n in range(DESKS)])


def test_two_desks_that_block_at_once_block_once(now):
    ticket = factories.TicketFactory()

    told = block_everywhere(ticket, now)

    assert told == ["done"] * DESKS
    assert (Ticket.objects.get().state, AuditEntry.objects.count()) == (TicketState.BLOCKED, 1)


def test_without_the_lock_each_desk_believes_that_it_was_the_one(now, monkeypatch):
    """The test above can fail: unlocked, everybody sees a valid ticket before anybody has written."""
    from threading import Barrier

    from registrations.checkin.desk import services

    seen = Barrier(DESKS)

    def look(ticket: Ticket) -> Ticket:
        found = Ticket.objects.get(pk=ticket.pk)
        seen.wait()
        return found

    monkeypatch.setattr(services, "_locked", look)

    block_everywhere(factories.TicketFactory(), now)

    assert AuditEntry.objects.count() == DESKS


def test_visitor_who_cancels_while_the_block_is_lifted_ends_cancelled(now):
    """Whichever comes first: a cancelled visit never keeps a valid ticket."""
    clerk = factories.UserFactory()
    for _ in range(5):
        ticket = factories.TicketFactory(state=TicketState.BLOCKED)

        at_once(
            partial(unblock_ticket, ticket=ticket, by=clerk, at=now),
            partial(cancel_visit, visitor=ticket.visitor, by=None, at=now),
        )

        ticket = Ticket.objects.get(pk=ticket.pk)
        assert (ticket.visitor.state, ticket.state) in {
            (VisitorState.CANCELLED, TicketState.CANCELLED),
            (VisitorState.CANCELLED, TicketState.BLOCKED),  # the visit was cancelled, and the block then not lifted
        }
