"""The door's HTTP API."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from registrations.bookings.states import ClassState
from registrations.checkin.models import Scan
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import TicketState
from registrations.tickets.services import issue_class_ticket
from tests import factories
from tests import night_factories as nf

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    return factories.GateFactory()


@pytest.fixture
def guard_client(gate, organiser_client):
    return organiser_client(gate.event, Role.DOOR)


@pytest.fixture
def send(gate, guard_client):
    """``send(record, …)``: the answer to a batch of records."""

    def post(*records) -> dict:
        url = reverse("api:door-scans", args=[gate.event.slug])
        response = guard_client.post(url, json.dumps({"scans": records}), content_type="application/json")
        assert response.status_code == 200, response.content
        return response.json()

    return post


@pytest.fixture
def record(gate):
    def make(text: str, **also) -> dict:
        said = {"nonce": str(uuid4()), "text": text, "gate": gate.pk, "device_at": timezone.now().isoformat()}
        return said | also

    return make


def test_ticket_let_in_is_answered_with_its_holder(send, record, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event, visitor__name="Åsa", visitor__company="Bageriet")
    asked = record(ticket.code)

    answer = send(asked)

    stored = Scan.objects.get()
    assert answer["results"] == [
        {
            "nonce": asked["nonce"],
            "outcome": "admitted",
            "at": stored.received_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "gate": gate.name,
            "holder": {"name": "Åsa", "company": "Bageriet", "kind": "Besökare"},
            "earlier": None,
            "event": None,
        }
    ]
    assert answer["admitted"] == 1


@pytest.mark.parametrize("placed", [True, False])
def test_class_is_answered_with_how_many_and_when(send, record, gate, now, placed):
    night = nf.NightFactory(event=gate.event)
    wave = nf.WaveFactory(night=night, starts_at=datetime(2027, 4, 22, 15, 50, tzinfo=UTC)) if placed else None
    state = ClassState.CONFIRMED if placed else ClassState.WAITING
    one = nf.SchoolClassFactory(booking__night=night, state=state, wave=wave, pupils=26, label="9C")
    ticket = issue_class_ticket(school_class=one, at=now)

    (result,) = send(record(ticket.code))["results"]

    assert result["holder"]["name"] == "9C"
    assert result["holder"]["kind"] == ("Klass · 26 elever · 17.50" if placed else "Klass · 26 elever")


def test_batch_sent_again_is_answered_the_same(send, record, gate):
    tickets = factories.TicketFactory.create_batch(3, visitor__event=gate.event)
    batch = [record(ticket.code) for ticket in tickets]

    first, again = send(*batch), send(*reversed(batch))

    assert again["results"] == first["results"][::-1]
    assert (again["admitted"], Scan.objects.count()) == (3, 3)


def test_bad_record_stands_in_nobodys_way(send, record, gate):
    good = [record(ticket.code) for ticket in factories.TicketFactory.create_batch(2, visitor__event=gate.event)]
    bad = [{}, None, "?", record("x" * 5000), record("NUL\0 \ud800"), {**record("?"), "nonce": "mine"}]

    answer = send(good[0], *bad, good[1])

    assert [result["outcome"] for result in answer["results"]] == ["admitted", *["unknown"] * 6, "admitted"]
    assert answer["results"][-2]["nonce"] == "mine"
    assert Scan.objects.count() == 8
    assert max(len(scan.text) for scan in Scan.objects.all()) == 200


def test_already_in_says_when_and_where(send, record, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event)
    first = send(record(ticket.code))

    (second,) = send(record(ticket.code))["results"]

    assert (second["outcome"], second["earlier"]) == (
        "already_in",
        {"at": first["results"][0]["at"], "gate": gate.name},
    )


def test_ticket_to_another_event_tells_the_event_and_not_the_person(send, record):
    ticket = factories.TicketFactory(visitor__name="Åsa", visitor__event__name="Industrinatten")

    (result,) = send(record(ticket.code))["results"]

    assert (result["outcome"], result["event"]["title"], result["holder"]) == ("wrong_event", "Industrinatten", None)
    assert "Åsa" not in json.dumps(result)


def test_cancelled_ticket_tells_whose_it_was(send, record, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event, visitor__name="Åsa", state=TicketState.CANCELLED)

    (result,) = send(record(ticket.code))["results"]

    assert (result["outcome"], result["holder"]["name"]) == ("cancelled", "Åsa")


def test_too_many_at_once_are_refused_whole(guard_client, gate, record):
    url = reverse("api:door-scans", args=[gate.event.slug])
    batch = json.dumps({"scans": [record("?") for _ in range(501)]})

    response = guard_client.post(url, batch, content_type="application/json")

    assert response.status_code == 422
    assert Scan.objects.count() == 0


def test_request_from_another_site_is_refused(gate, organiser):
    factories.grant(organiser, Role.DOOR, event=gate.event)
    client = Client(enforce_csrf_checks=True)
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")

    url = reverse("api:door-scans", args=[gate.event.slug])
    response = client.post(url, '{"scans": []}', content_type="application/json")

    assert response.status_code == 403


def test_guard_of_another_event_finds_nothing(gate, organiser_client):
    client = organiser_client(factories.EventFactory(), Role.DOOR)

    assert client.get(reverse("api:door-count", args=[gate.event.slug])).status_code == 404


def test_count_is_how_many_are_in(guard_client, gate, now):
    for outcome in (Outcome.ADMITTED, Outcome.ADMITTED, Outcome.UNKNOWN):
        ticket = factories.TicketFactory(visitor__event=gate.event)
        Scan.objects.create(event=gate.event, gate=gate, ticket=ticket, device_at=now, outcome=outcome)

    assert guard_client.get(reverse("api:door-count", args=[gate.event.slug])).json() == {"admitted": 2}


def test_api_describes_the_record(client):
    described = client.get("/api/openapi.json").json()

    scans = described["components"]["schemas"]["ScansIn"]["properties"]["scans"]
    assert scans["items"]["required"] == ["nonce", "text", "gate", "device_at"]
