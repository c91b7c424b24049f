"""What the door writes: gates and scans."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from registrations.checkin.models import Gate, Scan
from registrations.checkin.records import Record
from registrations.checkin.verdict import Admission, Outcome, TicketFacts, judge
from registrations.tickets.codes import read_code
from registrations.tickets.models import Ticket, TicketState

GATE_ADDED = audit.verb("gate.added", _("added a gate"))


class GateExists(Refusal):
    code = "gate_exists"
    message = _("There is a gate with that name already.")


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored scan, the earlier admission if that is the reason, and whether it had been stored before."""

    scan: Scan
    earlier: Admission | None = None
    repeated: bool = False


def ensure_gate(*, event: Event) -> Gate:
    """The event's gate to begin with: its first, or a new one called the entrance."""
    with translation.override(settings.LANGUAGE_CODE):
        name = pgettext("name of an event's first gate", "The entrance")
    return event.gates.order_by("pk").first() or Gate.objects.get_or_create(event=event, name=name)[0]


@transaction.atomic
def add_gate(*, event: Event, name: str, by: User, at: datetime) -> Gate:
    """Another way in, called what its sign says. Raises GateExists."""
    Event.objects.locked(event.pk)
    if event.gates.filter(name__iexact=name).exists():
        raise GateExists
    gate = Gate.objects.create(event=event, name=name)
    audit.created(gate, GATE_ADDED, by=by, at=at)
    return gate


def record_scan(*, event: Event, record: Record, gates: dict[int, Gate], by: User, at: datetime) -> Answer:
    """Judge and keep one scan at the door of ``event``; ``gates`` are the event's, by key.

    The same nonce again gives the stored answer. The ticket's row is locked before it is judged, so that of many
    gates that scan it at the same moment one admits it.
    """
    try:
        return _judge_and_store(event, record, gates, by, at)
    except IntegrityError:
        # The same record came twice at once and the other was quicker.
        stored = _stored(record, event)
        if stored:
            return stored
        if not Scan.objects.filter(nonce=record.nonce).exists():
            raise
        # Another event's scan has the nonce. Ours is no less a scan for that.
        own = replace(record, nonce=uuid5(record.nonce, event.slug))
        return _judge_and_store(event, own, gates, by, at)


@transaction.atomic
def _judge_and_store(event: Event, record: Record, gates: dict[int, Gate], by: User, at: datetime) -> Answer:
    gate = gates.get(record.gate or 0)
    sound = record.sound and gate is not None
    ticket = _locked_ticket(record.text) if sound else None
    stored = _stored(record, event)
    if stored:
        return stored
    verdict = judge(_facts(ticket), event.slug)
    scan = Scan.objects.create(
        event=event,
        nonce=record.nonce,
        ticket=ticket,
        text="" if ticket else record.text,
        gate=gate or ensure_gate(event=event),
        scanned_by=by,
        device_at=record.device_at,
        clock_offset_ms=record.clock_offset_ms,
        received_at=at,
        headcount=ticket.headcount if ticket else 1,
        outcome=verdict.outcome,
    )
    return Answer(scan, verdict.earlier)


def _locked_ticket(text: str) -> Ticket | None:
    code = read_code(text)
    if code is None:
        return None
    return Ticket.objects.for_the_door().select_for_update(of=("self",)).filter(code=code).first()


def _facts(ticket: Ticket | None) -> TicketFacts | None:
    if ticket is None:
        return None
    return TicketFacts(event=ticket.event.slug, valid=ticket.state == TicketState.VALID, admitted=_admission(ticket))


def _admission(ticket: Ticket) -> Admission | None:
    """When and where ``ticket`` was let in."""
    first = Scan.objects.admissions().filter(ticket=ticket).values_list("received_at", "gate__name").first()
    return Admission(*first) if first else None


def _stored(record: Record, event: Event) -> Answer | None:
    """The answer that was given to the same record before; another event's scans are not told here."""
    scan = Scan.objects.filter(nonce=record.nonce, event=event).select_related("gate").first()
    if scan is None:
        return None
    if scan.ticket_id:
        scan.ticket = Ticket.objects.for_the_door().get(pk=scan.ticket_id)
    earlier = _admission(scan.ticket) if scan.ticket and scan.outcome == Outcome.ALREADY_IN else None
    return Answer(scan, earlier, repeated=True)
