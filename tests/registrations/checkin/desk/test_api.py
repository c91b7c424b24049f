"""The door's API for phones at the desk."""

import gzip
import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.access.models import AuditEntry
from events.memory import forget_everything
from registrations.bookings.states import ClassState
from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.models import DoorSettings
from registrations.checkin.rules import _known as houses
from registrations.tickets.codes import spoken
from registrations.tickets.models import Ticket, TicketState
from registrations.visitors.models import Visitor
from tests import factories
from tests.door_factories import let_in, open_door, record_of
from tests.night_factories import BookingFactory, NightFactory, SchoolClassFactory, WaveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate


@pytest.fixture
def desk(gate, phone_at):
    return phone_at(gate, role=DeviceRole.DESK, name="Disken")


def visitor(gate, name="Åsa Öberg", company="Bageriet AB", **also) -> Ticket:
    return factories.TicketFactory(visitor__event=gate.event, visitor__name=name, visitor__company=company, **also)


def found(phone, typed: str) -> list[dict]:
    return phone.get(f"search?q={typed}").json()["found"]


def test_somebody_without_phone_and_paper_is_found(desk, gate):
    ticket = visitor(gate)
    visitor(gate, "Bo Ek")

    assert found(desk, "asa oberg") == [
        {
            "handle": ticket.handle,
            "name": "Åsa Öberg",
            "company": "Bageriet AB",
            "kind": "v",
            "state": "ok",
            "short": ticket.code[-4:],
            "pupils": 1,
            "wave": None,
            "inside": 0,
            "came": 0,
        }
    ]
    assert [one["handle"] for one in found(desk, ticket.code[-4:])] == [ticket.handle]
    assert [one["handle"] for one in found(desk, spoken(ticket.code))] == [ticket.handle]


def test_class_is_found_by_label_and_school_with_its_wave_and_who_is_in(phone_at):
    night = NightFactory()
    gate = factories.GateFactory(event=night.event)
    open_door(night.event)
    wave = WaveFactory(night=night)
    school_class = SchoolClassFactory(
        booking=BookingFactory(night=night, school__name="Österportskolan"),
        label="9C",
        pupils=26,
        wave=wave,
        state=ClassState.CONFIRMED,
    )
    ticket = Ticket.objects.create(event=night.event, kind=Ticket.Kind.CLASS, school_class=school_class, headcount=26)
    let_in(ticket, heads=20)

    (one,) = found(phone_at(gate, role=DeviceRole.DESK), "9c osterport")

    assert (one["kind"], one["name"], one["company"], one["pupils"]) == ("c", "9C", "Österportskolan", 26)
    assert (one["inside"], one["came"], one["wave"]) == (20, 20, wave.starts_at.isoformat())


def test_exhibitor_is_found_by_company(desk, gate):
    staff = factories.StandStaffFactory(exhibitor__event=gate.event, exhibitor__organisation__name="Ågrens Mekaniska")
    factories.TicketFactory(visitor=None, staff=staff, kind=Ticket.Kind.EXHIBITOR)

    assert [(one["kind"], one["company"]) for one in found(desk, "agren")] == [("e", "Ågrens Mekaniska")]


def test_another_events_tickets_are_nowhere(desk):
    other = factories.TicketFactory(visitor__name="Åsa Öberg")

    assert found(desk, "asa") == found(desk, other.code) == []
    assert desk.get(f"badge/{other.handle}").status_code == 404
    for act in ("block", "unblock"):
        assert desk.post(act, {"handle": other.handle, "reason": "Borttappad"}).status_code == 404
    assert Ticket.objects.get().state == TicketState.VALID


def test_new_ticket_and_new_name_are_found_at_once(desk, gate):
    ticket = visitor(gate, "Bo Ek")
    assert found(desk, "asa") == []

    visitor(gate)
    assert len(found(desk, "asa")) == 1
    Visitor.objects.filter(pk=ticket.visitor_id).update(name="Asaf Ek")
    DoorSettings.objects.update(listed_at=timezone.now() - timedelta(minutes=1))
    houses.forget()  # as a second later

    assert [one["name"] for one in found(desk, "asa")] == ["Åsa Öberg", "Asaf Ek"]


@pytest.mark.parametrize("typed", ["", "%20", "%00", "%25", "🎉", "a" * 200, "' OR 1=1 --", "%F0%9F"])
def test_strange_words_find_nobody_and_break_nothing(typed, desk, gate):
    visitor(gate)

    response = desk.get(f"search?q={typed}")

    assert (response.status_code, response.json()) == (200, {"found": []})


def test_words_without_end_are_refused(desk):
    assert desk.get(f"search?q={'a' * 201}").status_code == 422


def test_names_are_all_of_them_packed_for_those_who_can_unpack(desk, gate):
    visitor(gate)
    visitor(gate, "Bo Ek", state=TicketState.CANCELLED)
    for _ in range(20):
        visitor(gate)
    factories.TicketFactory()

    plain, packed = desk.get("names"), desk.get("names", **{"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content))["names"] == plain.json()["names"]
    assert len(plain.json()["names"]) == 22
    assert {one["state"] for one in plain.json()["names"]} == {"ok", "x"}
    assert plain.json()["version"] == 1


def test_block_is_kept_with_its_reason_and_the_phone_that_did_it(desk, gate):
    ticket = visitor(gate)

    answer = desk.post("block", {"handle": ticket.handle, "reason": "  Tappade  sin väska "})

    entry = AuditEntry.objects.get()
    assert (answer.status_code, answer.json()["found"]["state"]) == (200, "b")
    assert (entry.verb, entry.actor, entry.object_name) == ("ticket.blocked", None, f"#{ticket.pk}")
    assert entry.changes == {
        "state": ["valid", "blocked"],
        "reason": [None, "Tappade sin väska"],
        "device": [None, "Disken"],
    }
    assert desk.send(record_of(ticket, at=timezone.now(), let_in=None))["results"][0]["outcome"] == "blocked"


def test_blocking_twice_is_once_and_lifting_too(desk, gate):
    ticket = visitor(gate)
    body = {"handle": ticket.handle, "reason": "Borttappad"}

    states = [desk.post(act, body).json()["found"]["state"] for act in ("block", "block", "unblock", "unblock")]

    assert states == ["b", "b", "ok", "ok"]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "ticket.blocked",
        "ticket.unblocked",
    ]


@pytest.mark.parametrize(("act", "code"), [("block", "not_valid"), ("unblock", "not_blocked")])
def test_cancelled_ticket_is_neither_blocked_nor_unblocked(act, code, desk, gate):
    ticket = visitor(gate, state=TicketState.CANCELLED)

    response = desk.post(act, {"handle": ticket.handle, "reason": "Borttappad"})

    assert (response.status_code, response.json()["code"]) == (409, code)
    assert Ticket.objects.get().state == TicketState.CANCELLED


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 201}, {"handle": "short"}])
def test_block_without_handle_or_reason_is_refused(body, desk, gate):
    ticket = visitor(gate)

    response = desk.post("block", {"handle": ticket.handle} | body if body else {})

    assert response.status_code == 422
    assert Ticket.objects.get().state == TicketState.VALID


def test_badge_is_what_is_printed(desk, gate):
    ticket = visitor(gate)

    badge = desk.get(f"badge/{ticket.handle}").json()

    assert (badge["name"], badge["company"], badge["kind"]) == ("Åsa Öberg", "Bageriet AB", "v")
    assert badge["code"] == spoken(ticket.code)
    assert badge["qr"]["path"].startswith("M")
    assert badge["qr"]["side"] in range(29, 42)  # version 2 to 4, with four modules of white on each side


def test_badge_of_somebody_without_a_name_shows_the_code(desk, gate):
    ticket = visitor(gate, "")

    assert desk.get(f"badge/{ticket.handle}").json()["name"] == spoken(ticket.code)


@pytest.mark.parametrize("state", [TicketState.BLOCKED, TicketState.CANCELLED])
def test_no_badge_for_a_ticket_that_lets_nobody_in(state, desk, gate):
    response = desk.get(f"badge/{visitor(gate, state=state).handle}")

    assert (response.status_code, response.json()["code"]) == (409, "not_valid")


@pytest.mark.parametrize("handle", ["x", "x" * 12, "%00" * 12, "å" * 12, "x" * 300])
def test_badge_of_no_ticket_is_not_found(handle, desk):
    assert desk.get(f"badge/{handle}").status_code == 404


@pytest.mark.parametrize("role", [DeviceRole.DOOR, DeviceRole.KIOSK])
def test_other_phones_may_not_ask_for_names(role, gate, phone_at):
    ticket, phone = visitor(gate), phone_at(gate, role=role)
    body = {"handle": ticket.handle, "reason": "Borttappad"}

    answers = [phone.get("search?q=a"), phone.get("names"), phone.post("block", body), phone.post("unblock", body)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(403, {"code": "role"})] * 4
    assert phone.get(f"badge/{ticket.handle}").status_code == (403 if role == DeviceRole.DOOR else 200)


def test_kiosk_prints_no_hall(gate, phone_at, limits):
    ticket, kiosk = visitor(gate), phone_at(gate, role=DeviceRole.KIOSK)

    answers = [kiosk.get(f"badge/{ticket.handle}").status_code for _ in range(31)]

    assert answers == [200] * 30 + [429]


@pytest.mark.parametrize(("path", "most"), [("search?q=bageriet", 7), ("names", 5)])
def test_one_and_three_cost_the_same_questions(path, most, desk, gate, monkeypatch):
    """With nothing remembered: the device, the door and its gates, the tickets; the search reads its register first."""
    monkeypatch.setattr("registrations.checkin.lists.services.EVERY", timedelta(hours=1))  # fresh, however slow it goes
    asked = []
    for many in (1, 2):
        for _ in range(many):
            let_in(visitor(gate))
        desk.get(path)
        forget_everything()
        with CaptureQueriesContext(connection) as queries:
            desk.get(path)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= most, [query["sql"][:150] for query in queries]


def test_api_describes_what_it_answers(client):
    described = client.get("/api/openapi.json").json()

    paths = {path.removeprefix("/api/door/") for path in described["paths"]}
    assert {"search", "names", "block", "unblock", "badge/{handle}", "kiosk"} <= paths
    assert set(described["components"]["schemas"]["FoundOut"]["required"]) >= {"handle", "short", "inside", "came"}
