"""What a device sends, read with care: whatever it is, it becomes a scan. Pure.

A record that makes no sense is kept as a scan of an unknown code: nothing that happened at a door is dropped, and
one bad record never stands in the way of the next.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

LONGEST_TEXT = 200
# A device whose clock is months off says nothing about when; the time of receipt does.
CLOCK_LIMIT = timedelta(days=366)
INT32 = 1 << 31
# The names of records without a usable nonce, so that the same record sent again is the same scan.
NAMESPACE = UUID("6f0d3f9e-3f4b-5a0e-8a52-2a7a3c0c7f11")


@dataclass(frozen=True, slots=True)
class Record:
    """One scan as the device tells it. ``gate`` is a key, or ``None``: the event's first. ``device_at`` is aware.

    ``echo`` is the nonce as it was sent, so that the device finds its own; ``sound`` is false for a record that could
    not be understood: it is stored, and lets nobody in.
    """

    nonce: UUID
    echo: str
    text: str
    gate: int | None
    device_at: datetime
    clock_offset_ms: int | None
    sound: bool


def read_record(raw: Any, event: str, at: datetime) -> Record:
    """The record in ``raw``, whatever JSON that is, received at aware time ``at`` by the door of ``event`` (a slug)."""
    said = raw if isinstance(raw, dict) else {}
    text, nonce, gate, device_at = said.get("text"), _nonce(said.get("nonce")), _gate(said), _moment(said, at)
    sound = isinstance(text, str) and nonce is not None and gate is not None and device_at is not None
    return Record(
        nonce=nonce or uuid5(NAMESPACE, event + _storable(json.dumps(raw, sort_keys=True, default=str))),
        echo=str(said.get("nonce", ""))[:LONGEST_TEXT],
        text=_storable(text if isinstance(text, str) else json.dumps(raw, default=str))[:LONGEST_TEXT],
        gate=gate,
        device_at=device_at or at,
        clock_offset_ms=_offset(said.get("clock_offset_ms")),
        sound=sound,
    )


def _nonce(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None


def _gate(said: dict) -> int | None:
    gate = said.get("gate")
    return gate if isinstance(gate, int) and not isinstance(gate, bool) and 0 < gate < INT32 else None


def _moment(said: dict, at: datetime) -> datetime | None:
    """The device's time: an ISO 8601 moment with its zone, not absurdly far from ours."""
    try:
        told = datetime.fromisoformat(said["device_at"])
        moment = told.astimezone(UTC) if told.tzinfo else None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return moment if moment and abs(moment - at) < CLOCK_LIMIT else None


def _offset(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -INT32 < value < INT32:
        return None
    return round(value)


def _storable(text: str) -> str:
    """Without what a database cannot keep: NUL and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
