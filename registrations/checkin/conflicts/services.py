"""Finds what contradicts itself at the door, dissolves what later records explain, and lets the desk settle the rest."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from registrations.checkin.conflicts.models import Conflict, ConflictKind, ConflictState
from registrations.checkin.known import Known
from registrations.checkin.models import DoorSettings, Scan
from registrations.checkin.occupancy import occupancy_of
from registrations.checkin.rules import DoorRules
from registrations.checkin.standing import Standing, surplus

SETTLED = audit.verb("conflict.settled", _("settled a conflict at the door"))
LATE_LOOK = 50  # people below the fire limit from which it is counted exactly


class AlreadySettled(Refusal):
    code = "already_settled"
    message = _("Somebody has settled it already.")


def weigh_conflicts(
    *, door: DoorSettings, touched: Mapping[int, tuple[Standing, Known]], rules: DoorRules, at: datetime
) -> set[int]:
    """Open and dissolve what the records of the ``touched`` tickets give cause for; the keys of those with a conflict.

    Runs inside the recording's transaction, with the tickets locked. Without anything strange it asks nothing.
    """
    found = {
        (pk, kind): nonces
        for pk, (standing, known) in touched.items()
        for kind, nonces in _strange(standing, known, door)
    }
    had = any(_strange(known.before, known, door) for _standing, known in touched.values())
    more = sum(standing.inside - known.before.inside for standing, known in touched.values())
    _weigh_fire_limit(door, rules.inside + max(0, more), at)
    if not (found or had):
        return set()
    open_now = {
        (row.ticket_id, row.kind): row
        for row in Conflict.objects.filter(ticket__in=list(touched), state=ConflictState.OPEN)
    }
    for key, row in open_now.items():
        if key not in found:
            row.state, row.ended_at = ConflictState.DISSOLVED, at
            row.save(update_fields=["state", "ended_at"])
    settled = _settled(found)
    for (pk, kind), nonces in found.items():
        scans = set(Scan.objects.filter(nonce__in=nonces).values_list("pk", flat=True))
        if (pk, kind) not in open_now and scans <= settled.get((pk, kind), set()):
            continue  # the desk has said its word about just these
        row = open_now.get((pk, kind)) or Conflict.objects.create(
            event_id=door.event_id, ticket_id=pk, kind=kind, opened_at=at
        )
        row.scans.set(scans)
    return {pk for pk, _kind in found}


def _strange(standing: Standing, known: Known, door: DoorSettings) -> list[tuple[str, set[UUID]]]:
    """What does not go together in a ticket's records: a kind, and the nonces of those that are in it."""
    strange = []
    over = surplus(standing.steps, seats=known.entry.pupils, one_person=known.one_person, reentry=door.reentry)
    if over:
        kind = ConflictKind.TWICE if known.one_person else ConflictKind.OVER
        strange.append((kind.value, {step.told.nonce for step in standing.steps if step.enters and step.heads}))
    if known.entry.state != "ok":
        # Who came in while the ticket was good did nothing wrong, whatever became of it since.
        let_in = {step.told.nonce for step in standing.steps if step.enters and step.heads and step.told.barred}
        if let_in:
            strange.append((ConflictKind.NOT_VALID.value, let_in))
    return strange


def _settled(found: Mapping[tuple[int, str], set[UUID]]) -> dict[tuple[int, str], set[int]]:
    """The scans that the desk has settled, by ticket and kind."""
    told: dict[tuple[int, str], set[int]] = {}
    rows = Conflict.objects.filter(ticket__in={pk for pk, _kind in found}, state=ConflictState.SETTLED)
    for ticket, kind, scan in rows.values_list("ticket", "kind", "scans"):
        if ticket is not None and scan is not None:
            told.setdefault((ticket, kind), set()).add(scan)
    return told


def _weigh_fire_limit(door: DoorSettings, inside: int, at: datetime) -> None:
    """More in than the fire limit: opened once, dissolved when enough have left. About ``inside`` have been in."""
    if door.fire_limit is None or inside + LATE_LOOK < door.fire_limit:
        return
    full = Conflict.objects.filter(event=door.event_id, kind=ConflictKind.FULL, state=ConflictState.OPEN)
    if occupancy_of(door.event_id).inside > door.fire_limit:
        Conflict.objects.get_or_create(
            event_id=door.event_id,
            kind=ConflictKind.FULL,
            ticket=None,
            state=ConflictState.OPEN,
            defaults={"opened_at": at},
        )
    else:
        full.update(state=ConflictState.DISSOLVED, ended_at=at)


@transaction.atomic
def settle_conflict(*, conflict: Conflict, note: str, by: User, at: datetime) -> Conflict:
    """The desk's word on ``conflict``: both records stay as they are. Raises AlreadySettled."""
    conflict = Conflict.objects.select_for_update(of=("self",)).get(pk=conflict.pk)
    if conflict.state != ConflictState.OPEN:
        raise AlreadySettled
    with audit.change(conflict, SETTLED, by=by, at=at):
        conflict.state, conflict.ended_at = ConflictState.SETTLED, at
        conflict.settled_by, conflict.note = by, note
        conflict.save(update_fields=["state", "ended_at", "settled_by", "note"])
    return conflict
