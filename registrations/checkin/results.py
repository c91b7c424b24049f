"""What a device hears of a scan."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext

from events.look import formats
from events.programme.models import Event
from registrations.checkin.services import Answer
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket


def result_of(answer: Answer, event: Event) -> dict[str, Any]:
    """A stored scan as the door's page shows it; times are aware.

    Of a ticket to another event only that event is told: its holder is nobody's business at this door.
    """
    scan, ticket = answer.scan, answer.scan.ticket
    is_ours = ticket is not None and scan.outcome != Outcome.WRONG_EVENT
    holder = event_told = None
    if ticket and is_ours:
        holder = {
            "name": ticket.holder_name,
            "company": ticket.holder_company,
            "kind": _kind_of(ticket),
        }
    elif ticket:
        event_told = {"title": ticket.event.title, "starts_at": ticket.event.starts_at}
    return {
        "nonce": str(scan.nonce),
        "outcome": scan.outcome,
        "at": scan.received_at,
        "gate": scan.gate.name,
        "holder": holder,
        "earlier": {"at": answer.earlier.at, "gate": answer.earlier.gate} if answer.earlier else None,
        "event": event_told,
    }


def _kind_of(ticket: Ticket) -> str:
    """What the ticket is; of a class also how many it is for, and when it is let in."""
    kind = str(ticket.get_kind_display())
    if ticket.school_class is None:
        return kind
    count = ngettext("%(n)s pupil", "%(n)s pupils", ticket.headcount) % {"n": ticket.headcount}
    wave = ticket.school_class.wave
    time = formats.clock(timezone.localtime(wave.starts_at), get_language()) if wave else ""
    return " · ".join(part for part in (kind, count, time) if part)
