"""Conflicts in plain words, by hand-worked examples."""

from datetime import timedelta

import pytest
from django.utils import translation

from registrations.bookings.states import ClassState
from registrations.checkin.conflicts.explaining import explain
from registrations.checkin.conflicts.queries import around, conflicts_of
from registrations.tickets.services import cancel_ticket, issue_class_ticket
from tests import factories, night_factories
from tests.door_factories import DeviceFactory, open_door, record_of, send

pytestmark = pytest.mark.django_db
S, MIN = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def event():
    event = factories.EventFactory()
    open_door(event)
    return event


@pytest.fixture
def gates(event):
    return [factories.GateFactory(event=event, name=name) for name in ("Norra", "Södra")]


@pytest.fixture
def phones(gates):
    return [DeviceFactory(gate=gate, name=f"Telefon {gate.name}") for gate in gates]


def only(event, inside=0, fire_limit=None):
    found = list(conflicts_of(event))
    (one,) = [explain(conflict, around(found), inside, fire_limit) for conflict in found]
    return one


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_two_gates_without_contact_say_who_where_when_and_how_sure(event, gates, phones, now):
    ticket = factories.TicketFactory(visitor__event=event, visitor__name="Åsa Öberg")
    north = record_of(ticket, at=now, gate=gates[0].pk, clock_error_ms=1200)
    south = record_of(ticket, at=now + 95 * S, gate=gates[1].pk, clock_error_ms=40)
    send(event, north, at=now + 2 * S, device=phones[0])
    send(event, south, at=now + 12 * MIN, device=phones[1])

    told = only(event)

    assert (told.name, told.company, told.is_open) == ("Åsa Öberg", "Bageriet AB", True)
    assert told.what == "A ticket for one person has let 2 in, at Norra and Södra."
    assert plain(told.why) == (
        "There are 95 s between the first and the last. Telefon Södra had no contact and could not know."
    )
    assert told.now == "By what is written down, 2 people are in with the ticket now."
    sights = [(plain(s.time), plain(s.sure), s.who, s.saw, s.did, plain(s.sent)) for s in told.sights]
    assert sights == [
        ("10:00:00", "± 2 s", "Telefon Norra", "Welcome in", "let 1 person in", ""),
        ("10:01:35", "± 1 s", "Telefon Södra", "Welcome in", "let 1 person in", "10 min"),
    ]


def test_clocks_that_cannot_tell_which_was_first_say_so(event, gates, now):
    ticket = factories.TicketFactory(visitor__event=event)
    send(
        event,
        record_of(ticket, at=now, gate=gates[0].pk, clock_error_ms=1500),
        record_of(ticket, at=now + 2 * S, gate=gates[1].pk, clock_error_ms=600),
        at=now + 3 * S,
    )

    assert only(event).why == "They happened so close together that the clocks cannot tell which was first."


def test_clock_that_was_not_measured_is_told(event, gates, now):
    ticket = factories.TicketFactory(visitor__event=event)
    unmeasured = record_of(ticket, at=now - 40 * MIN, gate=gates[1].pk) | {"clock_offset_ms": None}
    send(event, record_of(ticket, at=now), unmeasured, at=now + S)

    told = only(event)

    assert told.why == "A clock was not measured, so nobody can tell for sure which was first."
    assert [(sight.time, bool(sight.sure), sight.sent) for sight in told.sights] == [
        ("10:00:00", True, ""),
        ("10:00:01", False, ""),
    ]


def test_class_says_how_many_are_over(event, gates, now):
    event.kind = event.Kind.NIGHT
    event.save()
    night = night_factories.NightFactory(event=event)
    one = night_factories.SchoolClassFactory(
        booking__night=night,
        label="9C",
        pupils=26,
        state=ClassState.OFFERED,
        wave=night_factories.WaveFactory(night=night, starts_at=now),
    )
    ticket = issue_class_ticket(school_class=one, at=now)
    send(event, record_of(ticket, at=now, headcount=26), record_of(ticket, at=now + S, headcount=4), at=now + 2 * S)

    told = only(event)

    assert told.name == "9C"
    assert told.what == "The class has 26 pupils, and 30 have been let in: 4 too many."


@pytest.mark.parametrize(
    ("cancelled", "says"),
    [
        (-20 * MIN, "The ticket was cancelled 09:40:00, and 20 min later somebody was let in with it."),
        (5 * MIN, "Somebody was let in with it, and 5 min later, 10:05:00, the ticket was cancelled."),
    ],
)
def test_ticket_that_is_not_valid_says_since_when(cancelled, says, event, phones, now):
    ticket = factories.TicketFactory(visitor__event=event)
    cancel_ticket(visitor=ticket.visitor, at=now + cancelled)
    ticket.visitor.cancelled_at = now + cancelled
    ticket.visitor.save()
    send(event, record_of(ticket, at=now), at=now + 10 * MIN, device=phones[0])

    told = only(event)

    assert plain(told.what) == says
    assert told.why == "Telefon Norra had no contact and could not know."


def test_full_says_how_many_are_in(event, gates, now):
    open_door(event, fire_limit=1)
    tickets = [factories.TicketFactory(visitor__event=event) for _n in range(2)]
    send(event, *[record_of(ticket, at=now) for ticket in tickets], at=now)

    told = only(event, inside=2, fire_limit=1)

    assert told.what == "2 people are in, and the fire limit is 1: 1 too many."
    assert only(event, inside=1, fire_limit=1).what == "In now: 1. The fire limit is 1."


def test_undone_scan_is_told_as_such(event, gates, now):
    ticket = factories.TicketFactory(visitor__event=event)
    first, second = record_of(ticket, at=now), record_of(ticket, at=now + S)
    send(event, first, second, at=now + S)
    send(event, record_of(act="undo", ref=second["nonce"], at=now + MIN), at=now + MIN)

    told = only(event)

    assert (told.is_open, [sight.undone for sight in told.sights]) == (False, [False, True])
