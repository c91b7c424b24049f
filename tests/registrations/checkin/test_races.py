"""Many gates scan one ticket at once: shown on PostgreSQL, and shown to break without the lock."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from registrations.checkin import services
from registrations.checkin.models import Scan
from registrations.checkin.records import read_record
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket, TicketQuerySet
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def scan_at_once(ticket: Ticket, nonces: list[str], now) -> list[str]:
    """Each nonce is a scan at a gate of its own, all at the same moment; what each guard saw."""
    guard = factories.UserFactory()
    gates = {
        gate.pk: gate
        for gate in [factories.GateFactory(event=ticket.event, name=f"Port {n}") for n in range(len(nonces))]
    }
    start = Barrier(len(nonces))

    def scan(nonce: str, gate: int) -> str:
        raw = {"nonce": nonce, "text": ticket.code, "gate": gate, "device_at": now.isoformat()}
        record = read_record(raw, ticket.event.slug, now)
        try:
            start.wait()
            return services.record_scan(event=ticket.event, record=record, gates=gates, by=guard, at=now).scan.outcome
        except IntegrityError as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(nonces)) as pool:
        return list(pool.map(scan, nonces, gates))


def test_one_of_many_gates_lets_the_ticket_in(now):
    ticket = factories.TicketFactory()

    seen = scan_at_once(ticket, [str(uuid4()) for _ in range(AT_ONCE)], now)

    assert sorted(seen) == [Outcome.ADMITTED] + [Outcome.ALREADY_IN] * (AT_ONCE - 1)
    assert Scan.objects.count() == AT_ONCE


def test_without_the_lock_the_gates_get_in_each_others_way(now, monkeypatch):
    """The test above can fail: unlocked, each gate believes that it is first, and only the constraint stops them."""
    monkeypatch.setattr(TicketQuerySet, "select_for_update", lambda self, **options: self.all(), raising=False)
    # Everybody judges before anybody writes: what a busy server does by chance is done here on purpose.
    judged = Barrier(AT_ONCE)
    judge = services.judge

    def judge_then_wait(*facts):
        verdict = judge(*facts)
        judged.wait()
        return verdict

    monkeypatch.setattr(services, "judge", judge_then_wait)
    ticket = factories.TicketFactory()

    seen = scan_at_once(ticket, [str(uuid4()) for _ in range(AT_ONCE)], now)

    assert sorted(seen) == ["IntegrityError"] * (AT_ONCE - 1) + [Outcome.ADMITTED]
    assert Scan.objects.count() == 1


def test_one_scan_sent_many_times_at_once_is_one(now):
    ticket = factories.TicketFactory()

    seen = scan_at_once(ticket, [str(uuid4())] * AT_ONCE, now)

    assert seen == [Outcome.ADMITTED] * AT_ONCE
    assert Scan.objects.count() == 1
