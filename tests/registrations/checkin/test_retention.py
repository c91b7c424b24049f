"""What the door knows besides who came is forgotten in time; that it happened is not."""

from datetime import timedelta

import pytest

from events.retention.services import erase_what_is_due
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.devices.models import Device
from registrations.checkin.devices.services import forget_pairings, invite_device
from registrations.checkin.lists.models import ListEntry
from registrations.checkin.lists.services import ensure_door, refresh_list
from registrations.checkin.models import Scan
from registrations.checkin.verdict import Outcome
from tests import factories
from tests.door_factories import DeviceFactory, open_door, record_of, send

pytestmark = pytest.mark.django_db


def test_texts_of_unknown_codes_are_erased_after_three_months(now):
    gate = factories.GateFactory()
    for days in (89, 91):
        at = now - timedelta(days=days)
        Scan.objects.create(
            event=gate.event, gate=gate, text="BEGIN:VCARD", device_at=at, received_at=at, outcome=Outcome.UNKNOWN
        )

    counts = [erase_what_is_due(at=now).get("unknown-codes", 0) for _ in range(2)]

    assert counts == [1, 0]
    assert list(Scan.objects.order_by("pk").values_list("text", "outcome")) == [
        ("BEGIN:VCARD", Outcome.UNKNOWN),
        ("", Outcome.UNKNOWN),
    ]


def test_reasons_and_notes_are_erased_and_still_count(now):
    ticket = factories.TicketFactory()
    open_door(ticket.event)
    at = now - timedelta(days=91)
    send(
        ticket.event,
        record_of(ticket, at=at - timedelta(minutes=1)),
        record_of(ticket, at=at, reason="Åsa sa ja"),
        at=at,
    )
    Conflict.objects.create(event=ticket.event, kind="twice", state="settled", ended_at=at, note="Samma Åsa")

    counts = [erase_what_is_due(at=now).get("door-words", 0) for _ in range(2)]

    assert counts == [2, 0]
    assert sorted(Scan.objects.values_list("reason", flat=True)) == ["", "–"]
    assert set(Conflict.objects.values_list("note", flat=True)) == {"–"}


def test_phones_lose_their_names_and_keep_their_scans(now):
    for days in (89, 91):
        DeviceFactory(name=f"Telefon {days}", ends_at=now - timedelta(days=days))

    erase_what_is_due(at=now)

    assert sorted(Device.objects.values_list("name", flat=True)) == ["", "Telefon 89"]
    assert str(Device.objects.get(name="")).startswith("#")


def test_sealed_list_of_a_past_event_is_thrown_away(now):
    ticket = factories.TicketFactory()
    refresh_list(door=ensure_door(event=ticket.event), at=now)

    erase_what_is_due(at=ticket.event.ends_at + timedelta(days=29))
    assert ListEntry.objects.count() == 1

    erase_what_is_due(at=ticket.event.ends_at + timedelta(days=31))
    assert ListEntry.objects.count() == 0


def test_invitation_that_no_phone_took_up_is_forgotten(now):
    gate, by = factories.GateFactory(), factories.UserFactory()
    invite_device(gate=gate, name="Norra", role="door", ends_at=now + timedelta(days=9), by=by, at=now)

    assert [forget_pairings(at=now + timedelta(hours=hours)) for hours in (24, 25, 26)] == [0, 1, 0]
