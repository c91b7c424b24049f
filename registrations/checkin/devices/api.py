"""The way of a phone to the door: it shows its invitation and becomes a device."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from django_ratelimit.core import is_ratelimited
from ninja import Router, Schema
from ninja.responses import Status
from pydantic import BaseModel, Field

from registrations.checkin.devices.auth import TooOften
from registrations.checkin.devices.models import Device
from registrations.checkin.devices.services import PairingOver, PairingUsed, UnknownPairing, pair_device
from registrations.checkin.lists.header import door_header
from registrations.checkin.lists.services import ensure_door
from registrations.checkin.troubles import TROUBLES, Trouble

# Secrets have 256 bits: the limit is against noise, not against luck. A hall's phones may share one address.
TRIES = {"group": "door-pairing", "key": "ip", "rate": "120/m"}
PAUSE_S = 60

router = Router(tags=["door"], auth=None)


class GateOut(Schema):
    id: int
    name: str


class DeviceOut(Schema):
    """``event`` is the event's slug."""

    name: str
    role: str
    gate: GateOut
    ends_at: datetime
    event: str


class PairIn(BaseModel):
    """``secret`` is the invitation's, ``token`` the phone's own: it keeps it, we keep a hash."""

    secret: Annotated[str, Field(min_length=20, max_length=100)]
    token: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class PairedOut(Schema):
    device: DeviceOut
    door: dict[str, Any]
    now: datetime


def device_out(device: Device) -> dict[str, Any]:
    """What a phone hears of itself."""
    return {
        "name": device.name,
        "role": device.role,
        "gate": {"id": device.gate_id, "name": device.gate.name},
        "ends_at": device.ends_at.isoformat(),
        "event": device.event.slug,
    }


@router.post(
    "/pair",
    response={200: PairedOut, **TROUBLES, 404: Trouble, 409: Trouble, 410: Trouble},
    url_name="door-pair",
    summary="Become a device of the door",
)
def pair(request: HttpRequest, body: PairIn) -> Any:
    """Asked again with the same secret and token it answers the same."""
    if is_ratelimited(request, increment=True, **TRIES):
        raise TooOften(PAUSE_S)
    at = timezone.now()
    try:
        device = pair_device(secret=body.secret, token=body.token, at=at)
    except UnknownPairing as refusal:
        return Status(404, _refused(refusal))
    except PairingUsed as refusal:
        return Status(409, _refused(refusal))
    except PairingOver as refusal:
        return Status(410, _refused(refusal))
    door = ensure_door(event=device.event)
    return {"device": device_out(device), "door": door_header(door), "now": timezone.now()}


def _refused(refusal: Any) -> dict[str, str]:
    return {"code": refusal.code, "detail": str(refusal)}
