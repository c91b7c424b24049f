"""The inbox of conflicts: explained, settled once, and nothing lost when two settle at the same time."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.access.models import AuditEntry, Role
from registrations.checkin.conflicts.models import Conflict, ConflictState
from registrations.checkin.conflicts.services import AlreadySettled
from registrations.checkin.conflicts.settling import settle_with
from registrations.checkin.models import Act, Presence, Scan
from tests import factories
from tests.door_factories import open_door, record_of, send

pytestmark = pytest.mark.django_db
S = timedelta(seconds=1)
NOTE = {"note": "Samma person gick in två gånger."}


@pytest.fixture
def event():
    event = factories.EventFactory()
    open_door(event)
    return event


@pytest.fixture
def gates(event):
    return [factories.GateFactory(event=event, name=name) for name in ("Norra", "Södra")]


@pytest.fixture
def guard_client(event, organiser_client):
    client = organiser_client(event, Role.DOOR)
    client.cookies["torget_language"] = "en"
    return client


@pytest.fixture
def url_of(event):
    return lambda name, *parts: reverse(f"registrations:{name}", args=[event.slug, *parts])


@pytest.fixture
def twice(event, gates, now):
    """``twice()``: one more person's ticket that both gates have let in."""

    def make(name: str = "Åsa Öberg") -> Conflict:
        ticket = factories.TicketFactory(visitor__event=event, visitor__name=name)
        send(
            event,
            record_of(ticket, at=now, gate=gates[0].pk),
            record_of(ticket, at=now + 95 * S, gate=gates[1].pk),
            at=now + 96 * S,
        )
        return Conflict.objects.get(ticket=ticket)

    return make


def test_inbox_explains_what_waits_and_keeps_what_has_ended(guard_client, url_of, twice, now):
    twice("Åsa Öberg")
    settled = twice("Bo Ek")
    settle_with(conflict=settled, note="Tvillingar.", mistake=None, by=factories.UserFactory(), at=now)

    page = guard_client.get(url_of("door-conflicts")).content.decode()

    waiting, ended = page.split('id="ended-title"')
    assert "Åsa Öberg" in waiting
    assert "A ticket for one person has let 2 in, at Norra and Södra." in waiting
    assert "Bo Ek" not in waiting
    assert "Tvillingar." in ended


def test_empty_inbox_says_what_will_land_there(guard_client, url_of):
    assert "No conflicts to settle" in guard_client.get(url_of("door-conflicts")).content.decode()


def test_inbox_asks_the_same_with_one_and_with_three(
    guard_client, url_of, twice, django_assert_num_queries, django_assert_max_num_queries
):
    twice()
    with django_assert_max_num_queries(16) as first:
        guard_client.get(url_of("door-conflicts"))
    twice()
    twice()
    with django_assert_num_queries(len(first)):
        guard_client.get(url_of("door-conflicts"))


def test_conflict_is_settled_with_a_note_and_both_scans_stay(guard_client, url_of, twice, organiser):
    conflict = twice()

    response = guard_client.post(url_of("door-conflict", conflict.pk), NOTE | {"mistake_nonce": ""})

    conflict.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, url_of("door-conflicts"))
    assert (conflict.state, conflict.note, conflict.settled_by) == (ConflictState.SETTLED, NOTE["note"], organiser)
    assert (Scan.objects.count(), Presence.objects.get().inside) == (2, 2)
    assert AuditEntry.objects.get().verb == "conflict.settled"


@pytest.mark.parametrize("note", ["", "  ", "ok"])
def test_note_says_something(note, guard_client, url_of, twice):
    conflict = twice()

    response = guard_client.post(url_of("door-conflict", conflict.pk), {"note": note})

    assert response.status_code == 422
    assert Conflict.objects.get().state == ConflictState.OPEN


def test_mistake_is_undone_by_a_record_of_its_own(guard_client, url_of, twice, organiser, gates):
    conflict = twice()
    wrong = Scan.objects.get(gate=gates[1])

    guard_client.post(url_of("door-conflict", conflict.pk), NOTE | {"mistake_nonce": str(wrong.nonce)})

    undo = Scan.objects.get(act=Act.UNDO)
    assert (undo.ref, undo.scanned_by, undo.ticket) == (wrong.nonce, organiser, conflict.ticket)
    assert Presence.objects.get().inside == 1
    assert Conflict.objects.get().state == ConflictState.SETTLED


def test_scan_of_something_else_is_no_choice(guard_client, url_of, twice, event):
    conflict = twice()
    other = record_of(factories.TicketFactory(visitor__event=event))
    send(event, other)

    response = guard_client.post(url_of("door-conflict", conflict.pk), NOTE | {"mistake_nonce": other["nonce"]})

    assert response.status_code == 422
    assert Conflict.objects.get(pk=conflict.pk).state == ConflictState.OPEN


def test_second_desk_is_told_what_the_first_one_said(guard_client, url_of, twice, gates):
    conflict, wrong = twice(), Scan.objects.get(gate=gates[1])
    guard_client.post(url_of("door-conflict", conflict.pk), NOTE)

    response = guard_client.post(
        url_of("door-conflict", conflict.pk), {"note": "Det var nog tvillingar.", "mistake_nonce": str(wrong.nonce)}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody has settled it already." in page
    assert NOTE["note"] in page
    assert "You wrote: Det var nog tvillingar." in page
    assert Presence.objects.get().inside == 2


def test_conflict_that_solved_itself_is_no_more_to_settle(twice, event, now):
    conflict, wrong = twice(), Scan.objects.latest("happened_at")
    send(event, record_of(act="undo", ref=str(wrong.nonce), at=now + 99 * S), at=now + 99 * S)

    with pytest.raises(AlreadySettled):
        settle_with(conflict=conflict, note="Sent.", mistake=None, by=factories.UserFactory(), at=now)

    assert Conflict.objects.get().state == ConflictState.DISSOLVED


def test_full_is_settled_with_a_note_alone(guard_client, url_of, event, gates):
    open_door(event, fire_limit=1)
    send(event, *[record_of(factories.TicketFactory(visitor__event=event)) for _n in range(2)])
    conflict = Conflict.objects.get()

    page = guard_client.get(url_of("door-conflict", conflict.pk)).content.decode()
    response = guard_client.post(url_of("door-conflict", conflict.pk), NOTE)

    assert "2 people are in, and the fire limit is 1: 1 too many." in page
    assert "mistake_nonce" not in page
    assert response.status_code == 302


def test_conflict_of_another_event_is_not_found(guard_client, url_of):
    ticket = factories.TicketFactory()
    open_door(ticket.event)
    factories.GateFactory(event=ticket.event)
    send(ticket.event, record_of(ticket), record_of(ticket))

    assert guard_client.get(url_of("door-conflict", Conflict.objects.get().pk)).status_code == 404
