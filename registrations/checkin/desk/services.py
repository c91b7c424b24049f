"""Blocks tickets and lifts that again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from registrations.bookings.states import ClassState
from registrations.checkin.devices.models import Device
from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import VisitorState

BLOCKED = audit.verb("ticket.blocked", _("blocked a ticket"))
UNBLOCKED = audit.verb("ticket.unblocked", _("lifted the block of a ticket"))
LONGEST_REASON = 200


class ReasonMissing(Refusal):
    code = "reason_missing"
    message = _("Say why the ticket is blocked.")


class NotValid(Refusal):
    code = "not_valid"
    message = _("The ticket is cancelled already: it lets nobody in.")


class NotBlocked(Refusal):
    code = "not_blocked"
    message = _("The ticket is cancelled: there is no block to lift.")


@transaction.atomic
def block_ticket(*, ticket: Ticket, reason: str, by: User | None, at: datetime, device: Device | None = None) -> Ticket:
    """The door refuses ``ticket`` from aware time ``at``, for a ``reason`` that the trail keeps. Twice is once.

    ``by`` is ``None`` when a ``device`` at the desk does it; the trail then names that. Raises ReasonMissing, NotValid.
    """
    reason = _line(reason)
    if not reason:
        raise ReasonMissing
    ticket = _locked(ticket)
    if ticket.state == TicketState.CANCELLED:
        raise NotValid
    if ticket.state == TicketState.VALID:
        _move(ticket, TicketState.BLOCKED, BLOCKED, reason, by, at, device)
    return ticket


@transaction.atomic
def unblock_ticket(
    *, ticket: Ticket, by: User | None, at: datetime, reason: str = "", device: Device | None = None
) -> Ticket:
    """``ticket`` lets in again, if its holder is still coming; otherwise it is cancelled, as it would have been.

    Twice is once. Raises NotBlocked when the ticket is cancelled.
    """
    ticket = _locked(ticket)
    if ticket.state == TicketState.CANCELLED:
        raise NotBlocked
    if ticket.state == TicketState.BLOCKED:
        # What a holder gave up while the ticket was blocked left the block as it was.
        state = TicketState.VALID if _is_welcome(ticket) else TicketState.CANCELLED
        _move(ticket, state, UNBLOCKED, _line(reason), by, at, device)
    return ticket


def _locked(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)


def _move(
    ticket: Ticket, state: TicketState, verb: str, reason: str, by: User | None, at: datetime, device: Device | None
) -> None:
    also = {"reason": [None, reason or None], "device": [None, device.name if device else None]}
    with audit.change(ticket, verb, by=by, at=at, **also):
        ticket.state = state
        ticket.save(update_fields=["state"])


def _is_welcome(ticket: Ticket) -> bool:
    """Whether the holder would have a valid ticket now. Read after the lock: whoever cancels holds it too."""
    if ticket.visitor:
        return ticket.visitor.state == VisitorState.REGISTERED
    if ticket.school_class:
        return ticket.school_class.state in ClassState.holding()
    return bool(ticket.staff and ticket.exhibitor and ticket.exhibitor.state == State.ACCEPTED)


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST_REASON]
