"""The door's HTTP API: scans in, answers out."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.security import django_auth
from pydantic import Field

from events.access.gate import get_event_for
from events.access.models import User
from registrations.checkin.queries import admitted_count
from registrations.checkin.records import read_record
from registrations.checkin.results import result_of
from registrations.checkin.services import record_scan

MOST_AT_ONCE = 500
RECORD = {
    "type": "object",
    "required": ["nonce", "text", "gate", "device_at"],
    "properties": {
        "nonce": {
            "type": "string",
            "format": "uuid",
            "description": "The device's own; the same again is the same scan.",
        },
        "text": {"type": "string", "description": "What was read or typed."},
        "gate": {"type": "integer", "description": "The gate's key."},
        "device_at": {"type": "string", "format": "date-time", "description": "The device's clock, with its zone."},
        "clock_offset_ms": {
            "type": ["integer", "null"],
            "description": "How far the server's clock was ahead of the device's, where measured.",
        },
    },
}

router = Router(tags=["door"], auth=django_auth)


class ScansIn(Schema):
    """Scans, oldest first. One that cannot be understood is stored as unknown and stops no other."""

    scans: Annotated[list[Any], Field(max_length=MOST_AT_ONCE, json_schema_extra={"items": RECORD})]


class Holder(Schema):
    name: str
    company: str
    kind: str


class Earlier(Schema):
    at: datetime
    gate: str


class OtherEvent(Schema):
    title: str
    starts_at: datetime


class Result(Schema):
    """``nonce`` is the record's as it was sent. ``earlier`` stands with ``already_in``, ``event`` with ``wrong_event``."""

    nonce: str
    outcome: str
    at: datetime
    gate: str
    holder: Holder | None
    earlier: Earlier | None
    event: OtherEvent | None


class ScansOut(Schema):
    results: list[Result]
    admitted: int
    now: datetime


class CountOut(Schema):
    admitted: int


@router.post("/{slug}/scans", response=ScansOut, url_name="door-scans", summary="Send scans")
def send_scans(request: HttpRequest, slug: str, body: ScansIn) -> dict[str, Any]:
    """Stores each scan and answers for it. Sending the same again, in any order, changes nothing."""
    event = get_event_for(request.user, slug, "checkin.scan")
    assert isinstance(request.user, User), "the gate lets nobody else through"
    at = timezone.now()
    gates = event.gates.in_bulk()
    results = []
    for raw in body.scans:
        record = read_record(raw, event.slug, at)
        answer = record_scan(event=event, record=record, gates=gates, by=request.user, at=at)
        results.append(result_of(answer, event) | {"nonce": record.echo})
    return {"results": results, "admitted": admitted_count(event), "now": timezone.now()}


@router.get("/{slug}/count", response=CountOut, url_name="door-count", summary="How many people are in")
def count(request: HttpRequest, slug: str) -> dict[str, int]:
    event = get_event_for(request.user, slug, "checkin.scan")
    return {"admitted": admitted_count(event)}
