"""The door's page, below its script."""

import json
import re

import pytest
from django.urls import reverse

from events.access.models import Role
from registrations.checkin.models import Scan
from registrations.checkin.texts import LOOKS, door_texts
from registrations.checkin.verdict import Outcome
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def guard_client(event, organiser_client):
    client = organiser_client(event, Role.DOOR)
    client.cookies["torget_language"] = "en"
    return client


@pytest.fixture
def door_url(event):
    return reverse("registrations:door", args=[event.slug])


def test_door_may_use_camera_and_code_reader_and_nothing_else(guard_client, door_url):
    response = guard_client.get(door_url)

    assert response["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=(), payment=()"
    assert "script-src 'self' 'wasm-unsafe-eval';" in response["Content-Security-Policy"] + ";"
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_other_pages_may_not_use_the_camera(client, event):
    response = client.get(reverse("registrations:visitor-signup", args=[event.slug]))

    assert "camera=()" in response["Permissions-Policy"]
    assert "wasm" not in response["Content-Security-Policy"]


def test_first_visit_makes_the_first_gate(guard_client, door_url, event):
    guard_client.get(door_url)
    guard_client.get(door_url)

    assert event.gates.count() == 1


def test_script_gets_every_word_that_it_says(guard_client, door_url):
    page = guard_client.get(door_url).content.decode()

    settings = json.loads(re.search(r'id="door-settings"[^>]*>(.*?)</script>', page).group(1))
    assert settings["texts"] == door_texts()
    assert settings["addresses"]["wasm"].endswith(".wasm")


def test_every_outcome_has_words_and_a_look():
    assert set(LOOKS) == set(Outcome)
    assert set(Outcome.values) <= set(door_texts())


@pytest.mark.parametrize(
    ("text", "says"), [("", "Unknown code"), ("nonsense", "Unknown code"), ("0" * 16, "Unknown code")]
)
def test_typed_code_without_script_is_answered_on_the_page(text, says, guard_client, door_url, event):
    page = guard_client.post(door_url, {"text": text, "gate": "x"}).content.decode()

    assert says in page
    assert Scan.objects.get().outcome == Outcome.UNKNOWN


def test_door_staff_may_not_add_gates(guard_client, event):
    assert guard_client.get(reverse("registrations:door-gates", args=[event.slug])).status_code == 404


def test_gate_is_added_once(organiser_client, event):
    client = organiser_client(event)
    url = reverse("registrations:door-gates", args=[event.slug])

    first, second = client.post(url, {"name": "Norra entrén"}), client.post(url, {"name": "norra entrén"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert event.gates.filter(name="Norra entrén").count() == 1
