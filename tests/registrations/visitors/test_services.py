"""Signing visitors up and letting them go."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.access.models import AuditEntry
from events.mail.models import Letter
from events.programme.models import EventState
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors import services
from registrations.visitors.availability import Availability
from registrations.visitors.models import Visitor, VisitorState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory()


def sign_up(event, now, **told):
    asked = {"name": "Åsa Öberg", "company": "Bageriet", "email": "asa@bageriet.example", "language": "sv"}
    return services.sign_up_visitor(event=event, at=now, **{**asked, "nonce": uuid4(), **told})


def test_sign_up_gives_a_ticket_and_mails_it(event, now):
    done = sign_up(event, now, email=" Asa@Bageriet.example ")

    assert (done.visitor.name, done.visitor.email, done.visitor.registered_at) == (
        "Åsa Öberg",
        "asa@bageriet.example",
        now,
    )
    assert (done.ticket.visitor, done.ticket.state, done.known) == (done.visitor, TicketState.VALID, False)
    letter = Letter.objects.get()
    assert (letter.to, letter.event, bytes(letter.image)[:4]) == ("asa@bageriet.example", event, b"\x89PNG")
    assert f"/t/{done.ticket.code}/" in letter.text
    assert "cid:image@torget" in letter.html


def test_sign_up_leaves_a_trail_without_the_code(event, now):
    done = sign_up(event, now)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.at, entry.event) == ("visitor.signed_up", None, now, event)
    assert done.ticket.code not in str(entry.changes)


def test_same_form_twice_is_one_sign_up(event, now):
    nonce = uuid4()

    first, second = sign_up(event, now, nonce=nonce), sign_up(event, now, nonce=nonce)

    assert (first.ticket, second.known) == (second.ticket, False)
    assert (Visitor.objects.count(), Letter.objects.count()) == (1, 1)


def test_same_form_with_a_colleague_is_a_sign_up_of_its_own(event, now):
    """Somebody goes back in the browser and changes name and address."""
    nonce = uuid4()

    first = sign_up(event, now, nonce=nonce)
    second = sign_up(event, now, nonce=nonce, name="Bo Ek", email="bo@bageriet.example")

    assert first.ticket != second.ticket
    assert Visitor.objects.count() == 2


def test_known_address_gets_its_ticket_once_more(event, now):
    first = sign_up(event, now)

    again = sign_up(event, now, name="Någon Annan", email="ASA@bageriet.example")

    assert (again.known, again.ticket) == (True, first.ticket)
    assert list(Letter.objects.values_list("to", flat=True)) == ["asa@bageriet.example"] * 2
    assert Visitor.objects.get().name == "Åsa Öberg"


def test_same_address_may_visit_another_event(event, now):
    sign_up(event, now)

    other = sign_up(factories.EventFactory(), now)

    assert other.known is False


@pytest.mark.parametrize(
    ("change", "availability"),
    [
        ({"state": EventState.CANCELLED}, Availability.CANCELLED),
        ({"state": EventState.DRAFT}, Availability.NOT_YET),
        ({"registration_opens_at": factories.NOW + timedelta(seconds=1)}, Availability.NOT_YET),
        ({"visitor_capacity": 0}, Availability.FULL),
    ],
)
def test_closed_event_takes_nobody(change, availability, now):
    event = factories.EventFactory(**change)

    with pytest.raises(services.SignUpClosed) as refusal:
        sign_up(event, now)

    assert refusal.value.availability == availability
    assert (Visitor.objects.count(), Letter.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_visitors_sign_up_until_the_last_moment(event):
    sign_up(event, event.ends_at - timedelta(seconds=1))

    with pytest.raises(services.SignUpClosed) as refusal:
        sign_up(event, event.ends_at, email="sen@bageriet.example")

    assert refusal.value.availability == Availability.OVER


def test_last_place_is_the_last(now):
    event = factories.EventFactory(visitor_capacity=2)
    factories.VisitorFactory(event=event)
    sign_up(event, now)

    with pytest.raises(services.SignUpClosed):
        sign_up(event, now, email="nej@bageriet.example")


def test_cancelling_frees_the_place_and_voids_the_ticket(now):
    event = factories.EventFactory(visitor_capacity=1)
    done = sign_up(event, now)

    visitor = services.cancel_visit(visitor=done.visitor, by=None, at=now)

    assert (visitor.state, visitor.cancelled_at) == (VisitorState.CANCELLED, now)
    assert Ticket.objects.get().state == TicketState.CANCELLED
    assert Letter.objects.order_by("pk").last().to == "asa@bageriet.example"
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["visitor.cancelled", "visitor.signed_up"]
    assert sign_up(event, now, email="nu@bageriet.example").known is False


def test_cancelling_twice_is_once(event, now):
    done = sign_up(event, now)
    services.cancel_visit(visitor=done.visitor, by=None, at=now)
    letters = Letter.objects.count()

    services.cancel_visit(visitor=done.visitor, by=None, at=now + timedelta(hours=1))

    assert Visitor.objects.get().cancelled_at == now
    assert Letter.objects.count() == letters


def test_somebody_who_cancelled_may_come_back_with_a_new_ticket(event, now):
    nonce = uuid4()
    first = sign_up(event, now, nonce=nonce)
    services.cancel_visit(visitor=first.visitor, by=None, at=now)

    again = sign_up(event, now, nonce=nonce)

    assert again.known is False
    assert again.ticket.code != first.ticket.code


def test_nothing_is_left_to_cancel_after_the_event(event, now):
    done = sign_up(event, now)

    with pytest.raises(services.VisitIsOver):
        services.cancel_visit(visitor=done.visitor, by=None, at=event.ends_at)

    assert Visitor.objects.get().state == VisitorState.REGISTERED
