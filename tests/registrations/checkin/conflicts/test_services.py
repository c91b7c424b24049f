"""When records contradict each other, and when what is known later dissolves that."""

from datetime import timedelta

import pytest

from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.models import Scan
from registrations.tickets.models import Ticket, TicketState
from tests import factories
from tests.door_factories import open_door, presence, record_of, send
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_two_gates_while_offline_are_both_kept_and_one_counts(event, ticket, gate):
    north = factories.GateFactory(event=event, name="Norra entrén")
    send(event, record_of(ticket, gate=gate.pk))

    (kept,) = send(event, record_of(ticket, at=NOW - MINUTE, gate=north.pk), at=NOW + MINUTE)

    conflict = Conflict.objects.get()
    assert (kept.outcome, kept.conflict) == ("already_in", True)
    assert (conflict.kind, conflict.ticket, set(conflict.scans.values_list("gate", flat=True))) == (
        "twice",
        ticket,
        {gate.pk, north.pk},
    )
    assert Scan.objects.admissions().count() == 1
    # Two bodies went in; one ticket came.
    assert presence(ticket) == (2, 1)


def test_undo_dissolves_the_conflict_and_takes_the_body_back(event, ticket):
    send(event, record_of(ticket))
    second = record_of(ticket, at=NOW + MINUTE)
    send(event, second, at=NOW + MINUTE)

    send(event, record_of(act="undo", ref=second["nonce"]), at=NOW + 2 * MINUTE)

    assert (Conflict.objects.get().state, presence(ticket)) == ("dissolved", (1, 1))


@pytest.mark.parametrize("act", ["leave", "enter"])
def test_who_came_in_while_the_ticket_was_good_is_no_conflict_when_it_is_blocked_later(event, ticket, act):
    send(event, record_of(ticket))
    Ticket.objects.update(state=TicketState.BLOCKED)

    (kept,) = send(event, record_of(ticket, act=act, at=NOW + MINUTE, let_in=False), at=NOW + MINUTE)

    assert (kept.conflict, Conflict.objects.exists()) == (False, False)


def test_only_the_scan_of_a_blocked_ticket_is_in_the_conflict(event, ticket):
    open_door(event, reentry=True)
    send(event, record_of(ticket), record_of(ticket, act="leave", at=NOW + MINUTE), at=NOW + MINUTE)
    Ticket.objects.update(state=TicketState.BLOCKED)

    back = record_of(ticket, at=NOW + 2 * MINUTE)
    send(event, back, at=NOW + 2 * MINUTE)

    conflict = Conflict.objects.get()
    assert (conflict.kind, [str(scan.nonce) for scan in conflict.scans.all()]) == ("not_valid", [back["nonce"]])


def test_conflict_that_was_settled_is_not_opened_again_by_the_same_scans(event, ticket):
    send(event, record_of(ticket), record_of(ticket, at=NOW - MINUTE))
    Conflict.objects.update(state="settled")

    send(event, record_of(ticket, at=NOW + MINUTE, shown="already_in", let_in=False), at=NOW + MINUTE)
    assert [conflict.state for conflict in Conflict.objects.all()] == ["settled"]

    send(event, record_of(ticket, at=NOW + 2 * MINUTE), at=NOW + 2 * MINUTE)
    assert sorted(conflict.state for conflict in Conflict.objects.all()) == ["open", "settled"]


# --- More than announced ---------------------------------------------------------------------------------------------


def test_more_than_announced_is_a_conflict_without_a_reason_and_none_with_one(event, class_ticket):
    send(event, record_of(class_ticket, headcount=27))
    extra = record_of(class_ticket, at=NOW + MINUTE, headcount=3, reason="Fler elever än anmält")

    (kept,) = send(event, extra, at=NOW + MINUTE)

    assert (kept.outcome, kept.conflict, presence(class_ticket)) == ("admitted", False, (30, 30))


def test_whole_class_at_two_gates_is_a_conflict_that_a_correction_dissolves(event, class_ticket):
    one, two = record_of(class_ticket, headcount=27), record_of(class_ticket, at=NOW + MINUTE, headcount=27)
    send(event, one, two, at=NOW + MINUTE)
    conflict = Conflict.objects.get()
    assert (conflict.kind, conflict.state, conflict.scans.count()) == ("over", "open", 2)

    corrected = [record_of(act="correct", ref=one["nonce"], headcount=15)]
    corrected += [record_of(act="correct", ref=two["nonce"], headcount=12)]
    send(event, *corrected, at=NOW + 2 * MINUTE)

    conflict.refresh_from_db()
    assert (conflict.state, conflict.ended_at) == ("dissolved", NOW + 2 * MINUTE)
    assert presence(class_ticket) == (27, 27)


# --- More than the house holds ---------------------------------------------------------------------------------------


def test_fire_limit_that_was_passed_offline_is_a_conflict_until_enough_have_left(event):
    open_door(event, fire_limit=2)
    tickets = factories.TicketFactory.create_batch(3, visitor__event=event)

    send(event, *[record_of(ticket) for ticket in tickets])
    assert [(one.kind, one.state) for one in Conflict.objects.all()] == [("full", "open")]

    send(event, record_of(tickets[0], act="leave", at=NOW + MINUTE), at=NOW + MINUTE)
    assert [(one.kind, one.state) for one in Conflict.objects.all()] == [("full", "dissolved")]


def test_fire_limit_that_one_large_class_passes_is_noticed_at_once(event, class_ticket):
    open_door(event, fire_limit=80)

    send(event, record_of(class_ticket, headcount=100, reason="?"))

    assert [(one.kind, one.state) for one in Conflict.objects.all()] == [("full", "open")]
