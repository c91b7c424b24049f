"""The rules of an event's door, with its gates, as a scan needs them."""

from dataclasses import dataclass

from events.memory import Remembered
from events.programme.models import EventState
from registrations.checkin.models import DoorSettings, Gate
from registrations.checkin.verdict import Door


@dataclass(frozen=True, slots=True)
class House:
    """``door`` with its event, and the event's gates by key."""

    door: DoorSettings
    gates: dict[int, Gate]


_known: Remembered[House] = Remembered(seconds=1.0)


def house_of(event: int) -> House:
    """The house of the event with key ``event``, at most a second old: phones went by an older list anyway."""
    return _known.get(event, lambda: _find(event))


def _find(event: int) -> House:
    door = DoorSettings.objects.select_related("event").get(event=event)
    return House(door, {gate.pk: gate for gate in Gate.objects.filter(event=event)})


class DoorRules(dict[int, Door]):
    """The rules at each gate, worked out when they are asked for."""

    def __init__(self, door: DoorSettings, inside: int):
        super().__init__()
        self.door, self.inside = door, inside

    def of(self, gate: Gate) -> Door:
        if gate.pk not in self:
            door = self.door
            self[gate.pk] = Door(
                opens_at=door.opening,
                closes_at=door.closing,
                early_minutes=door.early_minutes,
                late_minutes=door.late_minutes,
                reentry=door.reentry,
                fire_limit=door.fire_limit,
                kinds=frozenset(gate.kinds),
                cancelled=door.event.state == EventState.CANCELLED,
                inside=self.inside,
            )
        return self[gate.pk]
