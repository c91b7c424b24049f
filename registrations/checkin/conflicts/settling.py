"""The desk's word on a conflict, and perhaps that one of the scans was a mistake."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from events.access.models import User
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.conflicts.services import settle_conflict
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.models import Scan
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.standing import UNDO
from registrations.tickets.models import Ticket


@transaction.atomic
def settle_with(*, conflict: Conflict, note: str, mistake: Scan | None, by: User, at: datetime) -> Conflict:
    """Settle ``conflict`` with ``note``; ``mistake`` is undone by a record of its own. Raises AlreadySettled.

    The note is written first: what the desk has said stays said, also where the undoing alone would have dissolved it.
    """
    if conflict.ticket_id:
        # Tickets before conflicts, as recording does: neither waits for the other.
        Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=conflict.ticket_id)
    settled = settle_conflict(conflict=conflict, note=note, by=by, at=at)
    if mistake is not None:
        _undo(mistake, by, at)
    return settled


def _undo(scan: Scan, by: User, at: datetime) -> None:
    raw = {
        "nonce": str(uuid4()),
        "act": UNDO,
        "ref": str(scan.nonce),
        "gate": scan.gate_id,
        "device_at": at.isoformat(),
        "clock_offset_ms": 0,
        "clock_error_ms": 0,
    }
    door = ensure_door(event=scan.event)
    gates = scan.event.gates.in_bulk()
    record_scans(door=door, records=read_records([raw], scan.event, at), gates=gates, by=by, at=at)
