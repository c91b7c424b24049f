"""Rows for tests of the door: phones, records, and people who have come."""

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from events.programme.models import Event
from registrations.checkin.devices.models import Device
from registrations.checkin.devices.tokens import hash_of
from registrations.checkin.known import Kept
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Gate, Presence, Scan
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket
from tests.factories import NOW, GateFactory


class DeviceFactory(DjangoModelFactory):
    """A phone at the door until the day after NOW, or for a day from today where a test needs the real clock."""

    class Meta:
        model = Device

    gate = factory.SubFactory(GateFactory)
    event = factory.LazyAttribute(lambda device: device.gate.event)
    name = factory.Sequence(lambda n: f"Telefon {n}")
    token_hash = factory.LazyFunction(lambda: hash_of(secrets.token_urlsafe(32)))
    paired_at = NOW
    ends_at = NOW + timedelta(days=365)


def open_door(event: Event, **rules):
    """The event's door, open whatever the clock says; ``rules`` are fields of DoorSettings."""
    door = ensure_door(event=event)
    rules = {"opens_at": NOW - timedelta(days=3000), "closes_at": NOW + timedelta(days=3000)} | rules
    for name, value in rules.items():
        setattr(door, name, value)
    door.save()
    return door


def let_in(ticket: Ticket, *, at: datetime = NOW, heads: int | None = None, gate: Gate | None = None) -> Scan:
    """``ticket`` has come in, as rows; whatever the rules would have said."""
    gate = gate or ticket.event.gates.first() or GateFactory(event=ticket.event)
    heads = ticket.headcount if heads is None else heads
    scan = Scan.objects.create(
        event=ticket.event,
        ticket=ticket,
        gate=gate,
        device_at=at,
        happened_at=at,
        received_at=at,
        headcount=heads,
        shown=Outcome.ADMITTED,
        let_in=True,
        outcome=Outcome.ADMITTED,
    )
    Presence.objects.create(
        ticket=ticket, event=ticket.event, inside=heads, came=heads, first_at=at, gate=gate, changed_at=at
    )
    return scan


def presence(ticket: Ticket) -> tuple[int, int]:
    """How many are in with ``ticket``, and how many of them came."""
    found = Presence.objects.filter(ticket=ticket).first()
    return (found.inside, found.came) if found else (0, 0)


def record_of(ticket: Ticket | None = None, *, at: datetime = NOW, **also) -> dict:
    """A record as a phone sends it, of ``ticket`` let in at ``at`` by an exact clock."""
    said = {
        "nonce": str(uuid4()),
        "act": "enter",
        "device_at": at.isoformat(),
        "clock_offset_ms": 0,
        "clock_error_ms": 20,
    }
    if ticket is not None:
        said |= {"handle": ticket.handle, "shown": "admitted", "let_in": True}
    return said | also


def send(event: Event, *raws: dict, at: datetime = NOW, device: Device | None = None, by=None) -> list[Kept]:
    """The server receives ``raws`` at ``at``."""
    door = ensure_door(event=event)
    if not event.gates.exists():
        GateFactory(event=event)
    records = read_records(raws, event, at)
    return record_scans(door=door, records=records, gates=event.gates.in_bulk(), device=device, by=by, at=at)
