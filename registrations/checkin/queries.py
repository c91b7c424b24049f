"""Who came, as the door saw it, and the gates that they came through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from events.programme.models import Event
from registrations.checkin.models import Gate, Presence, Scan
from registrations.checkin.occupancy import occupancy_of
from registrations.exhibitors.models import Exhibitor
from registrations.visitors.models import Visitor


def admitted_count(event: Event) -> int:
    """How many people have come to ``event``; a class counts by its heads, and nobody twice."""
    return occupancy_of(event.pk).came


def attended_visitors(event: Event) -> QuerySet[Visitor]:
    """The visitors of ``event`` who were let in, whatever became of their sign-up since."""
    came = Presence.objects.arrived().filter(event=event, ticket__visitor=OuterRef("pk"))
    return Visitor.objects.filter(Exists(came), event=event)


def attended_exhibitors(event: Event) -> QuerySet[Exhibitor]:
    """The exhibitors of ``event`` of whose stand staff at least one was let in, whoever has left the stand since."""
    came = Presence.objects.arrived().filter(event=event, ticket__exhibitor=OuterRef("pk"))
    return Exhibitor.objects.filter(Exists(came), event=event)


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate, what it takes in words (nothing: all), and whether it may be removed as far as one can see."""

    gate: Gate
    takes: list[str]
    devices: int
    scans: int

    @property
    def unused(self) -> bool:
        return not self.devices and not self.scans


def listed_gates(event: Event, at: datetime, kinds: Mapping[str, Any]) -> list[GateRow]:
    """The gates of ``event`` with their phones at aware time ``at`` and their scans. ``kinds`` says a kind in words."""
    working = Q(devices__revoked_at__isnull=True, devices__ends_at__gt=at)
    scans = Scan.objects.filter(gate=OuterRef("pk")).order_by().values("gate").annotate(n=Count("pk")).values("n")
    rows = event.gates.annotate(working=Count("devices", filter=working), scanned=Subquery(scans))
    return [
        GateRow(gate, [str(kinds[kind]) for kind in gate.kinds if kind in kinds], gate.working, gate.scanned or 0)
        for gate in rows
    ]
