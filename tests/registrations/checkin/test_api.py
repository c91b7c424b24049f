"""The door's HTTP API, as paired phones use it."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from events.memory import forget_everything
from registrations.checkin.models import Act, DoorSettings, Scan
from registrations.checkin.verdict import Outcome
from registrations.tickets.models import Ticket, TicketState
from tests import factories
from tests.door_factories import open_door, record_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate


@pytest.fixture
def phone(gate, phone_at):
    return phone_at(gate)


def a_record(ticket=None, **also) -> dict:
    return record_of(ticket, at=timezone.now(), **also)


def test_record_is_confirmed_by_its_nonce_and_stored_as_told(phone, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event)
    record = a_record(ticket, clock_offset_ms=-1200, clock_error_ms=40, list_version=17)

    answer = phone.send(record)

    scan = Scan.objects.get()
    assert answer["results"] == [{"nonce": record["nonce"], "outcome": "admitted", "conflict": False}]
    assert answer["inside"] == 1
    assert (scan.ticket, scan.gate, scan.device, scan.outcome) == (ticket, gate, phone.device, Outcome.ADMITTED)
    assert (scan.shown, scan.let_in, scan.headcount) == ("admitted", True, 1)
    assert (scan.clock_offset_ms, scan.clock_error_ms, scan.list_version) == (-1200, 40, 17)
    assert scan.happened_at == scan.device_at - timedelta(milliseconds=1200)


def test_batch_sent_again_in_another_order_changes_nothing(phone, gate):
    batch = [a_record(ticket) for ticket in factories.TicketFactory.create_batch(3, visitor__event=gate.event)]

    first, again = phone.send(*batch), phone.send(*reversed(batch), batch[0])

    assert again["results"] == [*first["results"][::-1], first["results"][0]]
    assert (again["inside"], Scan.objects.count()) == (3, 3)


def test_bad_record_stands_in_nobodys_way(phone, gate):
    good = [a_record(ticket) for ticket in factories.TicketFactory.create_batch(2, visitor__event=gate.event)]
    bad = [{}, None, "?", a_record(text="x" * 5000), a_record(text="NUL\0 \ud800"), {**a_record(), "nonce": "mine"}]

    answer = phone.send(good[0], *bad, good[1])

    assert [result["outcome"] for result in answer["results"]] == ["admitted", *["unknown"] * 6, "admitted"]
    assert answer["results"][-2]["nonce"] == "mine"
    assert Scan.objects.count() == 8
    assert max(len(scan.text) for scan in Scan.objects.all()) == 200


@pytest.mark.parametrize("rubbish", [{"shown": "a\0b"}, {"shown": "\ud83d"}, {"nonce": "\ud83d"}, {"act": "\ud83d"}])
def test_text_that_no_database_can_hold_stands_in_nobodys_way(rubbish, phone, gate):
    sound = a_record(factories.TicketFactory(visitor__event=gate.event))
    bad = a_record(text="?") | rubbish

    answer = phone.send(bad, sound)

    assert [one["nonce"] for one in answer["results"]] == [bad["nonce"], sound["nonce"]]
    assert (Scan.objects.count(), answer["inside"]) == (2, 1)


def test_scan_at_a_gate_that_has_just_been_made_counts(phone, gate):
    phone.send(a_record(factories.TicketFactory(visitor__event=gate.event)))
    north = factories.GateFactory(event=gate.event, name="Norra entrén")

    answer = phone.send(a_record(factories.TicketFactory(visitor__event=gate.event), gate=north.pk))

    assert [one["outcome"] for one in answer["results"]] == ["admitted"]
    assert Scan.objects.latest("pk").gate == north


def test_too_many_at_once_are_refused_whole(phone):
    response = phone.post("scans", {"scans": [a_record(text="?") for _ in range(501)]})

    assert (response.status_code, Scan.objects.count()) == (422, 0)


def test_nothing_sent_is_nothing_confirmed(phone):
    assert phone.send()["results"] == []


def test_record_may_leave_the_verdict_to_the_server(phone, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event)
    plain = {"nonce": str(uuid4()), "text": ticket.code.lower(), "device_at": timezone.now().isoformat()}

    results = phone.send(plain, {**plain, "nonce": str(uuid4())})["results"]

    assert [result["outcome"] for result in results] == ["admitted", "already_in"]
    assert list(Scan.objects.order_by("pk").values_list("let_in", "shown")) == [
        (True, "admitted"),
        (False, "already_in"),
    ]


def test_ticket_to_another_event_is_told_apart_and_never_let_in_there(phone):
    ticket = factories.TicketFactory()

    (result,) = phone.send(a_record(ticket))["results"]

    assert result["outcome"] == "wrong_event"
    assert not hasattr(Ticket.objects.get(), "presence")


def test_undo_takes_an_admission_back(phone, gate):
    record = a_record(factories.TicketFactory(visitor__event=gate.event))
    phone.send(record)

    answer = phone.post(
        "undo", {"nonce": str(uuid4()), "ref": record["nonce"], "device_at": record["device_at"]}
    ).json()

    assert (answer["results"][0]["outcome"], answer["inside"]) == ("undone", 0)
    presence = Ticket.objects.get().presence
    assert (presence.inside, presence.came) == (0, 0)
    assert list(Scan.objects.order_by("pk").values_list("act", flat=True)) == [Act.ENTER, Act.UNDO]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"revoked_at": timezone.now()}, "revoked"), ({"ends_at": timezone.now() - timedelta(1)}, "expired")],
)
def test_device_that_has_ended_is_told_so_and_stores_nothing(change, code, gate, phone_at):
    phone = phone_at(gate, **change)

    response = phone.post("scans", {"scans": [a_record(factories.TicketFactory(visitor__event=gate.event))]})

    assert (response.status_code, response.json(), Scan.objects.count()) == (401, {"code": code}, 0)


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "Basic " + "x" * 43, "Bearer " + "y" * 43])
def test_stranger_is_unknown(header, client):
    response = client.post("/api/door/status", "{}", content_type="application/json", headers={"Authorization": header})

    assert response.status_code == 401


def test_phone_that_asks_without_end_is_slowed_down(phone, monkeypatch):
    monkeypatch.setattr("registrations.checkin.devices.auth.time.monotonic", lambda: 1000.0)
    monkeypatch.setattr("registrations.checkin.devices.auth.AT_ONCE", 3)

    answers = [phone.post("status", {}).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


def test_status_tells_the_phone_its_name_and_the_desk_how_the_phone_is(phone, gate):
    told = {"queue": 3, "list_version": 4, "list_age_s": 12.5, "clock_offset_ms": -40.4, "battery": 81, "app": "7f3a"}

    answer = phone.post("status", told | {"clock_error_ms": 30}).json()

    phone.device.refresh_from_db()
    assert answer["device"]["name"] == phone.device.name
    assert answer["device"]["gate"] == {"id": gate.pk, "name": gate.name}
    assert (answer["version"], answer["inside"], answer["came"]) == (1, 0, 0)
    device = phone.device
    assert (device.queue, device.list_version, device.clock_offset_ms, device.battery) == (3, 4, -40, 81)
    assert abs(timezone.now() - device.contact_at) < timedelta(minutes=1)
    assert device.contact_at - device.list_at == timedelta(seconds=12.5)


def test_status_without_anything_is_a_contact(phone):
    assert phone.post("status", {}).status_code == 200


@pytest.mark.parametrize("body", [{"queue": -1}, {"queue": 1 << 40}, {"battery": "full"}, {"app": "x" * 21}, [], 7])
def test_status_of_rubbish_is_refused_in_words(body, phone):
    assert phone.post("status", body).status_code in {400, 422}


def test_whole_list_and_then_what_changed(phone, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event)

    whole = phone.get("list").json()
    nothing = phone.get(f"list?since={whole['version']}&cursor={whole['cursor']}").json()

    assert (whole["full"], whole["version"], len(whole["entries"])) == (True, 1, 1)
    assert whole["entries"][0].startswith(ticket.handle)
    assert whole["door"]["event"]["slug"] == gate.event.slug
    assert (nothing["full"], nothing["entries"], nothing["gone"], nothing["arrivals"]) == (False, [], [], [])


def test_list_tells_no_name_and_no_code(phone, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event, visitor__name="Åsa", visitor__company="Bageriet")

    text = phone.get("list").content.decode()

    assert all(secret not in text for secret in ("Åsa", "\\u00c5sa", "Bageriet", ticket.code))


def test_list_is_packed_for_those_who_can_unpack(phone, gate):
    factories.TicketFactory.create_batch(20, visitor__event=gate.event)

    packed, plain = phone.get("list", **{"Accept-Encoding": "gzip"}), phone.get("list")

    assert (packed["Content-Encoding"], plain.get("Content-Encoding")) == ("gzip", None)
    assert len(packed.content) < len(plain.content)


def test_cancelled_ticket_changes_its_line(phone, gate):
    ticket = factories.TicketFactory(visitor__event=gate.event)
    first = phone.get("list").json()
    Ticket.objects.update(state=TicketState.CANCELLED)
    DoorSettings.objects.update(listed_at=None)
    forget_everything()

    later = phone.get(f"list?since={first['version']}").json()

    assert (later["version"], [line[:12] for line in later["entries"]]) == (2, [ticket.handle])
    assert later["entries"] != first["entries"]


@pytest.mark.parametrize("query", ["since=-1", "since=x", "since=1e9", "cursor=99999999999999999999", "since="])
def test_list_asked_for_strangely_is_refused_or_whole(query, phone):
    assert phone.get(f"list?{query}").status_code in {200, 422}


def test_api_describes_the_record(client):
    described = client.get("/api/openapi.json").json()

    scans = described["components"]["schemas"]["ScansIn"]["properties"]["scans"]
    assert scans["items"]["required"] == ["nonce", "device_at"]
    assert json.dumps(described).count("/api/door/") >= 5


def test_scan_costs_four_questions(phone, gate, django_assert_num_queries):
    """The tickets (locked), what is stored, the record, the standing; and the transaction's two.

    Every second one more for the device and two for the rules, every few seconds one that tells that it is there.
    """
    tickets = factories.TicketFactory.create_batch(2, visitor__event=gate.event)
    phone.send(a_record(tickets[0]))  # how many are in is known for a second

    with django_assert_num_queries(4 + 2):
        phone.send(a_record(tickets[1]))


def test_batch_costs_no_more_questions_than_one(phone, gate, django_assert_num_queries):
    tickets = factories.TicketFactory.create_batch(30, visitor__event=gate.event)
    phone.send(a_record(tickets[0]))

    with django_assert_num_queries(4 + 2):
        phone.send(*[a_record(ticket) for ticket in tickets[1:]])


def test_who_tries_pairings_too_often_hears_for_how_long_to_be_quiet(client, limits):
    body = {"secret": "x" * 43, "token": "y" * 43}

    tries = [client.post("/api/door/pair", body, content_type="application/json") for _n in range(121)]

    assert [one.status_code for one in tries] == [404] * 120 + [429]
    assert (tries[-1].json(), tries[-1]["Retry-After"]) == ({"code": "too_many"}, "60")
