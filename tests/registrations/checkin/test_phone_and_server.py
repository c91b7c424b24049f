"""The phone's own code in a process of its own against a real server: both speak the contract of docs/door.md."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.devices.services import invite_device
from registrations.checkin.lists.header import open_box_of
from registrations.checkin.models import Presence, Scan
from registrations.tickets.models import TicketState
from tests import factories
from tests.door_factories import open_door
from tests.node import node_or_skip

PHONE = Path(__file__).parents[2] / "js" / "help" / "against-server.mjs"


@pytest.mark.django_db(transaction=True)
def test_phone_and_server_agree_after_a_lost_answer_and_with_a_clock_three_hours_wrong(live_server):
    node = node_or_skip()
    now = timezone.now()
    gate = factories.GateFactory()
    event = gate.event
    open_door(event)
    visitor = factories.TicketFactory(visitor__event=event, visitor__name="Åsa Öberg")
    other = factories.TicketFactory(visitor__event=event)
    cancelled = factories.TicketFactory(visitor__event=event, state=TicketState.CANCELLED)
    invited = invite_device(
        gate=gate,
        name="Veras telefon",
        role=DeviceRole.DESK,
        ends_at=now + timedelta(hours=8),
        by=factories.UserFactory(),
        at=now,
    )
    told = {
        "base": f"{live_server.url}/api/door/",
        "secret": invited.secret,
        "visitor": visitor.code,
        "other": other.code,
        "cancelled": cancelled.code,
    }

    run = subprocess.run([node, PHONE, json.dumps(told)], check=False, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    phone = json.loads(run.stdout)

    assert phone["name"] == "Åsa Öberg"
    assert phone["shown"] == ["admitted", "already_in", "cancelled", "unknown", "admitted", "undone", "admitted"]
    assert phone["lost"] == 2
    assert {key: phone[key] for key in ("queue", "setAside", "trouble", "kept")} == {
        "queue": 0,
        "setAside": 0,
        "trouble": None,
        "kept": 0,
    }
    assert (phone["insideBefore"], phone["inside"]) == (2, 2)

    scans = Scan.objects.order_by("happened_at", "pk")
    assert sorted((scan.act, scan.shown, scan.outcome) for scan in scans) == [
        ("enter", "admitted", "admitted"),
        ("enter", "admitted", "admitted"),
        ("enter", "already_in", "already_in"),
        ("enter", "cancelled", "cancelled"),
        ("enter", "unknown", "unknown"),
        ("undo", "undone", "undone"),
        ("walk_in", "admitted", "admitted"),
    ]
    assert scans.get(outcome="unknown").text == "hello, world"
    assert scans.get(act="walk_in").ticket.visitor.name == "Cilla Berg"
    assert sum(Presence.objects.values_list("inside", flat=True)) == 2
    assert all(abs(scan.happened_at - now) < timedelta(minutes=2) for scan in scans)
    assert all(scan.device_at - scan.happened_at > timedelta(hours=2, minutes=59) for scan in scans)
    boxed = open_box_of(event, phone["exported"]["box"])
    assert {record["nonce"] for record in boxed["records"]} == {str(scan.nonce) for scan in scans}
