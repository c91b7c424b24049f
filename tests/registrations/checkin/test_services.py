"""Scans at the door: judged, kept, never twice."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events.access.models import AuditEntry
from registrations.checkin import services
from registrations.checkin.models import Gate, Scan
from registrations.checkin.records import Record, read_record
from registrations.checkin.verdict import Admission, Outcome
from registrations.tickets.models import TicketState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    return factories.GateFactory()


@pytest.fixture
def guard():
    return factories.UserFactory()


@pytest.fixture
def scan(gate, guard, now):
    """``scan("CODE")`` at the gate; ``nonce``, ``at`` and other parts of the record may be given."""

    def make(text: str, at=None, **also) -> services.Answer:
        raw = {"nonce": str(uuid4()), "text": text, "gate": gate.pk, "device_at": (at or now).isoformat(), **also}
        record = read_record(raw, gate.event.slug, at or now)
        gates = gate.event.gates.in_bulk()
        return services.record_scan(event=gate.event, record=record, gates=gates, by=guard, at=at or now)

    return make


def ticket_to(gate: Gate, **also):
    return factories.TicketFactory(visitor__event=gate.event, **also)


def test_valid_ticket_is_let_in_and_the_scan_kept(scan, gate, guard, now):
    ticket = ticket_to(gate)

    answer = scan(ticket.code.lower(), clock_offset_ms=350)

    stored = Scan.objects.get()
    assert (answer.scan, answer.earlier, answer.repeated) == (stored, None, False)
    assert (stored.outcome, stored.ticket, stored.gate, stored.scanned_by) == (Outcome.ADMITTED, ticket, gate, guard)
    assert (stored.device_at, stored.received_at, stored.clock_offset_ms, stored.text) == (now, now, 350, "")


def test_second_time_tells_when_and_where_the_first_was(scan, gate, now):
    ticket = ticket_to(gate)
    scan(ticket.code)
    north = factories.GateFactory(event=gate.event, name="Norra entrén")

    answer = scan(ticket.code, at=now + timedelta(hours=1), gate=north.pk)

    assert (answer.scan.outcome, answer.scan.gate) == (Outcome.ALREADY_IN, north)
    assert answer.earlier == Admission(now, gate.name)


def test_cancelled_ticket_is_refused(scan, gate):
    assert scan(ticket_to(gate, state=TicketState.CANCELLED).code).scan.outcome == Outcome.CANCELLED


def test_ticket_to_another_event_is_told_apart(scan):
    ticket = factories.TicketFactory()

    answer = scan(ticket.code)

    assert (answer.scan.outcome, answer.scan.ticket) == (Outcome.WRONG_EVENT, ticket)


@pytest.mark.parametrize("text", ["0000000000000000", "https://example.com/", "", "x" * 5000])
def test_unknown_code_is_kept_with_what_was_read(text, scan):
    stored = scan(text).scan

    assert (stored.outcome, stored.ticket, stored.text) == (Outcome.UNKNOWN, None, text[:200])


def test_same_scan_again_gives_the_same_answer(scan, gate, now):
    ticket, nonce = ticket_to(gate), str(uuid4())
    first = scan(ticket.code, nonce=nonce)

    again = scan(ticket.code, nonce=nonce, at=now + timedelta(minutes=5))

    assert (again.scan, again.scan.outcome, again.repeated) == (first.scan, Outcome.ADMITTED, True)
    assert Scan.objects.count() == 1


def test_repeated_refusal_still_tells_when_and_where(scan, gate, now):
    ticket, nonce = ticket_to(gate), str(uuid4())
    scan(ticket.code)
    scan(ticket.code, nonce=nonce)

    assert scan(ticket.code, nonce=nonce).earlier == Admission(now, gate.name)


def test_nonce_of_another_events_scan_tells_nothing_of_it(scan, gate, guard, now):
    nonce = str(uuid4())
    elsewhere = factories.GateFactory()
    Scan.objects.create(event=elsewhere.event, gate=elsewhere, nonce=nonce, device_at=now, outcome=Outcome.ADMITTED)

    first, second = scan("?", nonce=nonce), scan("?", nonce=nonce)

    assert (first.scan.event, first.scan.outcome, second.scan) == (gate.event, Outcome.UNKNOWN, first.scan)
    assert first.scan.nonce != UUID(nonce)


def test_unsound_record_lets_nobody_in(scan, gate, now):
    ticket = ticket_to(gate)

    stored = scan(ticket.code, device_at="yesterday").scan

    assert (stored.outcome, stored.ticket, stored.text, stored.device_at) == (Outcome.UNKNOWN, None, ticket.code, now)


def test_gate_of_another_event_makes_the_record_unsound(scan, gate):
    stored = scan(ticket_to(gate).code, gate=factories.GateFactory().pk).scan

    assert (stored.outcome, stored.gate) == (Outcome.UNKNOWN, gate)


def test_scan_costs_few_questions(scan, gate, django_assert_num_queries):
    ticket = ticket_to(gate)
    record_scan_queries = 4  # the ticket, the nonce, an earlier admission, the row; and the transaction's two
    gates = gate.event.gates.in_bulk()
    record = Record(uuid4(), "", ticket.code, gate.pk, factories.NOW, None, sound=True)
    guard = factories.UserFactory()

    with django_assert_num_queries(record_scan_queries + 2):
        services.record_scan(event=gate.event, record=record, gates=gates, by=guard, at=factories.NOW)


def test_event_gets_its_first_gate_once():
    event = factories.EventFactory()

    first, second = services.ensure_gate(event=event), services.ensure_gate(event=event)

    assert first == second == event.gates.get()


def test_gate_is_added_with_a_trail(gate, guard, now):
    added = services.add_gate(event=gate.event, name="Norra entrén", by=guard, at=now)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.object_name) == ("gate.added", guard, "Norra entrén")
    assert list(gate.event.gates.all()) == [gate, added]


def test_gate_with_the_same_name_is_refused_whatever_the_case(gate, guard, now):
    with pytest.raises(services.GateExists):
        services.add_gate(event=gate.event, name=gate.name.upper(), by=guard, at=now)
