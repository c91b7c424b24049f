"""Lets people in from the desk's own page, where no phone is at hand: the same records, written by a person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from registrations.checkin.known import Kept
from registrations.checkin.lists.contents import KINDS, STATES
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import DoorSettings, Gate, Presence
from registrations.checkin.occupancy import occupancy_of
from registrations.checkin.recording import record_scans
from registrations.checkin.records import Record, read_record
from registrations.checkin.rules import DoorRules
from registrations.checkin.standing import ENTER, WALK_IN
from registrations.checkin.verdict import OVERRIDABLE, Entry, Outcome, Seen, Verdict, judge
from registrations.tickets.models import Ticket


class NotLetIn(Refusal):
    """The door says no to a walk-in; ``outcome`` is its verdict."""

    code = "not_let_in"

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        super().__init__()


class MoreThanBooked(Refusal):
    code = "more_than_booked"

    def __init__(self, left: int):
        super().__init__(
            ngettext(
                "Only %(n)s pupil of the class is left outside. Say why more come in.",
                "Only %(n)s pupils of the class are left outside. Say why more come in.",
                left,
            ),
            n=left,
        )


class NotAllTheSame(Refusal):
    code = "not_all_the_same"
    message = _("That cannot be overruled at the door.")


class NothingToUndo(Refusal):
    code = "nothing_to_undo"
    message = _("There is no admission to take back.")


class PastFireLimit(Refusal):
    code = "full"
    message = _("So many would be more than the fire limit of the premises allows.")


@transaction.atomic
def enter_ticket(
    *, ticket: Ticket, gate: Gate, heads: int | None, reason: str, nonce: UUID, by: User, at: datetime
) -> Kept:
    """Write down that ``ticket`` came to the desk at ``gate``; the server's verdict says whether that let it in.

    ``heads`` of a class come in, ``None``: all who are left. With a ``reason`` they are let in all the same, where the
    rules leave that to the guard: more pupils than the class is for, too early, another entrance; never past the
    fire limit. The same ``nonce`` again is the same record. Raises MoreThanBooked, NotAllTheSame, PastFireLimit.
    """
    door = ensure_door(event=ticket.event)
    raw: dict[str, Any] = {"act": ENTER, "handle": ticket.handle}
    if ticket.kind == Ticket.Kind.CLASS:
        raw["headcount"] = heads
    if not ticket.scans.filter(nonce=nonce).exists():
        _check(door, ticket, gate, heads, reason, at)
    if reason:
        raw |= {"let_in": True, "reason": reason}
    return _record(door, read_record(_signed(raw, gate, nonce, at), ticket.event.slug, at), by, at)


@transaction.atomic
def admit_walk_in(*, event: Event, details: dict[str, Any], gate: Gate, nonce: UUID, by: User, at: datetime) -> Kept:
    """Let somebody in at ``gate`` who has no ticket: ``details`` are name, company, email and language.

    Raises NotLetIn when the door would say no (full, closed, in already); then nothing is written or sent. A phone
    that was offline has let them in already, and is believed; here somebody can still be told.
    """
    event = Event.objects.locked(event.pk)
    # The desk closes no box for itself: it hands over what would be in it.
    record = read_record(
        _signed({"act": WALK_IN, "box": ""}, gate, nonce, at), event.slug, at, lambda _box: dict(details)
    )
    kept = _record(ensure_door(event=event), record, by, at)
    if not kept.repeated and kept.outcome not in {Outcome.ADMITTED, Outcome.AGAIN}:
        raise NotLetIn(Outcome(kept.outcome))
    return kept


def may_let_in(*, door: DoorSettings, ticket: Ticket, gate: Gate, heads: int | None, reason: str, at: datetime) -> bool:
    """Whether the rules leave it to the desk to let ``heads`` in with ``ticket`` now, for a ``reason``."""
    try:
        _check(door, ticket, gate, heads, reason, at)
    except Refusal:
        return False
    return True


def left_of(ticket: Ticket) -> int:
    """How many heads of ``ticket`` are still outside."""
    return max(0, ticket.headcount - _seen(ticket).inside)


def _signed(raw: dict[str, Any], gate: Gate, nonce: UUID, at: datetime) -> dict[str, Any]:
    clock = {"device_at": at.isoformat(), "clock_offset_ms": 0, "clock_error_ms": 0}
    return raw | clock | {"nonce": str(nonce), "gate": gate.pk}


def _record(door: DoorSettings, record: Record, by: User, at: datetime) -> Kept:
    (kept,) = record_scans(door=door, records=[record], gates=door.event.gates.in_bulk(), by=by, at=at)
    return kept


def _check(door: DoorSettings, ticket: Ticket, gate: Gate, heads: int | None, reason: str, at: datetime) -> None:
    """Whether the desk may write that down: what the guard decides must be the guard's to decide."""
    verdict = _verdict(door, ticket, gate, at)
    left, person = left_of(ticket), ticket.kind != Ticket.Kind.CLASS
    many = 1 if person else left if heads is None else heads
    if verdict.lets_in and many <= max(left, 1):
        return
    if not reason:
        if verdict.lets_in:
            raise MoreThanBooked(left)
        return  # the door's own no is written down like any other
    if not verdict.lets_in and (verdict.outcome not in OVERRIDABLE or (person and verdict.outcome == "already_in")):
        raise NotAllTheSame
    if door.fire_limit is not None and occupancy_of(door.event_id).inside + many > door.fire_limit:
        raise PastFireLimit


def _verdict(door: DoorSettings, ticket: Ticket, gate: Gate, at: datetime) -> Verdict:
    wave = ticket.school_class.wave if ticket.school_class else None
    entry = Entry(KINDS[ticket.kind], STATES[ticket.state], ticket.headcount, wave.starts_at if wave else None)
    rules = DoorRules(door, occupancy_of(door.event_id).inside).of(gate)
    return judge(entry, _seen(ticket), rules, at)


def _seen(ticket: Ticket) -> Seen:
    presence = Presence.objects.filter(ticket=ticket).first()
    return Seen(presence.inside, presence.came) if presence else Seen()
