"""Many gates at once: shown on PostgreSQL, and shown to break without the lock."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from registrations.checkin import recording
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.models import Presence, Scan
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.rules import house_of
from registrations.tickets.models import TicketQuerySet
from tests import factories
from tests.door_factories import open_door, record_of
from tests.factories import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
GATES, TICKETS = 32, 50


def at_every_gate(event, batches: list[list[dict]]) -> list[str]:
    """Each of ``batches`` is sent from a gate of its own, all at the same moment; what became of every record."""
    house = house_of(event.pk)
    start = Barrier(len(batches))

    def send(batch: list[dict]) -> list[str]:
        try:
            start.wait()
            records = read_records(batch, event, NOW)
            return [one.outcome for one in record_scans(door=house.door, records=records, gates=house.gates, at=NOW)]
        except Exception as error:  # noqa: BLE001 — what the gate was told, whatever it was
            return [type(error).__name__]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as pool:
        return [outcome for told in pool.map(send, batches) for outcome in told]


@pytest.fixture
def tickets():
    made = factories.TicketFactory.create_batch(TICKETS, visitor__event=factories.EventFactory())
    open_door(made[0].event)
    for n in range(GATES):
        factories.GateFactory(event=made[0].event, name=f"Port {n}")
    return made


def scans_of(tickets, gates) -> list[list[dict]]:
    """Every gate scans all of the tickets, each gate beginning with another one."""
    return [
        [record_of(ticket, gate=gate) for ticket in tickets[n % len(tickets) :] + tickets[: n % len(tickets)]]
        for n, gate in enumerate(gates)
    ]


def test_many_gates_let_each_ticket_in_exactly_once(tickets):
    event = tickets[0].event

    seen = at_every_gate(event, scans_of(tickets, event.gates.values_list("pk", flat=True)))

    assert Counter(seen) == {"admitted": TICKETS, "already_in": TICKETS * (GATES - 1)}
    assert Counter(Scan.objects.admissions().values_list("ticket", flat=True)) == {ticket.pk: 1 for ticket in tickets}
    assert Scan.objects.count() == TICKETS * GATES
    assert set(Presence.objects.values_list("came", "inside")) == {(1, GATES)}
    assert Conflict.objects.filter(kind="twice", state="open").count() == TICKETS


def test_without_the_lock_several_gates_let_the_same_ticket_in(tickets, monkeypatch):
    """The test above can fail: unlocked, each gate that judges before another has written believes that it is first."""
    monkeypatch.setattr(TicketQuerySet, "select_for_update", lambda self, **options: self.all(), raising=False)
    monkeypatch.setattr("registrations.checkin.compiled._sql", {})
    gates = list(tickets[0].event.gates.values_list("pk", flat=True))[:8]
    # Everybody looks before anybody writes: what a busy server does by chance is done here on purpose.
    looked = Barrier(len(gates))
    find = recording.find

    def find_then_wait(*what):
        found = find(*what)
        looked.wait()
        return found

    monkeypatch.setattr(recording, "find", find_then_wait)

    seen = at_every_gate(tickets[0].event, [[record_of(tickets[0], gate=gate)] for gate in gates])

    assert Counter(seen)["admitted"] > 1


def test_one_record_sent_many_times_at_once_is_one(tickets):
    nonce = str(uuid4())

    seen = at_every_gate(tickets[0].event, [[record_of(tickets[0], nonce=nonce)]] * 8)

    assert (seen, Scan.objects.count()) == (["admitted"] * 8, 1)


def test_one_unknown_code_sent_many_times_at_once_is_one(tickets):
    """No ticket is locked here: the nonce alone tells them apart."""
    record = {"nonce": str(uuid4()), "text": "?", "device_at": NOW.isoformat()}

    seen = at_every_gate(tickets[0].event, [[record]] * 8)

    assert (seen, Scan.objects.count()) == (["unknown"] * 8, 1)
