"""Next year's event has last year's door."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from events.access.models import AuditEntry
from events.programme.services import EventDetails, create_event
from registrations.checkin.models import DoorSettings
from tests import factories
from tests.door_factories import open_door

pytestmark = pytest.mark.django_db
YEAR = timedelta(weeks=52)
HOUR = timedelta(hours=1)


@pytest.fixture
def gate():
    return factories.GateFactory()


def copied(event, at, **also):
    """``event`` a year later, as somebody copies it."""
    details = EventDetails(**{name: getattr(event, name) for name in EventDetails.__dataclass_fields__})
    dates = {name: localtime(getattr(event, name)) + YEAR for name in ("starts_at", "ends_at")}
    details = replace(details, **{"slug": "nasta-ar", **dates, **also})
    return create_event(area=event.area, details=details, by=factories.UserFactory(), at=at, copied_from=event)


def test_gates_and_rules_come_along_with_a_trail(gate, now):
    factories.GateFactory(event=gate.event, name="Norra entrén", kinds=["e"])
    starts, ends = gate.event.starts_at, gate.event.ends_at
    hours = {"opens_at": starts - HOUR, "closes_at": ends + HOUR}
    open_door(gate.event, early_minutes=5, late_minutes=45, reentry=True, fire_limit=400, **hours)

    event = copied(gate.event, now)

    door = DoorSettings.objects.get(event=event)
    assert [(one.name, one.kinds) for one in event.gates.order_by("pk")] == [(gate.name, []), ("Norra entrén", ["e"])]
    assert (door.early_minutes, door.late_minutes, door.reentry, door.fire_limit) == (5, 45, True, 400)
    assert localtime(door.opens_at) == localtime(starts) + YEAR - HOUR
    assert localtime(door.closes_at) == localtime(ends) + YEAR + HOUR
    assert AuditEntry.objects.filter(verb="gate.added").count() == 2
    assert AuditEntry.objects.about(door).get().verb == "door.rules"


def test_fire_limit_stays_with_the_premises_and_odd_hours_behind(gate, now):
    event = gate.event
    open_door(event, fire_limit=400, opens_at=event.starts_at - HOUR, closes_at=event.ends_at + HOUR)

    later = localtime(event.ends_at) + YEAR + 9 * HOUR
    other = copied(event, now, venue=factories.VenueFactory(name="Stadion"), ends_at=later)

    door = DoorSettings.objects.get(event=other)
    assert (door.fire_limit, door.opens_at, door.closes_at) == (None, None, None)


def test_event_whose_door_nobody_opened_leaves_nothing(now):
    event = copied(factories.EventFactory(), now)

    assert (event.gates.count(), DoorSettings.objects.count()) == (0, 0)
