"""The desk's pages at the door: what they show, what they take, and that none of it asks more with more rows."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Presence, Scan
from registrations.checkin.pieces import waiting_decisions
from registrations.checkin.verdict import Outcome
from tests import factories
from tests.door_factories import DeviceFactory, let_in, open_door, record_of, send
from tests.registrations.checkin.test_exports import export_of, pieces_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def gate(event):
    return factories.GateFactory(event=event)


@pytest.fixture
def guard_client(event, organiser_client):
    client = organiser_client(event, Role.DOOR)
    client.cookies["torget_language"] = "en"
    return client


@pytest.fixture
def editor_client(event, organiser_client):
    client = organiser_client(event)
    client.cookies["torget_language"] = "en"
    return client


@pytest.fixture
def url_of(event):
    return lambda name, *parts: reverse(f"registrations:{name}", args=[event.slug, *parts])


def conflicts_at(event, count: int) -> None:
    north = event.gates.filter(name="Norra entrén").first() or factories.GateFactory(event=event, name="Norra entrén")
    for _n in range(count):
        ticket = factories.TicketFactory(visitor__event=event)
        send(event, record_of(ticket), record_of(ticket, gate=north.pk))


# --- The desk -------------------------------------------------------------------------------------------------------


def test_first_visit_makes_the_first_gate_and_teaches(guard_client, url_of, event):
    guard_client.get(url_of("door"))
    page = guard_client.get(url_of("door")).content.decode()

    assert event.gates.count() == 1
    assert "Pair the first phone" in page
    assert "no-store" in guard_client.get(url_of("door"))["Cache-Control"]


def test_desk_shows_people_conflicts_and_phones_in_trouble_first(guard_client, url_of, event, gate):
    now = timezone.now()
    let_in(factories.TicketFactory(visitor__event=event))
    conflicts_at(event, 1)
    DeviceFactory(gate=gate, event=event, name="Anna", contact_at=now)
    DeviceFactory(gate=gate, event=event, name="Bo", contact_at=now - timedelta(minutes=3), queue=2)

    page = guard_client.get(url_of("door")).content.decode()

    assert "1 conflict to settle" in page
    assert "3 min ago, 2 scans were not sent" in page.replace("\u00a0", " ")
    assert page.index(">Bo<") < page.index(">Anna<")


def test_htmx_gets_only_what_changes(guard_client, url_of, gate):
    part = guard_client.get(url_of("door"), headers={"HX-Request": "true", "HX-Target": "now"}).content.decode()

    assert "people in now" in part
    assert "<html" not in part


def test_desk_asks_the_same_with_one_and_with_three_phones(
    guard_client, url_of, event, gate, django_assert_num_queries, django_assert_max_num_queries
):
    live = {"headers": {"HX-Request": "true", "HX-Target": "now"}}
    open_door(event)
    DeviceFactory(gate=gate, event=event, ends_at=timezone.now() + timedelta(days=1))
    with django_assert_max_num_queries(14) as first:
        guard_client.get(url_of("door"), **live)
    for _n in range(2):
        DeviceFactory(gate=gate, event=event, ends_at=timezone.now() + timedelta(days=1))
    with django_assert_num_queries(len(first)):
        guard_client.get(url_of("door"), **live)


@pytest.mark.parametrize("text", ["", "nonsense", "0" * 16, "x" * 5000])
def test_typed_code_without_script_is_answered_on_the_page(text, guard_client, url_of):
    page = guard_client.post(url_of("door"), {"text": text, "gate": "x", "nonce": str(uuid4())}).content.decode()

    assert 'data-outcome="unknown"' in page
    assert Scan.objects.get().outcome == Outcome.UNKNOWN


def test_typed_ticket_is_let_in_at_its_gate_and_the_mistake_undone(guard_client, url_of, event, gate, organiser):
    open_door(event)
    north = factories.GateFactory(event=event, name="Norra entrén")
    ticket, nonce = factories.TicketFactory(visitor__event=event), str(uuid4())

    page = guard_client.post(url_of("door"), {"text": ticket.code, "gate": north.pk, "nonce": nonce}).content.decode()
    scan = Scan.objects.get()
    undone = guard_client.post(url_of("door"), {"act": "undo", "ref": nonce, "gate": north.pk}).content.decode()

    assert 'data-outcome="admitted"' in page
    assert (scan.gate, scan.scanned_by, scan.let_in, str(scan.nonce)) == (north, organiser, True, nonce)
    assert 'data-outcome="undone"' in undone
    assert Presence.objects.get().inside == 0


# --- Gates and rules ------------------------------------------------------------------------------------------------


def test_door_staff_decide_neither_gates_nor_rules(guard_client, url_of, gate):
    names = [("door-gates",), ("door-gate", gate.pk), ("door-gate-remove", gate.pk), ("door-rules",)]

    assert [guard_client.get(url_of(*name)).status_code for name in names] == [404] * 4


def test_gate_is_added_once(editor_client, event, url_of):
    url = url_of("door-gates")

    first, second = (
        editor_client.post(url, {"name": name, "kinds": ["v"]}) for name in ("Norra entrén", "norra entrén")
    )

    assert (first.status_code, second.status_code) == (302, 409)
    assert event.gates.get(name="Norra entrén").kinds == ["v"]
    assert 'value="norra entrén"' in second.content.decode()


def test_all_kinds_chosen_are_none_chosen(editor_client, event, gate, url_of):
    editor_client.post(url_of("door-gate", gate.pk), {"name": "Västra", "kinds": ["v", "e"]})

    gate.refresh_from_db()
    assert (gate.name, gate.kinds) == ("Västra", [])


def test_gate_that_is_in_use_stays_and_the_page_says_why(editor_client, event, gate, url_of):
    factories.GateFactory(event=event, name="Norra entrén")
    DeviceFactory(gate=gate, event=event)

    page = editor_client.post(url_of("door-gate-remove", gate.pk), follow=True).content.decode()

    assert "so it stays" in page
    assert event.gates.count() == 2


def test_gates_ask_the_same_with_one_and_with_three(
    editor_client, event, gate, url_of, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20) as first:
        editor_client.get(url_of("door-gates"))
    for n in range(2):
        factories.GateFactory(event=event, name=f"Grind {n}")
    with django_assert_num_queries(len(first)):
        editor_client.get(url_of("door-gates"))


def test_rules_are_in_stockholm_time_and_checked(editor_client, event, url_of):
    rules = {"early_minutes": 20, "late_minutes": 30, "fire_limit": 900, "version": 1}
    wrong = rules | {"opens_at": "2027-03-24T20:00", "closes_at": ""}

    refused = editor_client.post(url_of("door-rules"), wrong)
    saved = editor_client.post(url_of("door-rules"), rules | {"opens_at": "2027-03-24T08:00", "reentry": "on"})

    door = ensure_door(event=event)
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "The doors must close after they open." in refused.content.decode()
    assert (door.opens_at.isoformat(), door.fire_limit, door.reentry) == ("2027-03-24T07:00:00+00:00", 900, True)


def test_second_editor_hears_what_the_first_one_saved(editor_client, event, url_of):
    rules = {"early_minutes": 20, "late_minutes": 30, "version": 1}
    editor_client.post(url_of("door-rules"), rules | {"fire_limit": 900})

    answer = editor_client.post(url_of("door-rules"), rules | {"fire_limit": 700})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A colleague saved before you" in page
    assert 'value="700"' in page
    assert ensure_door(event=event).fire_limit == 900


# --- Scans ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def scanned(event, gate):
    """Two scans: Åsa at the first gate, and a code of nobody's at the other one, with a phone."""
    north = factories.GateFactory(event=event, name="Norra entrén")
    phone = DeviceFactory(gate=north, event=event, name="Lisas telefon")
    send(event, record_of(factories.TicketFactory(visitor__event=event, visitor__name="Åsa Öberg"), gate=gate.pk))
    send(event, record_of(text="=HYPERLINK()"), device=phone)
    return north, phone


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"Åsa Öberg", "HYPERLINK"}),
        ({"q": "öberg"}, {"Åsa Öberg"}),
        ({"q": "lisas"}, {"HYPERLINK"}),
        ({"outcome": "unknown"}, {"HYPERLINK"}),
        ({"outcome": "nonsense", "gate": "x", "device": "9" * 30, "page": "x"}, {"Åsa Öberg", "HYPERLINK"}),
    ],
)
def test_log_is_narrowed_down(query, shown, guard_client, url_of, scanned):
    page = guard_client.get(url_of("door-log"), query).content.decode()

    assert {name for name in ("Åsa Öberg", "HYPERLINK") if name in page} == shown


def test_log_is_narrowed_down_to_a_gate_and_a_phone(guard_client, url_of, scanned):
    north, phone = scanned
    pages = [guard_client.get(url_of("door-log"), query) for query in ({"gate": north.pk}, {"device": phone.pk})]

    assert ["Åsa Öberg" in page.content.decode() for page in pages] == [False, False]


def test_log_asks_the_same_with_one_and_with_three_scans(
    guard_client, url_of, event, gate, django_assert_num_queries, django_assert_max_num_queries
):
    device = DeviceFactory(gate=gate, event=event)
    send(event, record_of(factories.TicketFactory(visitor__event=event)), device=device)
    with django_assert_max_num_queries(14) as first:
        guard_client.get(url_of("door-log"))
    for _n in range(2):
        send(event, record_of(factories.TicketFactory(visitor__event=event)), device=device)
    with django_assert_num_queries(len(first)):
        guard_client.get(url_of("door-log"))


def test_file_of_the_log_is_for_those_who_may_have_the_visitors(guard_client, client_for, url_of, event, scanned):
    organiser = factories.UserFactory()
    factories.grant(organiser, Role.ORGANISER, event=event)

    refused = guard_client.get(url_of("door-log-export", "csv"))
    answer = client_for(organiser).get(url_of("door-log-export", "csv"), {"q": "öberg"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert refused.status_code == 404
    assert len(lines) == 2
    assert "Åsa Öberg" in lines[1]


# --- Exports --------------------------------------------------------------------------------------------------------


def test_export_is_taken_in_as_a_file_and_as_pieces(guard_client, url_of, event, gate):
    records = [record_of(factories.TicketFactory(visitor__event=event)) for _n in range(2)]
    file = SimpleUploadedFile("torget-b2b.json", json.dumps(export_of(event, *records)).encode())
    again = "\n".join(pieces_of(export_of(event, *records)))

    first = guard_client.post(url_of("door-intake"), {"file": file}, follow=True).content.decode()
    second = guard_client.post(url_of("door-intake"), {"pieces": again}, follow=True).content.decode()

    assert "2 scans were new." in first
    assert "0 scans were new. 2 were known already." in second
    assert Presence.objects.filter(inside=1).count() == 2


@pytest.mark.parametrize(
    ("raw", "status", "says"),
    [(b"", 409, "This is no export"), (b"\x00\xff", 409, "This is no export"), (b"{}", 409, "This is no export")],
)
def test_bad_file_is_told_what_is_wrong(raw, status, says, guard_client, url_of):
    answer = guard_client.post(url_of("door-intake"), {"file": SimpleUploadedFile("a.json", raw)})

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert Scan.objects.count() == 0


def test_nothing_chosen_is_asked_for(guard_client, url_of):
    answer = guard_client.post(url_of("door-intake"), {"pieces": " "})

    assert answer.status_code == 422
    assert "Choose a file, or paste the pieces." in answer.content.decode()


# --- Elsewhere ------------------------------------------------------------------------------------------------------


def test_conflicts_wait_for_those_who_run_the_desk(event, gate, organiser):
    conflicts_at(event, 2)
    factories.grant(organiser, Role.ORGANISER, event=event)

    waiting = waiting_decisions(event, organiser)

    assert [(one.count, one.url) for one in waiting] == [
        (2, reverse("registrations:door-conflicts", args=[event.slug]))
    ]
    assert waiting_decisions(event, factories.UserFactory()) == []
