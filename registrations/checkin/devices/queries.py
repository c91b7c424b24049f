"""What the desk sees of the phones at the door."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from events.programme.models import Event
from registrations.checkin.clocks import ago, clock_in_words
from registrations.checkin.devices.health import Health, health_of
from registrations.checkin.devices.models import Device
from registrations.checkin.models import DoorSettings, Gate

ENDED_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A phone as its row shows it: what is the matter with it, and its numbers in words."""

    health: Health
    contact: str
    list_age: str
    clock: str

    @property
    def device(self) -> Device:
        return self.health.device


def working_devices(event: Event, at: datetime, list_version: int) -> list[Health]:
    """The phones that may scan now, those with the worst trouble first. One query."""
    rows = Device.objects.filter(event=event).working(at).select_related("gate")
    return sorted((health_of(device, at, list_version) for device in rows), key=lambda one: (one.rank, one.device.name))


def device_rows(event: Event, at: datetime) -> list[Row]:
    """The same with their numbers in words. Two queries."""
    version = DoorSettings.objects.filter(event=event).values_list("list_version", flat=True).first() or 0
    return [
        Row(
            health,
            contact=ago(health.device.contact_at, at),
            list_age=ago(health.device.list_at, at) if health.device.list_at else "",
            clock=clock_in_words(health.device.clock_offset_ms, health.device.clock_error_ms),
        )
        for health in working_devices(event, at, version)
    ]


def ended_devices(event: Event, at: datetime) -> QuerySet[Device]:
    """The phones that were revoked or whose time is over, the latest first."""
    over = Device.objects.filter(event=event).filter(Q(revoked_at__isnull=False) | Q(ends_at__lte=at))
    return over.select_related("gate").order_by("-ends_at", "-pk")[:ENDED_SHOWN]


def next_name(gate: Gate) -> str:
    """A name for one more phone at ``gate``: the gate's own and a number."""
    return f"{gate.name[:50]} {gate.devices.count() + 1}"
