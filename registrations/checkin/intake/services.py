"""Takes in what a phone could not send itself."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.devices.models import Device
from registrations.checkin.intake.exports import Export, read_export
from registrations.checkin.lists.header import open_box_of
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.verdict import Outcome

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many records were new, known already, in a conflict, and nobody's; ``device`` is whose they are, if known."""

    new: int = 0
    known: int = 0
    conflicts: int = 0
    unknown: int = 0
    device: Device | None = None


def take_in(*, event: Event, raw: bytes, by: User, at: datetime) -> TakenIn:
    """Store the records of the export in ``raw``, each once, as if the phone had sent them now.

    Raises the refusals of ``read_export``. In parts of 500: a part that is stored stays, and taking the same export in
    again finishes the rest.
    """
    export = read_export(raw, event.slug, partial(open_box_of, event))
    device, door, gates = _device_of(event, export), ensure_door(event=event), event.gates.in_bulk()
    kept = []
    for start in range(0, len(export.records), AT_ONCE):
        records = read_records(export.records[start : start + AT_ONCE], event, at)
        kept += record_scans(door=door, records=records, gates=gates, device=device, by=by, at=at)
    fresh = [one for one in kept if not one.repeated]
    return TakenIn(
        new=len(fresh),
        known=len(kept) - len(fresh),
        conflicts=sum(one.conflict for one in fresh),
        unknown=sum(one.outcome == Outcome.UNKNOWN for one in fresh),
        device=device,
    )


def _device_of(event: Event, export: Export) -> Device | None:
    """The phone that goes by the export's name; none where there is no such, or more than one."""
    named = list(Device.objects.filter(event=event, name=export.device).select_related("gate")[:2])
    return named[0] if len(named) == 1 else None
