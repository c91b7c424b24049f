"""Somebody comes without a ticket: at a phone that is believed, and at the desk, which can still say no."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from events.mail.models import Letter
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.desk.entering import NotLetIn, admit_walk_in
from registrations.checkin.lists.header import box_key, public_part
from registrations.checkin.lists.sealing import close_box
from registrations.checkin.models import Presence, Scan
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import Visitor
from registrations.visitors.retention import erase_visitors
from tests import factories
from tests.door_factories import let_in, open_door, record_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate


@pytest.fixture
def clerk():
    return factories.UserFactory(name="Dag Disk")


def boxed(gate, **details) -> dict:
    """A walk-in as a phone sends it."""
    box = close_box(public_part(box_key(settings.SECRET_KEY, gate.event.slug)), details)
    return record_of(act="walk_in", box=box, let_in=True, shown="admitted")


@pytest.fixture
def at_desk(gate, clerk, now):
    """``at_desk(name=…, email=…)``: somebody is let in at the desk's page."""

    def come(nonce=None, **details):
        return admit_walk_in(event=gate.event, details=details, gate=gate, nonce=nonce or uuid4(), by=clerk, at=now)

    return come


def test_desk_makes_a_ticket_lets_in_and_sends_it(at_desk, clerk, gate):
    kept = at_desk(name="  Åsa   Öberg ", company="Bageriet", email="Asa@Bageriet.example", language="en")

    ticket, scan = Ticket.objects.get(), Scan.objects.get()
    assert (kept.outcome, kept.ticket) == ("admitted", ticket.pk)
    assert (ticket.holder_name, ticket.holder_company, ticket.visitor.language) == ("Åsa Öberg", "Bageriet", "en")
    assert (scan.act, scan.scanned_by, scan.gate, scan.let_in) == ("walk_in", clerk, gate, True)
    assert Presence.objects.get().inside == 1
    assert [letter.to for letter in Letter.objects.all()] == ["asa@bageriet.example"]


def test_same_form_twice_is_one_person(at_desk):
    nonce = uuid4()

    first, again = at_desk(nonce, name="Åsa Öberg"), at_desk(nonce, name="Åsa Öberg")

    assert (first.ticket, again.repeated) == (again.ticket, True)
    assert (Visitor.objects.count(), Scan.objects.count()) == (1, 1)


def test_nonce_of_somebodys_sign_up_stops_nobody(at_desk, gate):
    signed_up = factories.VisitorFactory(event=gate.event)

    at_desk(signed_up.nonce, name="Åsa Öberg")

    assert Visitor.objects.count() == 2


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ({"fire_limit": 1}, "full"),
        ({"closes_at": factories.NOW - timedelta(minutes=5)}, "closed"),
        ({"opens_at": factories.NOW + timedelta(minutes=5)}, "too_early"),
    ],
)
def test_desk_says_no_before_anything_is_written(rules, outcome, at_desk, gate):
    let_in(factories.TicketFactory(visitor__event=gate.event))
    open_door(gate.event, **rules)

    with pytest.raises(NotLetIn) as no:
        at_desk(name="Åsa Öberg", email="asa@bageriet.example")

    assert no.value.outcome == outcome
    assert (Visitor.objects.count(), Scan.objects.count(), Letter.objects.count()) == (1, 1, 0)


def test_phone_that_let_somebody_in_past_the_limit_is_believed(gate, now):
    let_in(factories.TicketFactory(visitor__event=gate.event))
    open_door(gate.event, fire_limit=1)

    (kept,) = send(gate.event, boxed(gate, name="Åsa Öberg"), at=now)

    assert kept.outcome == "full"
    assert Presence.objects.get(ticket=kept.ticket).inside == 1
    assert Conflict.objects.filter(kind="full", state="open").exists()


def test_places_for_visitors_are_not_counted(at_desk, gate):
    gate.event.visitor_capacity = 0
    gate.event.save()

    assert at_desk(name="Åsa Öberg").outcome == "admitted"


def test_known_address_uses_the_ticket_it_has(at_desk, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event, visitor__email="asa@bageriet.example")

    kept = at_desk(name="Åsa Öberg", email="ASA@bageriet.example")

    assert kept.ticket == ticket.pk
    assert (Visitor.objects.count(), Letter.objects.count()) == (1, 0)


def test_same_person_who_is_in_already_is_refused_at_the_desk(at_desk, gate):
    ticket = factories.TicketFactory(
        visitor__event=gate.event, visitor__email="asa@bageriet.example", visitor__name="Åsa Öberg"
    )
    let_in(ticket)

    with pytest.raises(NotLetIn) as no:
        at_desk(name="oberg asa", email="asa@bageriet.example")

    assert (no.value.outcome, Scan.objects.count()) == ("already_in", 1)


@pytest.mark.parametrize("way", ["desk", "phone"])
def test_colleague_with_the_same_address_is_another_person(way, at_desk, gate, now):
    ticket = factories.TicketFactory(
        visitor__event=gate.event, visitor__email="info@bageriet.example", visitor__name="Åsa Öberg"
    )
    let_in(ticket)
    colleague = {"name": "Bo Ek", "email": "info@bageriet.example"}

    kept = at_desk(**colleague) if way == "desk" else send(gate.event, boxed(gate, **colleague), at=now)[0]

    assert (kept.outcome, kept.conflict) == ("admitted", False)
    assert Ticket.objects.get(pk=kept.ticket).holder_name == "Bo Ek"
    assert Letter.objects.count() == 0  # the address stays the first one's


def test_blocked_ticket_does_not_come_in_as_a_walk_in(at_desk, gate):
    factories.TicketFactory(visitor__event=gate.event, visitor__email="asa@bageriet.example", state=TicketState.BLOCKED)

    with pytest.raises(NotLetIn) as no:
        at_desk(name="Åsa Öberg", email="asa@bageriet.example")

    assert no.value.outcome == "blocked"


@pytest.mark.parametrize("name", ["", "   ", None, 7, ["Åsa"]])
def test_somebody_without_a_name_is_counted(name, gate, now):
    (kept,) = send(gate.event, boxed(gate, name=name), at=now)

    ticket = Ticket.objects.get()
    assert (kept.outcome, kept.ticket, ticket.holder_name) == ("admitted", ticket.pk, "")
    assert Presence.objects.get().inside == 1


@pytest.mark.parametrize("email", ["", "no address", "a@", None, "x" * 300 + "@example.se"])
def test_address_that_is_none_is_left_out(email, gate, now):
    (kept,) = send(gate.event, boxed(gate, name="Åsa Öberg", email=email), at=now)

    assert kept.outcome == "admitted"
    assert (Visitor.objects.get().has_address, Letter.objects.count()) == (False, 0)


def test_name_without_address_is_erased_in_time_like_others(at_desk, gate, now):
    at_desk(name="Åsa Öberg", company="Bageriet")
    later = gate.event.ends_at + timedelta(days=1)

    assert (erase_visitors(later, 10), erase_visitors(later, 10)) == (1, 0)

    visitor = Visitor.objects.get()
    assert (visitor.name, visitor.company, visitor.is_erased) == ("", "", True)
