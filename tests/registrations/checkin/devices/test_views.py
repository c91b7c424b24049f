"""The phones at the door: pairing, all of them live, moving and revoking one."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry, Role
from registrations.checkin.devices.models import Device, DeviceRole, Pairing
from registrations.checkin.devices.services import pair_device
from registrations.checkin.devices.tokens import hash_of
from tests import factories
from tests.door_factories import DeviceFactory, open_door

pytestmark = pytest.mark.django_db
LIVE = {"headers": {"HX-Request": "true", "HX-Target": "devices"}}
ASKED = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def event():
    event = factories.EventFactory()
    open_door(event)
    return event


@pytest.fixture
def gate(event):
    return factories.GateFactory(event=event)


@pytest.fixture
def guard_client(event, organiser_client):
    client = organiser_client(event, Role.DOOR)
    client.cookies["torget_language"] = "en"
    return client


@pytest.fixture
def url_of(event):
    return lambda name, *parts: reverse(f"registrations:{name}", args=[event.slug, *parts])


@pytest.fixture
def details(gate):
    until = timezone.localtime() + timedelta(hours=5)
    return {"gate": gate.pk, "name": "Lisas telefon", "role": "door", "ends_at": f"{until:%Y-%m-%dT%H:%M}"}


def secret_in(page: str) -> str:
    (secret,) = set(re.findall(rf"{re.escape(settings.BASE_URL)}/door/#p=([A-Za-z0-9_-]{{43}})", page))
    return secret


# --- Pairing --------------------------------------------------------------------------------------------------------


def test_form_suggests_a_name_and_the_closing_of_the_doors(guard_client, url_of, gate, event):
    DeviceFactory(gate=gate, event=event)

    page = guard_client.get(url_of("door-pair")).content.decode()

    closing = timezone.localtime(event.door_settings.closing)
    assert 'value="Huvudentrén 2"' in page
    assert f'value="{closing:%Y-%m-%dT%H:%M}"' in page


def test_code_is_in_the_answer_and_nowhere_else(guard_client, url_of, details, caplog):
    response = guard_client.post(url_of("door-pair"), details)

    secret, pairing = secret_in(response.content.decode()), Pairing.objects.get()
    assert (response.status_code, pairing.secret_hash) == (200, hash_of(secret))
    assert '<svg class="qr"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert secret not in caplog.text
    assert all(secret not in str(session.get_decoded()) for session in Session.objects.all())
    assert secret not in guard_client.get(url_of("door-pairing", pairing.pk), **ASKED).content.decode()


def test_reload_makes_a_new_code(guard_client, url_of, details):
    secrets = {secret_in(guard_client.post(url_of("door-pair"), details).content.decode()) for _n in range(2)}

    assert len(secrets) == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends_at": "2020-01-01T10:00"}, "Choose a time that is still to come."),
        ({"ends_at": "2099-01-01T10:00"}, "At most a week after the doors close."),
        ({"name": ""}, "This field is required."),
        ({"gate": "0"}, "Select a valid choice."),
        ({"role": "king"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, says, guard_client, url_of, details):
    response = guard_client.post(url_of("door-pair"), details | wrong)

    assert response.status_code == 422
    assert says in response.content.decode()
    assert Pairing.objects.count() == 0


def test_gate_of_another_event_is_no_choice(guard_client, url_of, details):
    response = guard_client.post(url_of("door-pair"), details | {"gate": factories.GateFactory().pk})

    assert response.status_code == 422


def test_page_hears_when_the_phone_has_paired(guard_client, url_of, details):
    secret = secret_in(guard_client.post(url_of("door-pair"), details).content.decode())
    url = url_of("door-pairing", Pairing.objects.get().pk)

    waiting = guard_client.get(url, **ASKED)
    pair_device(secret=secret, token="t" * 43, at=timezone.now())
    paired = guard_client.get(url, **ASKED)

    assert "The code works for 10 more minutes." in waiting.content.decode()
    assert "HX-Retarget" not in waiting
    assert paired["HX-Retarget"] == "#invitation"
    assert "Paired: Lisas telefon" in paired.content.decode()
    assert 'name="name" value="Huvudentrén 2"' in paired.content.decode()


def test_code_that_nobody_used_is_too_old(guard_client, url_of, details):
    guard_client.post(url_of("door-pair"), details)
    Pairing.objects.update(
        made_at=timezone.now() - timedelta(minutes=11), expires_at=timezone.now() - timedelta(minutes=1)
    )

    over = guard_client.get(url_of("door-pairing", Pairing.objects.get().pk), **ASKED)

    assert "The code is too old" in over.content.decode()
    assert 'name="name" value="Lisas telefon"' in over.content.decode()


def test_another_one_at_the_same_gate_takes_one_press(guard_client, url_of, details):
    secret = secret_in(guard_client.post(url_of("door-pair"), details).content.decode())
    pair_device(secret=secret, token="t" * 43, at=timezone.now())
    page = guard_client.get(url_of("door-pairing", Pairing.objects.get().pk), **ASKED).content.decode()
    form = dict(re.findall(r'name="(gate|role|ends_at|name)" value="([^"]*)"', page))

    response = guard_client.post(url_of("door-pair"), form)

    assert response.status_code == 200
    assert Pairing.objects.latest("pk").name == "Huvudentrén 2"


def test_this_very_browser_is_led_to_the_door_with_its_secret_after_the_hash(guard_client, url_of, gate, organiser):
    response = guard_client.post(url_of("door-pair-here"), {"gate": gate.pk, "role": "kiosk"})

    path, secret = response["Location"].split("#p=")
    pairing = Pairing.objects.get()
    assert (path, pairing.secret_hash) == ("/door/", hash_of(secret))
    assert (pairing.name, pairing.role, pairing.gate) == (organiser.name, DeviceRole.DOOR, gate)


# --- All of them, live ----------------------------------------------------------------------------------------------


def working(gate, **also) -> Device:
    return DeviceFactory(gate=gate, event=gate.event, **{"ends_at": timezone.now() + timedelta(days=1)} | also)


def test_row_says_how_the_phone_is(guard_client, url_of, gate):
    now = timezone.now()
    working(
        gate,
        name="Lisas telefon",
        contact_at=now,
        queue=12,
        list_version=17,
        list_at=now,
        clock_offset_ms=240_000,
        clock_error_ms=1500,
        battery=81,
        app="2026.11",
    )

    page = guard_client.get(url_of("door-devices"), **LIVE).content.decode().replace("\u00a0", " ")

    said = [
        "Lisas telefon",
        "just now",
        "12 scans wait to be sent",
        "no. 17",
        "4 min slow (± 2 s)",
        "81&nbsp;%",
        "2026.11",
    ]
    assert [words for words in said if words not in page] == []
    assert "<html" not in page


def test_phones_that_have_ended_are_folded_away(guard_client, url_of, gate, event):
    now = timezone.now()
    DeviceFactory(gate=gate, event=event, name="Borttappad", revoked_at=now, queue=3)
    DeviceFactory(gate=gate, event=event, name="Gårdagens", ends_at=now - timedelta(hours=1))

    page = guard_client.get(url_of("door-devices")).content.decode()

    assert "No phone is at work" in page
    assert "2 phones that have ended" in page


def test_phones_ask_the_same_with_one_and_with_three(
    guard_client, url_of, gate, django_assert_num_queries, django_assert_max_num_queries
):
    working(gate)
    with django_assert_max_num_queries(8) as first:
        guard_client.get(url_of("door-devices"), **LIVE)
    for _n in range(2):
        working(gate)
    with django_assert_num_queries(len(first)):
        guard_client.get(url_of("door-devices"), **LIVE)


# --- One of them ----------------------------------------------------------------------------------------------------


def test_phone_is_moved_and_renamed_with_a_trail(guard_client, url_of, gate, event, organiser):
    device, north = working(gate), factories.GateFactory(event=event, name="Norra entrén")

    response = guard_client.post(url_of("door-device", device.pk), {"name": "Norra 1", "gate": north.pk})

    device.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert (response.status_code, device.name, device.gate) == (302, "Norra 1", north)
    assert (entry.verb, entry.actor) == ("device.changed", organiser)


def test_phone_does_not_move_to_another_event(guard_client, url_of, gate):
    device = working(gate)

    response = guard_client.post(url_of("door-device", device.pk), {"name": "X", "gate": factories.GateFactory().pk})

    assert response.status_code == 422
    assert 'value="X"' in response.content.decode()


def test_phone_of_another_event_is_not_found(guard_client, url_of):
    elsewhere = working(factories.GateFactory())

    names = ("door-device", "door-device-revoke")
    assert [guard_client.get(url_of(name, elsewhere.pk)).status_code for name in names] == [404, 404]


def test_revoking_asks_first_and_says_what_waits_on_the_phone(guard_client, url_of, gate):
    device = working(gate, queue=3)

    asked = guard_client.get(url_of("door-device-revoke", device.pk)).content.decode()
    before = Device.objects.get().revoked_at
    guard_client.post(url_of("door-device-revoke", device.pk))

    assert "3 scans wait on it" in asked
    assert (before, Device.objects.get().revoked_at is None) == (None, False)
