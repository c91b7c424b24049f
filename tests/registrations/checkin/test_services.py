"""What the organiser writes of the door: gates and rules, with a trail, and the phones hear of it."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from registrations.checkin import services
from registrations.checkin.devices.services import change_device
from registrations.checkin.lists.header import door_header
from registrations.checkin.lists.services import ensure_door, freshen_list
from tests import factories
from tests.door_factories import DeviceFactory, open_door, record_of, send

pytestmark = pytest.mark.django_db
RULES = {
    "opens_at": None,
    "closes_at": None,
    "early_minutes": 10,
    "late_minutes": 30,
    "reentry": True,
    "fire_limit": 400,
}


@pytest.fixture
def gate():
    return factories.GateFactory()


@pytest.fixture
def spare(gate):
    return factories.GateFactory(event=gate.event, name="Norra entrén")


@pytest.fixture
def by():
    return factories.UserFactory()


def test_event_gets_its_first_gate_once():
    event = factories.EventFactory()

    first, second = services.ensure_gate(event=event), services.ensure_gate(event=event)

    assert first == second == event.gates.get()


def test_gate_is_added_with_a_trail(gate, by, now):
    added = services.add_gate(event=gate.event, name="Norra entrén", kinds=["v"], by=by, at=now)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.object_name) == ("gate.added", by, "Norra entrén")
    assert (list(gate.event.gates.all()), added.kinds) == ([gate, added], ["v"])


def test_gate_with_the_same_name_is_refused_whatever_the_case(gate, by, now):
    with pytest.raises(services.GateExists):
        services.add_gate(event=gate.event, name=gate.name.upper(), by=by, at=now)


def test_gate_is_renamed_also_to_its_own_name_in_other_letters(gate, by, now):
    changed = services.change_gate(gate=gate, name="HUVUDENTRÉN", kinds=[], by=by, at=now)

    assert changed.name == "HUVUDENTRÉN"
    assert AuditEntry.objects.get().changes == {"name": ["Huvudentrén", "HUVUDENTRÉN"]}


def test_gate_does_not_take_another_ones_name(gate, spare, by, now):
    with pytest.raises(services.GateExists):
        services.change_gate(gate=spare, name=gate.name, kinds=[], by=by, at=now)


def test_unused_gate_is_removed(gate, spare, by, now):
    services.remove_gate(gate=spare, by=by, at=now)

    assert list(gate.event.gates.all()) == [gate]
    assert AuditEntry.objects.get().verb == "gate.removed"


def test_last_gate_stays(gate, by, now):
    with pytest.raises(services.LastGate):
        services.remove_gate(gate=gate, by=by, at=now)


def test_gate_with_a_phone_a_scan_or_a_phone_that_has_moved_on_stays(gate, spare, by, now):
    device = DeviceFactory(gate=spare)
    refused = []
    for step in ("phone", "moved", "scan"):
        if step == "moved":
            change_device(device=device, name="Telefon", gate=gate, by=by, at=now)
        if step == "scan":
            AuditEntry.objects.all().delete()
            send(gate.event, record_of(text="?", gate=spare.pk))
        with pytest.raises(services.GateInUse):
            services.remove_gate(gate=spare, by=by, at=now)
        refused.append(step)

    assert refused == ["phone", "moved", "scan"]


def test_rules_are_changed_once_a_version(gate, by, now):
    door = ensure_door(event=gate.event)

    changed = services.change_rules(event=gate.event, details=RULES, seen=door.version, by=by, at=now)

    assert {name: getattr(changed, name) for name in RULES} == RULES
    assert AuditEntry.objects.get().changes == {
        "early_minutes": [20, 10],
        "reentry": [False, True],
        "fire_limit": [None, 400],
    }
    with pytest.raises(Stale):
        services.change_rules(event=gate.event, details=RULES, seen=door.version, by=by, at=now)


def test_phones_that_have_just_asked_hear_of_new_rules_and_gates_at_once(gate, by, now):
    door = freshen_list(door=open_door(gate.event), at=now)
    before, soon = door.list_version, now + timedelta(milliseconds=100)

    services.change_rules(event=gate.event, details=RULES, seen=door.version, by=by, at=now)
    ruled = freshen_list(door=ensure_door(event=gate.event), at=soon)
    services.add_gate(event=gate.event, name="Norra entrén", by=by, at=now)
    gated = freshen_list(door=ensure_door(event=gate.event), at=soon)

    assert (ruled.list_version, gated.list_version) == (before + 1, before + 2)
    assert door_header(gated)["fire_limit"] == 400
    assert len(door_header(gated)["gates"]) == 2
