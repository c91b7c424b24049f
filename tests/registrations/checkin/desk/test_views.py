"""The desk's own pages, without a script."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry, Role
from events.memory import forget_everything
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence, Scan
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import Visitor
from tests import factories
from tests.door_factories import let_in, open_door
from tests.night_factories import BookingFactory, NightFactory, SchoolClassFactory, WaveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate


@pytest.fixture
def clerk(gate, organiser_client):
    client = organiser_client(gate.event, Role.DOOR)
    client.cookies["torget_language"] = "en"
    return client


def visitor(gate, name="Åsa Öberg", company="Bageriet AB", **also) -> Ticket:
    return factories.TicketFactory(visitor__event=gate.event, visitor__name=name, visitor__company=company, **also)


def address(event, name="door-search", *args, query="") -> str:
    return reverse(f"registrations:{name}", args=[event.slug, *args]) + query


def enter(client, ticket, **also):
    url = address(ticket.event, query="?q=asa")
    return client.post(url, {"act": "enter", "handle": ticket.handle, "nonce": uuid4()} | also)


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_somebody_is_found_and_let_in_at_the_gate_where_the_desk_stands(clerk, gate):
    ticket, north = visitor(gate), factories.GateFactory(event=gate.event, name="Norra")
    page = page_of(clerk.get(address(gate.event, query=f"?q=asa+oberg&gate={north.pk}")))
    assert "Åsa Öberg" in page
    assert "Has not come" in page

    response = enter(clerk, ticket, gate=north.pk)

    scan = Scan.objects.get()
    assert (scan.outcome, scan.gate, scan.let_in, scan.device) == ("admitted", north, True, None)
    assert scan.scanned_by.name == "Olle Organisatör"
    assert 'data-outcome="admitted"' in page_of(response)
    assert "Norra" in page_of(clerk.get(address(gate.event, query="?q=asa")))


def test_double_click_lets_in_once_and_says_so_twice(clerk, gate):
    ticket, nonce = visitor(gate), uuid4()

    pages = [page_of(enter(clerk, ticket, nonce=nonce)) for _ in range(2)]

    assert ['data-outcome="admitted"' in page for page in pages] == [True, True]
    assert Scan.objects.count() == 1


def test_second_time_is_refused_in_words_and_kept(clerk, gate):
    ticket = visitor(gate)
    enter(clerk, ticket)

    page = page_of(enter(clerk, ticket))

    assert 'data-outcome="already_in"' in page
    assert list(Scan.objects.order_by("pk").values_list("let_in", flat=True)) == [True, False]
    assert Presence.objects.get().inside == 1


def test_last_admission_is_undone(clerk, gate):
    ticket = visitor(gate)
    enter(clerk, ticket)

    page = page_of(enter(clerk, ticket, act="undo"))
    nothing = enter(clerk, ticket, act="undo")

    assert 'data-outcome="undone"' in page
    assert Presence.objects.get().came == 0
    assert nothing.status_code == 409
    assert "no admission to take back" in page_of(nothing)


def test_mistake_is_undone_from_the_answer_itself(clerk, gate):
    ticket = visitor(gate)
    enter(clerk, ticket)

    clerk.post(address(gate.event), {"act": "undo", "ref": Scan.objects.get().nonce, "nonce": uuid4(), "gate": gate.pk})

    assert Presence.objects.get().came == 0


@pytest.fixture
def school(organiser_client):
    """A class of 26 and a client of somebody at its door."""
    night = NightFactory()
    gate = factories.GateFactory(event=night.event)
    open_door(night.event)
    booking = BookingFactory(night=night, school__name="Österportskolan")
    wave = WaveFactory(night=night, starts_at=timezone.now())
    school_class = SchoolClassFactory(booking=booking, label="9C", pupils=26, wave=wave, state=ClassState.CONFIRMED)
    ticket = Ticket.objects.create(event=gate.event, kind=Ticket.Kind.CLASS, school_class=school_class, headcount=26)
    client = organiser_client(gate.event, Role.DOOR)
    client.cookies["torget_language"] = "en"
    return client, ticket


def test_class_comes_in_parts_as_many_as_are_typed(school):
    client, ticket = school

    enter(client, ticket, heads="20")
    page = page_of(client.get(address(ticket.event, query="?q=9c+oster")))
    enter(client, ticket, heads="6")

    assert "20 of 26 in" in page
    assert 'name="heads" min="1" max="6" value="6"' in page
    assert Presence.objects.get().inside == 26


def test_more_than_the_class_need_a_reason(school):
    client, ticket = school

    refused = enter(client, ticket, heads="28")
    let = enter(client, ticket, heads="28", reason="Två till kom med bussen")

    assert refused.status_code == 409
    assert "Only 26 pupils of the class are left outside" in page_of(refused)
    assert 'data-outcome="admitted"' in page_of(let)
    assert (Presence.objects.get().inside, Scan.objects.get().reason) == (28, "Två till kom med bussen")


def test_reason_is_no_way_past_the_fire_limit(school):
    client, ticket = school
    open_door(ticket.event, fire_limit=27)

    refused = enter(client, ticket, heads="28", reason="Två till")

    assert (refused.status_code, Scan.objects.count()) == (409, 0)
    assert "fire limit" in page_of(refused)


def test_early_class_is_let_in_with_a_reason(school):
    client, ticket = school
    wave = ticket.school_class.wave
    wave.starts_at += timedelta(days=900)
    wave.save()

    early = page_of(enter(client, ticket))
    let = page_of(enter(client, ticket, reason="Bussen kom tidigt", text="", heads="26"))

    assert 'data-outcome="early"' in early
    assert 'name="reason"' in early
    assert 'data-outcome="admitted"' in let
    assert Presence.objects.get().inside == 26


@pytest.mark.parametrize("state", [TicketState.BLOCKED, TicketState.CANCELLED])
def test_reason_lets_in_nobody_with_a_ticket_that_is_not_valid(state, clerk, gate):
    ticket = visitor(gate, state=state)

    answer = enter(clerk, ticket, reason="Känner henne")

    assert answer.status_code == 409
    assert not Scan.objects.exists()


def test_reason_lets_nobody_in_twice(clerk, gate):
    ticket = visitor(gate)
    enter(clerk, ticket)

    assert enter(clerk, ticket, reason="Känner henne").status_code == 409


def test_ticket_is_blocked_with_a_reason_and_the_block_lifted(clerk, gate):
    ticket = visitor(gate)
    block, lift = (address(gate.event, name, ticket.handle) for name in ("door-block", "door-unblock"))

    without = clerk.post(block, {"reason": " ", "q": "asa"}, follow=True)
    blocked = clerk.post(block, {"reason": "Såld vidare", "q": "asa", "gate": gate.pk}, follow=True)
    seen = page_of(enter(clerk, ticket))
    lifted = clerk.post(lift, {"q": "asa"}, follow=True)

    assert "Say why the ticket is blocked" in page_of(without)
    assert "The ticket is blocked." in page_of(blocked)
    assert blocked.redirect_chain[-1][0].endswith(f"?q=asa&gate={gate.pk}")
    assert 'data-outcome="blocked"' in seen
    assert "The ticket lets in again." in page_of(lifted)
    assert AuditEntry.objects.filter(verb="ticket.blocked", actor__isnull=False).count() == 1


def test_lifting_the_block_of_somebody_who_cancelled_says_so(clerk, gate):
    ticket = visitor(gate, state=TicketState.BLOCKED)
    Visitor.objects.update(state="cancelled")

    page = page_of(clerk.post(address(gate.event, "door-unblock", ticket.handle), follow=True))

    assert "the holder has cancelled" in page
    assert Ticket.objects.get().state == TicketState.CANCELLED


def test_one_badge_is_printed_for_a_valid_ticket_alone(clerk, gate):
    ticket = visitor(gate)
    url = address(gate.event, "door-badge", ticket.handle)

    good = clerk.get(url)
    Ticket.objects.update(state=TicketState.BLOCKED)

    assert b"".join(good.streaming_content).startswith(b"%PDF")
    assert "no-store" in good["Cache-Control"]
    assert clerk.get(url).status_code == 404


def test_another_events_ticket_does_not_exist_here(clerk, gate):
    other = factories.TicketFactory()

    answers = [
        clerk.post(address(gate.event), {"act": "enter", "handle": other.handle}),
        clerk.post(address(gate.event), {"act": "enter", "text": other.code}),
        clerk.post(address(gate.event, "door-block", other.handle), {"reason": "x"}),
        clerk.get(address(gate.event, "door-badge", other.handle)),
        clerk.get(address(gate.event, "door-walk-in-done", other.handle)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"act": "enter"},
        {"act": "undo"},
        {"act": "enter", "handle": "\0"},
        {"act": "enter", "text": "\0" * 16},
    ],
)
def test_form_that_names_no_ticket_is_not_found(said, clerk, gate):
    assert clerk.post(address(gate.event), said).status_code == 404


@pytest.mark.parametrize("said", [{"nonce": "x"}, {"gate": "x"}, {"gate": "9" * 30}, {"heads": "-3"}, {"heads": "1e9"}])
def test_form_with_strange_parts_lets_in_like_a_plain_one(said, clerk, gate):
    assert 'data-outcome="admitted"' in page_of(enter(clerk, visitor(gate), **said))


def test_search_costs_the_same_for_one_and_three(clerk, gate, monkeypatch):
    monkeypatch.setattr("registrations.checkin.lists.services.EVERY", timedelta(hours=1))
    url, asked = address(gate.event, query="?q=bageriet"), []
    for many in (1, 2):
        for _ in range(many):
            let_in(visitor(gate))
        clerk.get(url)
        forget_everything()
        with CaptureQueriesContext(connection) as queries:
            clerk.get(url)
        asked.append(len(queries))

    assert asked[0] == asked[1], [query["sql"][:150] for query in queries]


# --- without a ticket ---


def come(client, event, **typed):
    return client.post(
        address(event, "door-walk-in"), {"name": "Åsa Öberg", "language": "sv", "once": uuid4()} | typed, follow=True
    )


def test_somebody_without_a_ticket_is_let_in_and_gets_a_badge(clerk, gate):
    page = page_of(come(clerk, gate.event, company="Bageriet", email="asa@bageriet.example"))

    ticket = Ticket.objects.get()
    assert "Åsa Öberg is in" in page
    assert spoken(ticket.code) in page
    assert address(gate.event, "door-badge", ticket.handle) in page
    assert (Presence.objects.get().inside, Visitor.objects.get().email) == (1, "asa@bageriet.example")


def test_form_says_why_it_asks_for_an_address(clerk, gate):
    assert "the ticket comes here, and one short question afterwards" in page_of(
        clerk.get(address(gate.event, "door-walk-in"))
    )


def test_double_click_makes_one(clerk, gate):
    once = uuid4()

    pages = [page_of(come(clerk, gate.event, once=once)) for _ in range(2)]

    assert ["Åsa Öberg is in" in page for page in pages] == [True, True]
    assert (Visitor.objects.count(), Scan.objects.count()) == (1, 1)


@pytest.mark.parametrize("typed", [{"name": " "}, {"email": "no address"}, {"gate": "999999"}, {"name": "x" * 121}])
def test_form_that_is_filled_in_wrongly_makes_nothing(typed, clerk, gate):
    factories.GateFactory(event=gate.event, name="Norra")

    response = come(clerk, gate.event, **{"gate": gate.pk} | typed)

    assert (response.status_code, Visitor.objects.count()) == (422, 0)


def test_known_address_is_said_and_its_ticket_used(clerk, gate):
    ticket = visitor(gate, visitor__email="asa@bageriet.example")

    page = page_of(come(clerk, gate.event, email="asa@bageriet.example"))

    assert "asa@bageriet.example was signed up already" in page
    assert Presence.objects.get().ticket == ticket
    assert Visitor.objects.count() == 1


def test_colleague_with_the_same_address_is_told(clerk, gate):
    let_in(visitor(gate, "Bo Ek", visitor__email="info@bageriet.example"))

    page = page_of(come(clerk, gate.event, email="info@bageriet.example"))

    assert "Somebody else has come in with that address already" in page
    assert Visitor.objects.count() == 2


def test_full_house_is_said_before_anything_is_written(clerk, gate):
    let_in(visitor(gate, "Bo Ek"))
    open_door(gate.event, fire_limit=1)

    response = come(clerk, gate.event)

    assert response.status_code == 409
    assert "As many people are in as the fire limit allows (1)" in page_of(response)
    assert (Visitor.objects.count(), Scan.objects.count()) == (1, 1)
    assert 'value="Åsa Öberg"' in page_of(response)
