"""What the database knows of a batch of records, once its tickets are locked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from events.programme.models import Event
from registrations.bookings.models import SchoolClass
from registrations.checkin.compiled import rows_of
from registrations.checkin.lists.contents import KINDS, STATES
from registrations.checkin.models import Scan
from registrations.checkin.records import Record
from registrations.checkin.standing import WALK_IN, Standing, Told, standing_of
from registrations.checkin.verdict import BARRED, Entry
from registrations.tickets.models import Ticket

# Where a scan belongs, and then the fields of Told in their order.
TOLD = (
    "ticket_id",
    "event_id",
    "outcome",
    "nonce",
    "act",
    "happened_at",
    "headcount",
    "let_in",
    "ref",
    "gate_id",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that is stored: its ``nonce`` as the device sent it, what the server made of it, and its ticket's key.

    ``conflict``: it contradicts another one, and the desk hears of it. ``repeated``: it had been stored before.
    """

    nonce: str
    outcome: str
    ticket: int | None = None
    conflict: bool = False
    repeated: bool = False


@dataclass(slots=True)
class Known:
    """A ticket as the server knows it while it goes through a batch. ``before`` is its standing when the batch came."""

    pk: int
    event: int
    entry: Entry
    told: list[Told] = field(default_factory=list)
    before: Standing = field(default_factory=Standing)

    @property
    def one_person(self) -> bool:
        return not self.entry.is_class

    def standing(self) -> Standing:
        return standing_of(self.told, one_person=self.one_person)


class Found:
    """What the database knew of a batch when its tickets had been locked."""

    def __init__(self, event: Event, tickets: dict[int, Known], handles: dict[str, int]):
        self.event = event
        self.tickets = tickets
        self.handles = handles
        self.stored: dict[UUID, Kept] = {}
        self.foreign: set[UUID] = set()
        self.tickets_of_nonces: dict[UUID, int] = {}
        self.orphans: dict[UUID, list[Told]] = {}

    def nonce_of(self, record: Record, event: Event) -> tuple[UUID, Kept | None]:
        """The nonce to store ``record`` under, and what was stored under it before.

        When another event's scan has the nonce, ours is no less a scan for that, and gets one of its own.
        """
        nonce = uuid5(record.nonce, event.slug) if record.nonce in self.foreign else record.nonce
        before = self.stored.get(nonce)
        return nonce, before and Kept(record.echo, before.outcome, before.ticket, repeated=True)

    def ticket_of(self, record: Record, nonce: UUID) -> Known | None:
        if record.ref is not None:
            return self.tickets.get(self.tickets_of_nonces.get(record.ref, 0))
        walked_in = record.act == WALK_IN
        pk = self.tickets_of_nonces.get(nonce, 0) if walked_in else self.handles.get(record.handle or "", 0)
        known = self.tickets.get(pk)
        if known is not None:
            self.tickets_of_nonces[nonce] = known.pk
            known.told.extend(self.orphans.get(nonce, []))
        return known

    def learn(self, ticket: Ticket, nonce: UUID) -> None:
        """A walk-in's ticket, made or found a moment ago."""
        if ticket.pk not in self.tickets:
            self.tickets[ticket.pk] = Known(ticket.pk, ticket.event_id, Entry(KINDS[ticket.kind], STATES[ticket.state]))
            _tell(self, list(Scan.objects.filter(ticket=ticket).values_list(*TOLD)))
        self.tickets_of_nonces[nonce] = ticket.pk

    def adopt_orphans(self, rows: Sequence[Scan]) -> None:
        """Corrections that had come before the record that they are about belong to its ticket now."""
        for row in rows:
            if row.nonce in self.orphans and row.ticket_id:
                strays = Scan.objects.filter(event=self.event, ref=row.nonce, ticket__isnull=True)
                strays.update(ticket=row.ticket_id)


def find(event: Event, records: Sequence[Record]) -> Found:
    """Lock the batch's tickets, then see what has been stored. Two queries; a third where records are about others."""
    nonces = list(dict.fromkeys(nonce for one in records for nonce in (one.nonce, uuid5(one.nonce, event.slug))))
    refs = {record.ref for record in records if record.ref is not None}
    about = (
        set(Scan.objects.filter(nonce__in=refs, ticket__isnull=False).values_list("ticket", flat=True)) if refs else ()
    )
    handles = {record.handle for record in records if record.handle}
    found = Found(event, *_locked_tickets(handles, about))
    _tell(found, _scans_about(nonces, list(found.tickets)))
    for known in found.tickets.values():
        known.before = known.standing()
    return found


def _scans_about(nonces: list[UUID], tickets: list[int]) -> list[tuple[Any, ...]]:
    """What is stored under ``nonces``, what refers to them, and all that is known of ``tickets``, as TOLD."""

    def wanted() -> QuerySet:
        where = Q(nonce__in=nonces) | Q(ref__in=nonces)
        return Scan.objects.filter(where | Q(ticket__in=tickets) if tickets else where).values_list(*TOLD)

    return rows_of(("scans", len(nonces), len(tickets)), [*nonces, *nonces, *tickets], wanted)


def _locked_tickets(handles: Iterable[str], keys: Iterable[int]) -> tuple[dict[int, Known], dict[str, int]]:
    asked, about = list(handles), list(keys)

    def wanted() -> QuerySet:
        where = Q(handle__in=asked) | Q(pk__in=about) if about else Q(handle__in=asked)
        return Ticket.objects.locked_for_the_door().filter(where).order_by("pk")

    rows = rows_of(("tickets", len(asked), len(about)), [*asked, *about], wanted) if asked or about else []
    classes = [row[-1] for row in rows if row[-1] is not None]
    waves = dict(SchoolClass.objects.filter(pk__in=classes).values_list("pk", "wave__starts_at")) if classes else {}
    tickets, by_handle = {}, {}
    for pk, event, handle, kind, state, heads, school_class in rows:
        tickets[pk] = Known(pk, event, Entry(KINDS[kind], STATES[state], heads, waves.get(school_class)))
        by_handle[handle] = pk
    return tickets, by_handle


def _tell(found: Found, rows: list[tuple[Any, ...]]) -> None:
    for ticket, event, outcome, nonce, act, at, heads, let_in, ref, gate, reason in rows:
        told = Told(nonce, act, at, heads, let_in, ref, gate, bool(reason), outcome in BARRED)
        if event == found.event.pk:
            found.stored[nonce] = Kept(str(nonce), outcome, ticket)
        else:
            found.foreign.add(nonce)
        known = found.tickets.get(ticket)
        if known is not None:
            found.tickets_of_nonces[nonce] = ticket
            # What another event's door wrote down about the ticket moved nobody at its own.
            if event == known.event:
                known.told.append(told)
        elif ticket is None and ref is not None and event == found.event.pk:
            found.orphans.setdefault(ref, []).append(told)
