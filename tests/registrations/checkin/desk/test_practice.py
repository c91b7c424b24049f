"""Practice tickets: on paper, on the phone, and at the server that never heard of them."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from registrations.checkin.models import Presence, Scan
from registrations.checkin.practice import PRACTICE_TICKETS
from registrations.tickets.codes import read_code
from registrations.tickets.models import Ticket
from tests import factories
from tests.door_factories import open_door, record_of

SCRIPT = Path(settings.BASE_DIR) / "static" / "door" / "practice.js"


def test_sheet_and_phone_know_the_same_tickets():
    told = re.findall(r'code: "(\w+)",\s*outcome: "(\w+)"', SCRIPT.read_text())

    assert told == [(ticket.code, ticket.outcome.value) for ticket in PRACTICE_TICKETS]


def test_phone_and_server_know_them_by_the_same_beginning():
    (prefix,) = set(re.findall(r'PRACTICE = "(\w+)"', (SCRIPT.parent / "codes.js").read_text()))

    assert all(ticket.code.startswith(prefix) for ticket in PRACTICE_TICKETS)


def test_practice_codes_are_codes_as_a_scanner_reads_them():
    assert [read_code(ticket.code.lower()) for ticket in PRACTICE_TICKETS] == [t.code for t in PRACTICE_TICKETS]
    assert len({str(ticket.words) for ticket in PRACTICE_TICKETS}) == len(PRACTICE_TICKETS)


@pytest.mark.django_db
def test_sheet_shows_each_with_its_code_and_words(organiser_client):
    event = factories.EventFactory()
    client = organiser_client(event, Role.DOOR)
    client.cookies["torget_language"] = "en"

    page = client.get(reverse("registrations:door-practice", args=[event.slug])).content.decode()

    assert page.count('class="qr"') == len(PRACTICE_TICKETS)
    assert all(str(ticket.words) in page for ticket in PRACTICE_TICKETS)
    assert "PRAC-T1CE-0000-0ADM" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/T/PRACT1CE00000ADM", "/t/PRACT1CE00000ADM/", "/t/pract1ce00000adm/", "/T/PRACT1CEANYTH1NG"]
)
def test_ordinary_camera_is_told_what_it_is(path, client):
    client.cookies["torget_language"] = "en"

    response = client.get(path)

    assert response.status_code == 200
    assert "This is a practice ticket" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/t/PRACT1CE/", "/T/PRACT1CE00000ADMX", "/t/PRACT1CE00000ADM/cancel/", "/T/XPRACT1CE"]
)
def test_what_only_looks_alike_is_no_practice_ticket(path, client):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_practice_code_sent_all_the_same_touches_nothing(phone_at):
    gate = factories.GateFactory()
    open_door(gate.event)

    phone = phone_at(gate)
    results = phone.send(*[record_of(text=t.code, at=timezone.now(), let_in=True) for t in PRACTICE_TICKETS])["results"]

    assert {result["outcome"] for result in results} == {"unknown"}
    assert Scan.objects.filter(ticket=None).count() == len(PRACTICE_TICKETS)
    assert (Presence.objects.count(), Ticket.objects.count()) == (0, 0)
