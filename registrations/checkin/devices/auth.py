"""Who asks at the door's API: a phone with its token, and not too often."""

import time
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from events.memory import Remembered
from registrations.checkin.devices.models import Device, DeviceRole
from registrations.checkin.devices.tokens import hash_of, is_token
from registrations.checkin.models import DoorSettings
from registrations.checkin.rules import House, house_of

# A phone asks a few times a minute and after each scan. Each process counts for itself: a limit, not a measure.
PER_SECOND, AT_ONCE = 500.0, 1000.0


class NotADevice(Exception):
    """``code`` says why the token is no good: unknown, revoked or expired."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


class WrongRole(Exception):
    """The device is not of a kind that may ask this."""


class TooOften(Exception):
    """The phone asks more than any guard could scan. ``wait`` is how many seconds it had better be quiet."""

    def __init__(self, wait: int = 1):
        self.wait = wait
        super().__init__(wait)


@dataclass(slots=True)
class Bucket:
    """A token bucket: ``left`` requests may come at once, refilled with time (``at``, monotonic seconds)."""

    left: float
    at: float

    def take(self, now: float) -> bool:
        self.left = min(AT_ONCE, self.left + (now - self.at) * PER_SECOND)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


_buckets: Remembered[Bucket] = Remembered(seconds=60.0)
_devices: Remembered[Device | None] = Remembered(seconds=1.0)


class DeviceToken(HttpBearer):
    """``request.auth`` becomes the device: what it may do, its event's key and its gate's."""

    def __init__(self, *roles: DeviceRole):
        super().__init__()
        self.roles = roles

    def authenticate(self, request: HttpRequest, token: str) -> Device:
        """Raises NotADevice, WrongRole and TooOften."""
        device = find_device(token)
        at = timezone.now()
        if device is None:
            raise NotADevice("unknown")
        if device.revoked_at is not None:
            raise NotADevice("revoked")
        if at >= device.ends_at:
            raise NotADevice("expired")
        if self.roles and device.role not in self.roles:
            raise WrongRole
        bucket = _buckets.get(device.pk, lambda: Bucket(AT_ONCE, time.monotonic()))
        if not bucket.take(time.monotonic()):
            raise TooOften
        return device


def find_device(token: str) -> Device | None:
    """The device with ``token``, as it was at most a second ago."""
    if not is_token(token):
        return None
    token_hash = hash_of(token)
    device = _devices.get(token_hash, lambda: Device.objects.filter(token_hash=token_hash).first())
    # A copy: two requests of one phone may be under way.
    return copy(device)


def forget_devices() -> None:
    """This process asks anew who may; the others do so within a second."""
    _devices.forget()


def house_of_device(device: Device) -> House:
    """The door that ``device`` stands at; the device has its event and its gate from there, without a question."""
    house = house_of(device.event_id)
    device.event = house.door.event
    if device.gate_id in house.gates:
        device.gate = house.gates[device.gate_id]
    return house


def door_of(device: Device) -> DoorSettings:
    """The rules of the door that ``device`` stands at."""
    return house_of_device(device).door


def device_of(request: HttpRequest) -> Device:
    """The device that asks."""
    device: Any = request.auth  # type: ignore[attr-defined]
    assert isinstance(device, Device)
    return device
