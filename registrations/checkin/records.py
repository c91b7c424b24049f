"""What a device sends, read with care: whatever it is, it becomes a scan. Pure.

A record that makes no sense is kept as a scan of an unknown code: nothing that happened at a door is dropped, and
one bad record never stands in the way of the next. docs/door.md says what a record is.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from registrations.checkin.standing import CORRECT, ENTER, LEAVE, UNDO, WALK_IN
from registrations.tickets.codes import handle_of, read_code

LONGEST_TEXT = 200
LONGEST_BOX = 4000
ACTS = (ENTER, LEAVE, CORRECT, UNDO, WALK_IN)
ABOUT_ANOTHER = (CORRECT, UNDO)
# A corrected time that is this far off says nothing about when; the time of receipt does.
PAST_LIMIT = timedelta(days=366)
CENTURY_MS = 100 * 366 * 86_400_000
INT32 = 1 << 31
MOST_HEADS = 2000
# The names of records without a usable nonce, so that the same record sent again is the same scan.
NAMESPACE = UUID("6f0d3f9e-3f4b-5a0e-8a52-2a7a3c0c7f11")

OpenBox = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Record:
    """One record as the device tells it. ``gate`` is a key, or ``None``: the device's own, or the event's first.

    Moments are aware; ``happened_at`` is the corrected time. ``handle`` stands for the ticket's code, ``text`` for
    what was read and is no code. ``let_in=None``: the device left it to the server. ``echo`` is the nonce as it was
    sent, so that the device finds its own; ``sound`` is false for a record that could not be understood: it is stored,
    and lets nobody in. ``details`` is what a walk-in's box held.
    """

    nonce: UUID
    echo: str
    act: str
    handle: str | None
    text: str
    gate: int | None
    device_at: datetime
    happened_at: datetime
    clock_offset_ms: int | None
    clock_error_ms: int | None
    headcount: int | None
    shown: str
    let_in: bool | None
    reason: str
    ref: UUID | None
    list_version: int | None
    details: dict[str, Any] | None
    sound: bool


def read_record(raw: Any, event: str, at: datetime, open_box: OpenBox | None = None) -> Record:
    """The record in ``raw``, whatever JSON that is, received at aware time ``at`` by the door of ``event`` (a slug).

    ``open_box`` opens a box or raises ValueError.
    """
    said = raw if isinstance(raw, dict) else {}
    act = said.get("act", ENTER)
    act = act if isinstance(act, str) else ""
    opened = _opened(said.get("box"), open_box)
    text = said.get("text", opened.get("text"))
    code = read_code(text) if isinstance(text, str) else None
    handle = handle_of(code) if code else _handle(said.get("handle"))
    nonce, gate, device_at, ref = _nonce(said.get("nonce")), _gate(said), _moment(said), _nonce(said.get("ref"))
    # Somebody stands in the hall, whether we can read who or not.
    details = opened if act == WALK_IN and isinstance(said.get("box"), str) else None
    about = {UNDO: ref, CORRECT: ref, WALK_IN: details}.get(act, text if isinstance(text, str) else handle)
    offset = _whole(said.get("clock_offset_ms"), -CENTURY_MS, CENTURY_MS)
    return Record(
        nonce=nonce or uuid5(NAMESPACE, event + storable(json.dumps(raw, sort_keys=True, default=str))),
        echo=str(said.get("nonce", ""))[:LONGEST_TEXT],
        act=act if act in ACTS else ENTER,
        handle=handle,
        text=storable(text if isinstance(text, str) else "" if handle or ref else json.dumps(raw, default=str))[
            :LONGEST_TEXT
        ],
        gate=gate,
        device_at=device_at or at,
        happened_at=_corrected(device_at, offset, at),
        clock_offset_ms=offset,
        clock_error_ms=_whole(said.get("clock_error_ms"), 0, INT32),
        headcount=_whole(said.get("headcount"), 0, MOST_HEADS + 1),
        shown=storable(_word(said.get("shown")))[:12],
        let_in=said["let_in"] if isinstance(said.get("let_in"), bool) else None,
        reason=storable(_word(said.get("reason"))).strip()[:LONGEST_TEXT],
        ref=ref if act in ABOUT_ANOTHER else None,
        list_version=_whole(said.get("list_version"), 0, INT32),
        details=details,
        sound=bool(act in ACTS and nonce and device_at and about is not None and (gate or "gate" not in said)),
    )


def _opened(box: Any, open_box: OpenBox | None) -> dict[str, Any]:
    """What is in the record's box; nothing where there is none, or none that can be opened."""
    if open_box is None or not isinstance(box, str) or len(box) > LONGEST_BOX:
        return {}
    try:
        content = open_box(box)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _handle(value: Any) -> str | None:
    return value if isinstance(value, str) and len(value) == 12 and value.isascii() and value.isprintable() else None


def _nonce(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _gate(said: dict) -> int | None:
    return _whole(said.get("gate"), 1, INT32)


def _moment(said: dict) -> datetime | None:
    """The device's time: an ISO 8601 moment with its zone."""
    try:
        told = datetime.fromisoformat(said["device_at"])
        return told.astimezone(UTC) if told.tzinfo else None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _corrected(device_at: datetime | None, offset_ms: int | None, at: datetime) -> datetime:
    """When it happened by our clock: nobody scans in the future, and without a measured offset the receipt says when."""
    if device_at is None or offset_ms is None:
        return at
    try:
        told = device_at + timedelta(milliseconds=offset_ms)
    except OverflowError:
        return at
    if at - PAST_LIMIT < told <= at:
        return told
    return at


def _whole(value: Any, least: int, below: int) -> int | None:
    """``value`` as a whole number, if it is a number from ``least`` and ``below``."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < below:
        return None
    return min(round(value), below - 1)


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def storable(text: str) -> str:
    """Without what a database cannot keep: NUL and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
