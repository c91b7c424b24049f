"""Writes down what the door's devices did: many records at once, each once, whatever they are.

The tickets are locked in the order of their keys before anything is judged, so that of many gates that let the same
ticket in at the same moment the server counts one, and says so of the others.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from events.access.models import User
from events.programme.models import Event
from registrations.checkin.conflicts.services import weigh_conflicts
from registrations.checkin.desk.walk_ins import take_walk_in
from registrations.checkin.devices.models import Device, DeviceRole
from registrations.checkin.known import Kept, Known, find
from registrations.checkin.lists.header import open_box_of
from registrations.checkin.models import DoorSettings, Gate, Presence, Scan
from registrations.checkin.occupancy import Occupancy, note_change, recent_occupancy
from registrations.checkin.records import Record, read_record
from registrations.checkin.rules import DoorRules
from registrations.checkin.standing import CORRECT, ENTER, LEAVE, UNDO, WALK_IN, Standing, Told
from registrations.checkin.verdict import BARRED, Door, Outcome, Seen, Verdict, judge, judge_leaving

TRIES = 3
# Nonsense that adds up to more than the column holds must not keep the ticket's other records out.
MOST_STORED = 32_767
TURNED_AWAY = set(Outcome.values) - {Outcome.ADMITTED, Outcome.AGAIN, Outcome.LEFT}


def read_records(raws: Iterable[Any], event: Event, at: datetime) -> list[Record]:
    """What a device sent to the door of ``event``, received at aware time ``at``."""
    return [read_record(raw, event.slug, at, partial(open_box_of, event)) for raw in raws]


def record_scans(
    *,
    door: DoorSettings,
    records: Sequence[Record],
    gates: dict[int, Gate],
    at: datetime,
    device: Device | None = None,
    by: User | None = None,
) -> list[Kept]:
    """Store ``records`` at the door of ``door.event`` and say what became of each, in their order.

    ``gates`` are the event's, by key; a record without one of them was made at ``device``'s, or at the event's first.
    A record that was stored before is not stored again. All in one transaction.
    """
    for attempt in range(TRIES):
        try:
            kept, change = _record(door, records, gates, at, device, by)
        except IntegrityError:
            # The same record came twice at once and the other was quicker: the next look finds it.
            if attempt == TRIES - 1:
                raise
        else:
            note_change(door.event_id, change)
            return kept
    raise AssertionError("unreachable")


@transaction.atomic
def _record(
    door: DoorSettings,
    records: Sequence[Record],
    gates: dict[int, Gate],
    at: datetime,
    device: Device | None,
    by: User | None,
) -> tuple[list[Kept], Occupancy]:
    event = door.event
    if any(record.act == WALK_IN for record in records):
        Event.objects.locked(event.pk)
    found = find(event, records)
    rules = DoorRules(door, recent_occupancy(event.pk).inside)
    fallback = _fallback_gate(gates, device)
    kept: dict[UUID, Kept] = {}
    rows: list[Scan] = []
    touched: dict[int, Known] = {}
    for record in _in_order(records):
        if record.nonce in kept:
            continue
        nonce, before = found.nonce_of(record, event)
        if before is not None:
            kept[record.nonce] = before
            continue
        gate = gates.get(record.gate) if record.gate else fallback
        sound = record.sound and gate is not None
        if sound and record.act == WALK_IN and record.details is not None:
            # Only a desk takes addresses: a phone that was stolen at a gate sends nobody mail.
            mail = device is None or device.role == DeviceRole.DESK
            made = take_walk_in(event=event, details=record.details, nonce=nonce, by=by, at=at, mail=mail)
            found.learn(made, nonce)
        known = found.ticket_of(record, nonce) if sound else None
        row = _judged(record, nonce, known, rules, gate or fallback, sound, event.pk)
        row.event, row.scanned_by, row.device, row.received_at = event, by, device, at
        rows.append(row)
        if known is not None and known.event == event.pk:
            known.told.append(_told(row))
            touched[known.pk] = known
        found.stored[nonce] = kept[record.nonce] = Kept(record.echo, row.outcome, row.ticket_id)
    Scan.objects.bulk_create(rows)
    found.adopt_orphans(rows)
    standings = {known.pk: (known.standing(), known) for known in touched.values()}
    change = _write_presences(event, standings, at)
    disputed = weigh_conflicts(door=door, touched=standings, rules=rules, at=at)
    told = [
        Kept(record.echo, one.outcome, one.ticket, one.ticket in disputed, one.repeated)
        for record, one in ((record, kept[record.nonce]) for record in records)
    ]
    return told, change


def _in_order(records: Sequence[Record]) -> list[Record]:
    """By corrected time; what is about another record of the batch comes after it, whatever the clocks say."""
    times = {record.nonce: record.happened_at for record in records}

    def place(record: Record) -> tuple[datetime, bool]:
        other = times.get(record.ref, record.happened_at) if record.ref else record.happened_at
        return max(record.happened_at, other), record.ref is not None

    return sorted(records, key=place)


def _judged(
    record: Record, nonce: UUID, known: Known | None, rules: DoorRules, gate: Gate, sound: bool, event: int
) -> Scan:
    """The row of one record: what the server makes of it at the moment when it arrives."""
    ours = known is not None and known.event == event
    verdict = _verdict(record, known if ours else None, rules.of(gate), sound=sound, elsewhere=bool(known) and not ours)
    let_in = record.let_in if record.let_in is not None else verdict.lets_in
    entering = record.act in {ENTER, WALK_IN}
    heads = record.headcount if record.headcount is not None else verdict.heads or int(verdict.outcome != Outcome.AGAIN)
    if sound and entering and let_in and record.reason and verdict.outcome not in BARRED:
        # The guard let in all the same and said why: that is a decision, not a mistake.
        verdict = Verdict(Outcome.ADMITTED if ours else verdict.outcome, heads)
    if entering and record.let_in is False and verdict.lets_in:
        # The guard turned somebody away whom the server, as far as it has heard by now, would have let in.
        verdict = Verdict(Outcome(record.shown) if record.shown in TURNED_AWAY else Outcome.NOT_IN)
    return Scan(
        nonce=nonce,
        act=record.act,
        ref=record.ref,
        ticket_id=known.pk if known else None,
        text="" if known else record.text,
        gate=gate,
        device_at=record.device_at,
        clock_offset_ms=record.clock_offset_ms,
        clock_error_ms=record.clock_error_ms,
        happened_at=record.happened_at,
        headcount=heads,
        shown=record.shown or verdict.outcome,
        let_in=bool(sound and let_in and entering),
        reason=record.reason,
        list_version=record.list_version,
        outcome=verdict.outcome,
    )


def _verdict(record: Record, known: Known | None, door: Door, *, sound: bool, elsewhere: bool) -> Verdict:
    if not sound:
        return Verdict(Outcome.UNKNOWN)
    if record.act in {CORRECT, UNDO}:
        return Verdict(Outcome.CORRECTED if record.act == CORRECT else Outcome.UNDONE)
    standing = known.standing() if known else Standing()
    seen = Seen(standing.inside, standing.came)
    if record.act == LEAVE:
        return judge_leaving(known.entry if known else None, seen, elsewhere=elsewhere)
    return judge(known.entry if known else None, seen, door, record.happened_at, elsewhere=elsewhere)


def _told(row: Scan) -> Told:
    return Told(
        row.nonce,
        row.act,
        row.happened_at,
        row.headcount,
        row.let_in,
        row.ref,
        row.gate_id,
        bool(row.reason),
        row.outcome in BARRED,
    )


def _write_presences(event: Event, standings: dict[int, tuple[Standing, Known]], at: datetime) -> Occupancy:
    """Write each ticket's standing where it has changed, in one query; how many more are in now, and came."""
    rows = [
        Presence(
            ticket_id=pk,
            event=event,
            inside=min(standing.inside, MOST_STORED),
            came=min(standing.came, MOST_STORED),
            first_at=standing.first.at if standing.first else None,
            gate_id=standing.first.gate if standing.first else None,
            changed_at=at,
        )
        for pk, (standing, known) in standings.items()
        if _counts(standing) != _counts(known.before)
    ]
    if rows:
        Presence.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["ticket"],
            update_fields=["inside", "came", "first_at", "gate", "changed_at"],
        )
    pairs = [(standing, known.before) for standing, known in standings.values()]
    return Occupancy(
        sum(now.inside - before.inside for now, before in pairs), sum(now.came - before.came for now, before in pairs)
    )


def _counts(standing: Standing) -> tuple[int, int, datetime | None]:
    return standing.inside, standing.came, standing.first.at if standing.first else None


def _fallback_gate(gates: dict[int, Gate], device: Device | None) -> Gate:
    """The gate of a record that names none of the event's: the device's own, or the first there was."""
    if device is not None and device.gate_id in gates:
        return gates[device.gate_id]
    return gates[min(gates)]
