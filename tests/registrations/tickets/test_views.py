"""A ticket's page, and the badges to print."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from events.look import formats
from events.programme.models import EventState
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence
from registrations.tickets.codes import new_code, spoken
from registrations.tickets.models import TicketState
from registrations.tickets.services import cancel_class_ticket, issue_class_ticket
from tests import factories
from tests import night_factories as nf
from tests.door_factories import let_in
from tests.registrations.bookings.real_clock import evening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["torget_language"] = "en"


@pytest.fixture
def ticket():
    now = timezone.now()
    event = factories.EventFactory(
        registration_opens_at=now - timedelta(days=9),
        registration_closes_at=now,
        starts_at=now,
        ends_at=now + timedelta(hours=7),
    )
    return factories.TicketFactory(visitor__name="Åsa Öberg", visitor__company="Bageriet & Co", visitor__event=event)


def page_of(client, ticket) -> str:
    return client.get(reverse("registrations:ticket", args=[ticket.code])).content.decode()


def test_page_shows_holder_code_and_state(client, ticket):
    page = page_of(client, ticket)

    for text in ["Åsa Öberg", "Bageriet &amp; Co", spoken(ticket.code), "Valid", '<svg class="qr"', "Cancel my visit"]:
        assert text in page


@pytest.mark.parametrize("cancelled", [False, True])
def test_page_of_a_class_says_when_it_is_let_in_and_how_many(client, now, cancelled):
    night = evening()
    wave = nf.WaveFactory(night=night, name="Insläpp 2", starts_at=night.event.starts_at + timedelta(hours=2))
    one = nf.SchoolClassFactory(booking__night=night, state=ClassState.CONFIRMED, wave=wave, pupils=23)
    ticket = issue_class_ticket(school_class=one, at=now)
    if cancelled:
        cancel_class_ticket(school_class=one, at=now)
        ticket.refresh_from_db()

    page = page_of(client, ticket)

    assert "Insläpp 2" in page
    assert "<dd>23</dd>" in page
    assert ("Ask the teacher who booked" in page) == cancelled


def test_page_is_for_its_holder_only(client, ticket):
    response = client.get(reverse("registrations:ticket", args=[ticket.code]))

    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/t/{typed}/", "/T/{code}", "/T/{typed}"])
def test_code_as_in_the_qr_or_as_typed_leads_to_the_page(address, client, ticket):
    typed = spoken(ticket.code).lower().replace("0", "o").replace("1", "l")

    response = client.get(address.format(code=ticket.code, typed=typed))

    assert response.headers["Location"] == f"/t/{ticket.code}/"


@pytest.mark.parametrize("code", ["0" * 16, "short", "å" * 16])
def test_unknown_code_is_not_found(code, client):
    assert client.get(f"/t/{code}/").status_code == 404
    assert client.get(f"/T/{code}").status_code == 404


def test_cancelled_ticket_says_so_and_cannot_be_cancelled_again(client, ticket):
    ticket.state = TicketState.CANCELLED
    ticket.save()

    page = page_of(client, ticket)

    assert "This ticket is cancelled" in page
    assert "Cancel my visit" not in page


def test_ticket_to_a_cancelled_event_says_so(client, ticket):
    ticket.event.state = EventState.CANCELLED
    ticket.event.save()

    assert "The event is cancelled" in page_of(client, ticket)


def test_badge_of_somebody_who_left_has_a_page_without_a_name(client, now):
    badge = factories.TicketFactory(
        visitor=None, event=factories.EventFactory(), kind="exhibitor", state=TicketState.CANCELLED
    )

    assert "This ticket is cancelled" in page_of(client, badge)


def test_whoever_guesses_is_slowed_down_and_whoever_has_tickets_is_not(client, ticket, limits):

    opened = {client.get(reverse("registrations:ticket", args=[ticket.code])).status_code for _ in range(40)}
    guesses = [client.get(f"/t/{new_code()}/").status_code for _ in range(23)]

    assert opened == {200}
    assert guesses == [404] * 21 + [429] * 2


def test_badges_are_a_pdf_that_nobody_keeps(organiser_client, ticket):
    response = organiser_client(ticket.event, Role.EDITOR).get(
        reverse("registrations:badges", args=[ticket.event.slug])
    )

    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "no-store")
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_without_tickets_there_is_nothing_to_print(organiser_client):
    event = factories.EventFactory()

    response = organiser_client(event).get(reverse("registrations:badges", args=[event.slug]))

    assert response.headers["Location"] == reverse("events:event-overview", args=[event.slug])


def test_blocked_ticket_sends_its_holder_to_the_desk(client, ticket):
    ticket.state = TicketState.BLOCKED
    ticket.save()

    page = page_of(client, ticket)

    assert "This ticket is blocked" in page
    assert "Go to the desk at the entrance" in page
    assert "ticket-void" in page
    assert "Cancel my visit" not in page


def test_page_says_since_when_somebody_is_in_and_that_they_have_left(client, ticket):
    let_in(ticket, at=timezone.now().replace(hour=16, minute=2))
    inside = page_of(client, ticket)
    Presence.objects.update(inside=0)

    assert f"You are in since {formats.clock(timezone.localtime(Presence.objects.get().first_at), 'en')}" in inside
    assert "Cancel my visit" not in inside
    assert "and have left" in page_of(client, ticket)


def test_class_reads_how_many_of_it_are_in(client, now):
    night = evening()
    wave = nf.WaveFactory(night=night, starts_at=night.event.starts_at)
    one = nf.SchoolClassFactory(booking__night=night, state=ClassState.CONFIRMED, wave=wave, pupils=23)
    ticket = issue_class_ticket(school_class=one, at=now)
    let_in(ticket, heads=19)

    assert "19 of 23 pupils have come in" in page_of(client, ticket)
