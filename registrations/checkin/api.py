"""The door's HTTP API for paired phones: the list out, records in. docs/door.md is the contract."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import BaseModel, Field

from events.memory import Remembered
from registrations.checkin.answers import json_answer, packed
from registrations.checkin.devices.api import DeviceOut, device_out
from registrations.checkin.devices.auth import DeviceToken, device_of, house_of_device
from registrations.checkin.devices.models import Device
from registrations.checkin.known import Kept
from registrations.checkin.lists.queries import list_answer
from registrations.checkin.lists.services import freshen_list
from registrations.checkin.models import Act, Gate
from registrations.checkin.occupancy import recent_occupancy
from registrations.checkin.recording import read_records, record_scans
from registrations.checkin.records import Record
from registrations.checkin.rules import House
from registrations.checkin.troubles import TROUBLES

MOST_AT_ONCE = 500
BIG = 1 << 53
RECORD = {
    "type": "object",
    "required": ["nonce", "device_at"],
    "properties": {
        "nonce": {"type": "string", "format": "uuid", "description": "The device's own; the same again is the same."},
        "act": {"type": "string", "enum": Act.values, "default": "enter"},
        "handle": {"type": ["string", "null"], "description": "Stands for the ticket's code."},
        "text": {"type": "string", "description": "A code, or what else was read or typed."},
        "box": {"type": ["string", "null"], "description": "What only the server can open."},
        "gate": {"type": "integer", "description": "The gate's key; without it the device's own."},
        "device_at": {"type": "string", "format": "date-time", "description": "The device's clock, with its zone."},
        "clock_offset_ms": {"type": ["integer", "null"], "description": "How far the server's clock was ahead."},
        "clock_error_ms": {"type": ["integer", "null"], "description": "How far off that may be."},
        "headcount": {"type": ["integer", "null"], "minimum": 0},
        "shown": {"type": "string", "description": "The verdict that the guard saw."},
        "let_in": {"type": ["boolean", "null"], "description": "What the guard did; null leaves it to the server."},
        "reason": {"type": "string", "maxLength": 200},
        "ref": {"type": ["string", "null"], "description": "The nonce of the record that is corrected or undone."},
        "list_version": {"type": ["integer", "null"]},
    },
}

router = Router(tags=["door"], auth=DeviceToken())

# Whose scans have come in lately: that a phone is there need not be written with each of them.
_heard: Remembered[int] = Remembered(seconds=5.0)


class ScansIn(BaseModel):
    """Records, oldest first. One that cannot be understood is stored as unknown and stops no other."""

    scans: Annotated[list[Any], Field(max_length=MOST_AT_ONCE, json_schema_extra={"items": RECORD})]


class ResultOut(Schema):
    """``nonce`` is the record's as it was sent: the device may forget it. ``conflict``: the desk looks into it."""

    nonce: str
    outcome: str
    conflict: bool


class ScansOut(Schema):
    results: list[ResultOut]
    inside: int
    now: datetime


class UndoIn(BaseModel):
    """``ref`` is the nonce of what was a mistake, ``nonce`` a new one."""

    nonce: str
    ref: str
    device_at: str
    clock_offset_ms: int | None = None


class StatusIn(BaseModel):
    """What a phone tells of itself; nothing of it must be there."""

    queue: Annotated[int, Field(ge=0, lt=1 << 31)] | None = None
    list_version: Annotated[int, Field(ge=0, lt=1 << 31)] | None = None
    list_age_s: Annotated[float, Field(ge=0, lt=1e9)] | None = None
    clock_offset_ms: Annotated[float, Field(gt=-BIG, lt=BIG)] | None = None
    clock_error_ms: Annotated[float, Field(ge=0, le=(1 << 31) - 1)] | None = None
    battery: Annotated[float, Field(ge=0, le=100)] | None = None
    app: Annotated[str, Field(max_length=20)] = ""


class StatusOut(Schema):
    device: DeviceOut
    version: int
    inside: int
    came: int
    now: datetime


@router.post("/scans", response={200: ScansOut, **TROUBLES}, url_name="door-scans", summary="Send what was done")
def send_scans(request: HttpRequest, body: ScansIn) -> HttpResponse:
    """Stores each record and confirms it. Sending the same again, in any order, changes nothing."""
    return _store(device_of(request), body.scans)


@router.post("/undo", response={200: ScansOut, **TROUBLES}, url_name="door-undo", summary="Take a mistake back")
def undo(request: HttpRequest, body: UndoIn) -> HttpResponse:
    """The same as one record with ``act: undo``."""
    return _store(device_of(request), [body.model_dump() | {"act": "undo"}])


def _store(device: Device, raws: list[Any]) -> HttpResponse:
    at, house = timezone.now(), house_of_device(device)
    records = read_records(raws, house.door.event, at)
    kept: list[Kept] = []
    if records:
        gates = _gates_of(records, house)
        kept = record_scans(door=house.door, records=records, gates=gates, device=device, at=at)
    _heard.get(device.pk, lambda: Device.objects.filter(pk=device.pk).update(contact_at=at))
    results = [{"nonce": one.nonce, "outcome": one.outcome, "conflict": one.conflict} for one in kept]
    return json_answer({"results": results, "inside": recent_occupancy(device.event_id).inside, "now": _now()})


def _gates_of(records: list[Record], house: House) -> dict[int, Gate]:
    """The event's gates; read anew where a record is from one that the house, a second old, does not know yet."""
    if all(record.gate is None or record.gate in house.gates for record in records):
        return house.gates
    return house.door.event.gates.in_bulk()


@router.post(
    "/status",
    response={200: StatusOut, **TROUBLES},
    url_name="door-status",
    summary="Tell how the phone is, hear what is new",
)
def status(request: HttpRequest, body: StatusIn) -> HttpResponse:
    device, at = device_of(request), timezone.now()
    Device.objects.filter(pk=device.pk).update(
        contact_at=at,
        queue=body.queue,
        list_version=body.list_version,
        list_at=None if body.list_age_s is None else at - timedelta(seconds=body.list_age_s),
        clock_offset_ms=_rounded(body.clock_offset_ms),
        clock_error_ms=_rounded(body.clock_error_ms),
        battery=_rounded(body.battery),
        app=body.app.replace("\0", ""),
    )
    door = freshen_list(door=house_of_device(device).door, at=at)
    people = recent_occupancy(device.event_id)
    return json_answer(
        {
            "device": device_out(device),
            "version": door.list_version,
            "inside": people.inside,
            "came": people.came,
            "now": _now(),
        }
    )


@router.get(
    "/list",
    response={200: dict[str, Any], **TROUBLES},
    url_name="door-list",
    summary="The list, or what has changed in it",
)
def get_list(
    request: HttpRequest,
    since: Annotated[int, Field(ge=0, lt=1 << 31)] = 0,
    cursor: Annotated[int, Field(ge=0, lt=BIG)] = 0,
) -> HttpResponse:
    """Sealed lines, arrivals and the door's rules, as docs/door.md describes them; the whole with ``since=0``."""
    device, at = device_of(request), timezone.now()
    door = freshen_list(door=house_of_device(device).door, at=at)
    answer = list_answer(door, recent_occupancy(device.event_id), at, since=since, cursor=cursor)
    # Sealed lines hold nothing of the request: there is no secret that the size could tell.
    return packed(request, json_answer(answer | {"now": _now()}))


def _now() -> str:
    return timezone.now().isoformat(timespec="milliseconds")


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
