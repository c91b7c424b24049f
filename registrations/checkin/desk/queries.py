"""What the desk asks: who is this, have they come, which admission was the last."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet, Value
from django.db.models.functions import Coalesce

from events.memory import Remembered
from events.programme.models import Event
from registrations.checkin.desk.finding import SHORT, Line, arranged, find, line_of
from registrations.checkin.kiosk.matching import Person, company_key, name_key
from registrations.checkin.lists.contents import KINDS, STATES
from registrations.checkin.lists.services import freshen_list
from registrations.checkin.models import DoorSettings
from registrations.checkin.standing import Told, standing_of
from registrations.tickets.models import Ticket, TicketState

NAME = Coalesce("visitor__name", "staff__name", "school_class__label", Value(""))
COMPANY = Coalesce(
    "visitor__company", "exhibitor__organisation__name", "school_class__booking__school__name", Value("")
)
COLUMNS = ("handle", "holder", "place", "kind", "state", "code", "headcount", "wave_at", "inside", "came")
Found = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """An event's tickets made ready for searching, as the list had them in ``version``, and ``people`` for the kiosk.

    ``tickets`` is how many there were, and the last one's key: a new one is found before the list knows it.
    """

    version: int
    tickets: dict[str, int | None]
    lines: list[Line]
    people: list[Person]


@dataclass(slots=True)
class Shelf:
    """Where an event's register lies; one at a time makes it anew."""

    lock: Lock = field(default_factory=Lock)
    register: Register | None = None


# Of the events that are asked for, about a kilobyte a ticket.
_shelves: Remembered[Shelf] = Remembered(seconds=3600)


def register_of(door: DoorSettings, at: datetime) -> Register:
    """The tickets of ``door``'s event, read anew when the list has changed or a ticket has come or gone.

    Each process keeps it: ten thousand names are folded once, not at each letter that somebody types.
    """
    door = freshen_list(door=door, at=at)
    now = Ticket.objects.filter(event=door.event_id).aggregate(count=Count("pk"), last=Max("pk"))
    shelf = _shelves.get(door.event_id, Shelf)
    with shelf.lock:
        known = shelf.register
        # Another request may have seen a later list by now: what is newer is good enough.
        if known is None or known.version < door.list_version or known.tickets != now:
            known = shelf.register = _read(door.event_id, door.list_version, now)
        return known


def _read(event: int, version: int, tickets: dict[str, int | None]) -> Register:
    rows = Ticket.objects.filter(event=event).annotate(holder=NAME, place=COMPANY).order_by("pk")
    lines, people = [], []
    for pk, code, kind, state, name, company in rows.values_list("pk", "code", "kind", "state", "holder", "place"):
        lines.append(line_of(pk, code, name, company, good=state == TicketState.VALID))
        if kind != Ticket.Kind.CLASS and state == TicketState.VALID and name:
            people.append(Person(pk, name_key(name), company_key(company)))
    return Register(version, tickets, arranged(lines), people)


def search_tickets(door: DoorSettings, typed: str, at: datetime) -> list[int]:
    """The keys of the tickets that ``typed`` means, the best matches first, at most twenty."""
    typed = typed.strip().replace("\0", "")
    return find(register_of(door, at).lines, typed) if typed else []


def found_tickets(tickets: QuerySet[Ticket]) -> Iterator[tuple[int, Found]]:
    """Each of ``tickets`` as a phone at the desk sees it, with its key, in one query."""
    rows = tickets.annotate(
        holder=NAME,
        place=COMPANY,
        wave_at=F("school_class__wave__starts_at"),
        inside=Coalesce("presence__inside", Value(0)),
        came=Coalesce("presence__came", Value(0)),
    )
    for pk, handle, name, company, kind, state, code, heads, wave, inside, came in rows.values_list("pk", *COLUMNS):
        yield (
            pk,
            {
                "handle": handle,
                "name": name,
                "company": company,
                "kind": KINDS[kind],
                "state": STATES[state],
                "short": code[-SHORT:],
                "pupils": heads,
                "wave": wave.isoformat() if wave else None,
                "inside": inside,
                "came": came,
            },
        )


def found_in_order(keys: list[int]) -> list[Found]:
    """The tickets with ``keys``, in their order."""
    told = dict(found_tickets(Ticket.objects.filter(pk__in=keys)))
    return [told[key] for key in keys if key in told]


def all_names(event: Event) -> list[Found]:
    """Every ticket of ``event``, for searching without a network."""
    return [found for _pk, found in found_tickets(Ticket.objects.filter(event=event).order_by("pk"))]


def tickets_in_order(keys: list[int]) -> list[Ticket]:
    """As ``found_in_order``, as rows to show, with holder, wave and where they came in."""
    rows = Ticket.objects.with_holders().select_related("presence__gate", "school_class__wave").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def last_admission(ticket: Ticket) -> UUID | None:
    """The nonce of the latest record that let somebody in with ``ticket`` and has not been undone."""
    told = [
        Told(scan.nonce, scan.act, scan.happened_at, scan.headcount, scan.let_in, scan.ref, scan.gate_id)
        for scan in ticket.scans.filter(event=ticket.event_id)
    ]
    steps = standing_of(told, one_person=ticket.kind != Ticket.Kind.CLASS).steps
    return next((step.told.nonce for step in reversed(steps) if step.enters and step.heads), None)
