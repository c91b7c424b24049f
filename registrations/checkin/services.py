"""What the organiser writes of the door: its gates and its rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from events.access import audit
from events.access.models import AuditEntry, User
from events.errors import Refusal
from events.programme.models import Event
from events.versions import take_version
from registrations.checkin.devices import services as devices
from registrations.checkin.models import DoorSettings, Gate

GATE_ADDED = audit.verb("gate.added", _("added a gate"))
GATE_CHANGED = audit.verb("gate.changed", _("changed a gate"))
GATE_REMOVED = audit.verb("gate.removed", _("removed a gate"))
RULES_CHANGED = audit.verb("door.rules", _("changed the rules of the door"))
RULES = ("opens_at", "closes_at", "early_minutes", "late_minutes", "reentry", "fire_limit")


class GateExists(Refusal):
    code = "gate_exists"
    message = _("There is a gate with that name already.")


class GateInUse(Refusal):
    code = "gate_in_use"
    message = _("Phones or scans belong to this gate, so it stays. Give it another name instead.")


class LastGate(Refusal):
    code = "last_gate"
    message = _("The door needs one gate. Give this one another name instead.")


def ensure_gate(*, event: Event) -> Gate:
    """The event's gate to begin with: its first, or a new one called the entrance."""
    with translation.override(settings.LANGUAGE_CODE):
        name = pgettext("name of an event's first gate", "The entrance")
    return event.gates.order_by("pk").first() or Gate.objects.get_or_create(event=event, name=name)[0]


@transaction.atomic
def add_gate(*, event: Event, name: str, kinds: Sequence[str] = (), by: User, at: datetime) -> Gate:
    """Another way in, called what its sign says, for ``kinds`` of tickets (none: all). Raises GateExists."""
    Event.objects.locked(event.pk)
    _check_free(event, name)
    gate = Gate.objects.create(event=event, name=name, kinds=list(kinds))
    audit.created(gate, GATE_ADDED, by=by, at=at)
    _tell_phones(event)
    return gate


@transaction.atomic
def change_gate(*, gate: Gate, name: str, kinds: Sequence[str], by: User, at: datetime) -> Gate:
    """Another name for ``gate``, or other kinds of tickets. Raises GateExists."""
    event = Event.objects.locked(gate.event_id)
    gate = Gate.objects.select_for_update(of=("self",), no_key=True).get(pk=gate.pk)
    if name != gate.name:
        _check_free(event, name, but=gate)
    with audit.change(gate, GATE_CHANGED, by=by, at=at):
        gate.name, gate.kinds = name, list(kinds)
        gate.save(update_fields=["name", "kinds"])
    _tell_phones(event)
    return gate


@transaction.atomic
def remove_gate(*, gate: Gate, by: User, at: datetime) -> None:
    """Take a gate away that nobody has stood at. Raises LastGate and GateInUse.

    A phone that has moved on may still hold scans that it made here: a gate with such a past stays, too.
    """
    event = Event.objects.locked(gate.event_id)
    gate = Gate.objects.select_for_update(of=("self",)).get(pk=gate.pk)
    if event.gates.count() == 1:
        raise LastGate
    if gate.scans.exists() or gate.devices.exists() or _was_left(gate):
        raise GateInUse
    audit.record(gate, GATE_REMOVED, by=by, at=at)
    try:
        gate.delete()
    except ProtectedError as used:
        raise GateInUse from used
    _tell_phones(event)


@transaction.atomic
def change_rules(*, event: Event, details: Mapping[str, Any], seen: int, by: User, at: datetime) -> DoorSettings:
    """The door goes by ``details`` (fields of RULES) from now on; ``seen`` is the version they were filled in from.

    The phones hear of it the next time they ask. Raises Stale.
    """
    door = DoorSettings.objects.select_for_update(of=("self",)).get(event=event)
    door.event = event
    take_version(door, seen)
    with audit.change(door, RULES_CHANGED, by=by, at=at):
        for name in RULES:
            setattr(door, name, details[name])
        door.save(update_fields=[*RULES, "version"])
    _tell_phones(event)
    return door


def _check_free(event: Event, name: str, but: Gate | None = None) -> None:
    others = event.gates.exclude(pk=but.pk) if but else event.gates.all()
    if others.filter(name__iexact=name).exists():
        raise GateExists


def _was_left(gate: Gate) -> bool:
    """Whether a phone has moved from ``gate`` to another one."""
    moves = AuditEntry.objects.filter(event=gate.event_id, verb=devices.CHANGED).values_list("changes", flat=True)
    return any("gate" in changes and gate.pk in changes["gate"] for changes in moves.iterator())


def _tell_phones(event: Event) -> None:
    """The list is compared anew the next time that a phone asks, however lately it was."""
    DoorSettings.objects.filter(event=event).update(listed_at=None)
