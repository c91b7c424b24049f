"""Next year's door out of last year's: the same gates and rules."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from events.access import audit
from events.access.models import User
from events.programme.copying import moved
from events.programme.models import Event
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import DoorSettings, Gate
from registrations.checkin.services import GATE_ADDED, RULES_CHANGED

RULES = ("early_minutes", "late_minutes", "reentry")


@transaction.atomic
def copy_door(earlier: Event, event: Event, by: User, at: datetime) -> None:
    """Give ``event`` the gates and the rules of ``earlier``'s door, its hours moved by as many days as the event was.

    A fire limit is the premises': it comes along only where ``event`` is held in the same ones. Phones are paired anew.
    """
    for gate in earlier.gates.order_by("pk"):
        audit.created(Gate.objects.create(event=event, name=gate.name, kinds=gate.kinds), GATE_ADDED, by=by, at=at)
    last = DoorSettings.objects.filter(event=earlier).first()
    if last is not None:
        _copy_rules(last, earlier, event, by, at)


def _copy_rules(last: DoorSettings, earlier: Event, event: Event, by: User, at: datetime) -> None:
    shift = localtime(event.starts_at).date() - localtime(earlier.starts_at).date()
    door = ensure_door(event=event)
    with audit.change(door, RULES_CHANGED, by=by, at=at):
        for name in RULES:
            setattr(door, name, getattr(last, name))
        if event.venue_id == earlier.venue_id:
            door.fire_limit = last.fire_limit
        for name in ("opens_at", "closes_at"):
            told = getattr(last, name)
            setattr(door, name, moved(told, shift) if told else None)
        if not door.opening <= event.starts_at < event.ends_at <= door.closing:
            # The event has other hours now: the usual ones around them.
            door.opens_at = door.closes_at = None
        door.save()
