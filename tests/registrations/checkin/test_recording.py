"""Records at the server: judged, kept, each once, and what they add up to."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from events.mail.models import Letter
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.lists.header import door_header
from registrations.checkin.lists.sealing import close_box
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Presence, Scan
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import Visitor
from tests import factories
from tests.door_factories import DeviceFactory, open_door, presence, record_of, send
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def outcomes(*kept) -> list[str]:
    return [one.outcome for one in kept]


def test_let_in_once_and_told_so_the_second_time(event, ticket, gate):
    first, second = record_of(ticket), record_of(ticket, at=NOW + MINUTE, shown="already_in", let_in=False)

    kept = send(event, first, at=NOW) + send(event, second, at=NOW + MINUTE)

    assert outcomes(*kept) == ["admitted", "already_in"]
    found = Presence.objects.get()
    assert (found.inside, found.came, found.first_at, found.gate) == (1, 1, NOW, gate)
    assert not Conflict.objects.exists()


def test_same_record_again_is_the_same_scan_and_the_same_answer(event, ticket):
    record = record_of(ticket)
    (first,) = send(event, record)

    (again,) = send(event, record, at=NOW + 5 * MINUTE)

    assert (again.outcome, again.repeated, first.repeated) == (first.outcome, True, False)
    assert Scan.objects.count() == 1
    assert presence(ticket) == (1, 1)


def test_same_record_twice_in_one_batch_is_one(event, ticket):
    record = record_of(ticket)

    kept = send(event, record, dict(record), record)

    assert (outcomes(*kept), Scan.objects.count()) == (["admitted"] * 3, 1)


def test_order_of_one_batch_goes_by_the_corrected_clock(event, ticket, gate):
    """The phone that let in second sends first; its clock runs an hour ahead."""
    north = factories.GateFactory(event=event, name="Norra entrén")
    second = record_of(ticket, at=NOW + timedelta(hours=1), clock_offset_ms=-3_600_000, gate=north.pk)
    first = record_of(ticket, at=NOW - MINUTE, gate=gate.pk)

    kept = send(event, second, first, at=NOW)

    assert outcomes(*kept) == ["already_in", "admitted"]
    assert Presence.objects.get().gate == gate


def test_earlier_scan_that_comes_later_moves_the_first_arrival(event, ticket, gate):
    north = factories.GateFactory(event=event, name="Norra entrén")
    send(event, record_of(ticket, at=NOW, gate=gate.pk), at=NOW)

    send(event, record_of(ticket, at=NOW - 9 * MINUTE, gate=north.pk), at=NOW + MINUTE)

    found = Presence.objects.get()
    assert (found.first_at, found.gate, found.came) == (NOW - 9 * MINUTE, north, 1)


@pytest.mark.parametrize(("state", "outcome"), [(TicketState.CANCELLED, "cancelled"), (TicketState.BLOCKED, "blocked")])
def test_ticket_that_is_not_valid(event, ticket, state, outcome):
    Ticket.objects.update(state=state)

    (kept,) = send(event, record_of(ticket, shown=outcome, let_in=False))

    assert (kept.outcome, presence(ticket), Conflict.objects.count()) == (outcome, (0, 0), 0)


def test_device_says_what_was_done_and_the_server_what_it_thinks(event, ticket):
    """A guard let somebody in whom the server knows to be cancelled: the person is in, and the desk hears of it."""
    Ticket.objects.update(state=TicketState.CANCELLED)

    (kept,) = send(event, record_of(ticket))

    scan = Scan.objects.get()
    assert (scan.shown, scan.let_in, scan.outcome, kept.conflict) == ("admitted", True, "cancelled", True)
    assert presence(ticket) == (1, 1)


@pytest.mark.parametrize(("shown", "outcome"), [("already_in", "already_in"), ("admitted", "not_in"), ("?", "not_in")])
def test_who_was_turned_away_was_not_admitted_though_the_server_has_not_heard_why(event, ticket, shown, outcome):
    """The gate that let the ticket in sends later than the one that saw it the second time."""
    (refused,) = send(event, record_of(ticket, at=NOW + MINUTE, shown=shown, let_in=False), at=NOW + MINUTE)

    (let_in,) = send(event, record_of(ticket, at=NOW), at=NOW + 2 * MINUTE)

    assert (refused.outcome, let_in.outcome, presence(ticket)) == (outcome, "admitted", (1, 1))


@pytest.mark.parametrize("text", ["0000000000000000", "https://example.com/", "", "x" * 5000])
def test_unknown_code_is_kept_with_what_was_read(text, event):
    (kept,) = send(event, {"nonce": str(uuid4()), "text": text, "device_at": NOW.isoformat()})

    stored = Scan.objects.get()
    assert (kept.outcome, stored.ticket, stored.text) == ("unknown", None, text[:200])


def test_boxed_text_of_a_strange_code_is_opened_and_kept(event):
    box = close_box(door_header(ensure_door(event=event))["box"], {"text": "WIFI:S:Gäst;"})

    send(event, record_of(act="enter", box=box, shown="unknown", let_in=False))

    assert Scan.objects.get().text == "WIFI:S:Gäst;"


def test_nonce_of_another_events_scan_tells_nothing_of_it(event, ticket):
    elsewhere = factories.TicketFactory()
    nonce = str(uuid4())
    send(elsewhere.event, record_of(elsewhere, nonce=nonce))

    first = send(event, record_of(ticket, nonce=nonce))
    again = send(event, record_of(ticket, nonce=nonce))

    assert (outcomes(*first, *again), again[0].repeated) == (["admitted", "admitted"], True)
    assert Scan.objects.filter(event=event).get().nonce != UUID(nonce)


def test_unsound_record_lets_nobody_in(event, ticket):
    (kept,) = send(event, record_of(ticket, device_at="yesterday"))

    assert (kept.outcome, Scan.objects.get().ticket, presence(ticket)) == ("unknown", None, (0, 0))


def test_two_records_that_share_a_useless_nonce_are_both_kept(event):
    bad = {"nonce": "abc", "device_at": NOW.isoformat()}

    kept = send(event, bad | {"text": "one"}, bad | {"text": "two"})

    assert [one.nonce for one in kept] == ["abc", "abc"]
    assert set(Scan.objects.values_list("text", flat=True)) == {"one", "two"}


def test_nonsense_that_adds_up_keeps_no_other_record_out(event, class_ticket):
    """More heads than the column holds: the ticket's next record must not fail for ever."""
    nonsense = [record_of(class_ticket, headcount=2000, reason="?") for _ in range(17)]

    kept = send(event, *nonsense)

    assert outcomes(*kept) == ["admitted"] * 17
    assert presence(class_ticket) == (32_767, 32_767)


def test_what_another_events_door_wrote_down_moves_nobody_here(event, ticket):
    send(event, record_of(ticket))
    elsewhere = factories.GateFactory().event
    send(elsewhere, record_of(ticket, at=NOW + MINUTE, act="leave"), at=NOW + MINUTE)
    send(elsewhere, record_of(ticket, at=NOW + MINUTE), at=NOW + MINUTE)

    later = NOW + 2 * MINUTE
    (kept,) = send(event, record_of(ticket, at=later, shown="already_in", let_in=False), at=later)

    assert (kept.outcome, presence(ticket)) == ("already_in", (1, 1))
    assert not Conflict.objects.exists()


def test_gate_of_another_event_makes_the_record_unsound(event, ticket, gate):
    (kept,) = send(event, record_of(ticket, gate=factories.GateFactory().pk))

    assert (kept.outcome, Scan.objects.get().gate, presence(ticket)) == ("unknown", gate, (0, 0))


def test_record_without_a_gate_is_the_devices(event, ticket):
    north = factories.GateFactory(event=event, name="Norra entrén")

    send(event, record_of(ticket), device=DeviceFactory(gate=north, event=event))

    assert Scan.objects.get().gate == north


# --- Classes ----------------------------------------------------------------------------------------------------------


def test_class_comes_in_parts(event, class_ticket):
    kept = send(event, record_of(class_ticket, headcount=15))
    kept += send(event, record_of(class_ticket, at=NOW + 5 * MINUTE, headcount=12), at=NOW + 5 * MINUTE)

    assert (outcomes(*kept), presence(class_ticket)) == (["admitted", "admitted"], (27, 27))
    assert not Conflict.objects.exists()


def test_true_count_is_typed_once(event, class_ticket):
    entered = record_of(class_ticket, headcount=27)
    send(event, entered)

    kept = send(event, record_of(act="correct", ref=entered["nonce"], headcount=22))

    assert (outcomes(*kept), presence(class_ticket)) == (["corrected"], (22, 22))


def test_correction_that_comes_before_its_scan_counts_when_the_scan_comes(event, class_ticket):
    entered = record_of(class_ticket, headcount=27)
    send(event, record_of(act="correct", ref=entered["nonce"], headcount=22))
    assert presence(class_ticket) == (0, 0)

    send(event, entered)
    assert presence(class_ticket) == (22, 22)

    # And it stays so when something else comes.
    send(event, record_of(class_ticket, at=NOW + MINUTE, headcount=5), at=NOW + MINUTE)
    assert presence(class_ticket) == (27, 27)


# --- Going out, and a full house -------------------------------------------------------------------------------------


def test_who_goes_out_may_come_back_where_the_rules_say_so(event, ticket):
    open_door(event, reentry=True)
    send(event, record_of(ticket))
    (left,) = send(event, record_of(ticket, act="leave", at=NOW + MINUTE), at=NOW + MINUTE)

    (back,) = send(event, record_of(ticket, at=NOW + 2 * MINUTE), at=NOW + 2 * MINUTE)

    assert (left.outcome, back.outcome, presence(ticket)) == ("left", "admitted", (1, 1))


def test_code_that_is_typed_again_where_one_may_come_back_adds_nobody(event, ticket):
    open_door(event, reentry=True)
    typed = [
        {"nonce": str(uuid4()), "text": ticket.code, "device_at": NOW.isoformat(), "clock_offset_ms": 0}
        for _n in range(3)
    ]

    kept = [one for record in typed for one in send(event, record)]

    assert outcomes(*kept) == ["admitted", "again", "again"]
    assert Presence.objects.get().inside == 1


def test_who_goes_out_without_having_come_is_told_and_counted_as_nothing(event, ticket):
    (kept,) = send(event, record_of(ticket, act="leave"))

    assert (kept.outcome, presence(ticket)) == ("not_in", (0, 0))


def test_full_house_refuses_where_the_server_decides(event):
    open_door(event, fire_limit=1)
    first, second = factories.TicketFactory.create_batch(2, visitor__event=event)
    plain = {"device_at": NOW.isoformat()}

    kept = send(event, plain | {"nonce": str(uuid4()), "text": first.code})
    kept += send(event, plain | {"nonce": str(uuid4()), "text": second.code})

    assert outcomes(*kept) == ["admitted", "full"]
    assert presence(second) == (0, 0)


# --- Without a ticket ---------------------------------------------------------------------------------------------------


def walk_in(event, **details) -> dict:
    box = close_box(door_header(ensure_door(event=event))["box"], details)
    return record_of(act="walk_in", box=box, shown="admitted", let_in=True)


def test_walk_in_gets_a_ticket_and_is_in(event, mailoutbox):
    record = walk_in(event, name="Åsa Öberg", company="Bageriet", email="asa@bageriet.example")

    kept = send(event, record) + send(event, record)

    visitor = Visitor.objects.get()
    assert (visitor.name, visitor.company, visitor.email) == ("Åsa Öberg", "Bageriet", "asa@bageriet.example")
    assert (outcomes(*kept), presence(visitor.ticket)) == (["admitted", "admitted"], (1, 1))


def test_walk_in_whose_undoing_came_first_is_not_in(event):
    record = walk_in(event, name="Åsa Öberg", company="Bageriet", email="asa@bageriet.example")

    send(event, record_of(act="undo", ref=record["nonce"]))
    send(event, record)

    assert presence(Ticket.objects.get()) == (0, 0)


@pytest.mark.parametrize(("role", "letters"), [("desk", 1), ("door", 0), ("kiosk", 0)])
def test_only_a_desk_sends_a_walk_in_the_ticket(event, gate, role, letters):
    phone = DeviceFactory(gate=gate, event=event, role=role)

    send(event, walk_in(event, name="Åsa", email="asa@bageriet.example"), device=phone)

    assert (Letter.objects.count(), presence(Ticket.objects.get())) == (letters, (1, 1))


def test_walk_in_whose_address_is_signed_up_uses_that_ticket(event, ticket):
    (kept,) = send(event, walk_in(event, name="Å", company="", email=ticket.visitor.email.upper()))

    assert (kept.ticket, Visitor.objects.count(), presence(ticket)) == (ticket.pk, 1, (1, 1))


@pytest.mark.parametrize(
    "details",
    [
        {"name": "Åsa"},
        {"name": "x" * 500, "email": "no address"},
        {"name": 7},
        {"name": "half a smile \ud83d", "language": ["sv"]},
    ],
)
def test_walk_in_that_was_written_down_badly_is_in_all_the_same(event, details):
    send(event, walk_in(event, **details))

    assert presence(Ticket.objects.get()) == (1, 1)


def test_outcome_labels_cover_every_word_that_is_stored(event):
    assert max(len(value) for value in Outcome.values) <= 12
