"""Pairs phones with the door, moves them, and takes them away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from registrations.checkin.devices.auth import forget_devices
from registrations.checkin.devices.models import Device, DeviceRole, Pairing
from registrations.checkin.devices.tokens import hash_of, new_secret
from registrations.checkin.lists.services import ensure_door, freshen_list
from registrations.checkin.models import Gate

PAIRING_LIVES = timedelta(minutes=10)
PAIRED = audit.verb("device.paired", _("paired a phone with the door"))
CHANGED = audit.verb("device.changed", _("changed a phone at the door"))
REVOKED = audit.verb("device.revoked", _("revoked a phone at the door"))


class UnknownPairing(Refusal):
    code = "pairing_unknown"
    message = _("There is no such pairing. Ask the desk for a new code.")


class PairingUsed(Refusal):
    code = "pairing_used"
    message = _("Another phone has used this code already. Ask the desk for a new one.")


class PairingOver(Refusal):
    code = "pairing_over"
    message = _("The code is too old. Ask the desk for a new one.")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A pairing and its ``secret``, which is told once and stored nowhere; ``url`` is what the QR holds."""

    pairing: Pairing
    secret: str

    @property
    def url(self) -> str:
        # After the hash: no server and no log ever sees it.
        return f"{settings.BASE_URL}/door/#p={self.secret}"


@transaction.atomic
def invite_device(
    *, gate: Gate, name: str, role: DeviceRole | str, ends_at: datetime, by: User, at: datetime
) -> Invitation:
    """An invitation for one phone to stand at ``gate``, called ``name``, until aware time ``ends_at``.

    The list is sealed now, so that the phone need not wait for it.
    """
    freshen_list(door=ensure_door(event=gate.event), at=at)
    secret = new_secret()
    pairing = Pairing.objects.create(
        event_id=gate.event_id,
        gate=gate,
        name=name,
        role=role,
        ends_at=ends_at,
        secret_hash=hash_of(secret),
        made_by=by,
        made_at=at,
        expires_at=at + PAIRING_LIVES,
    )
    return Invitation(pairing, secret)


@transaction.atomic
def pair_device(*, secret: str, token: str, at: datetime) -> Device:
    """The phone that holds ``token`` takes up the invitation with ``secret``.

    The same two again give the same device: the first answer may have been lost. Raises UnknownPairing, PairingUsed,
    PairingOver.
    """
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("device", "made_by", "gate", "event")
    pairing = rows.filter(secret_hash=hash_of(secret)).first()
    if pairing is None:
        raise UnknownPairing
    if pairing.device is not None:
        if pairing.device.token_hash != hash_of(token):
            raise PairingUsed
        return pairing.device
    if at >= min(pairing.expires_at, pairing.ends_at):
        raise PairingOver
    if Device.objects.filter(token_hash=hash_of(token)).exists():
        raise PairingUsed
    device = Device.objects.create(
        event=pairing.event,
        gate=pairing.gate,
        name=pairing.name,
        role=pairing.role,
        token_hash=hash_of(token),
        paired_by=pairing.made_by,
        paired_at=at,
        ends_at=pairing.ends_at,
        contact_at=at,
    )
    pairing.device = device
    pairing.save(update_fields=["device"])
    audit.created(device, PAIRED, by=pairing.made_by, at=at)
    return device


@transaction.atomic
def change_device(*, device: Device, name: str, gate: Gate, by: User, at: datetime) -> Device:
    """Another name for ``device``, or another gate of its event: the phone hears of it at its next contact."""
    assert gate.event_id == device.event_id, "a phone stays at its event"
    device = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
    with audit.change(device, CHANGED, by=by, at=at):
        device.name, device.gate = name, gate
        device.save(update_fields=["name", "gate"])
    forget_devices()
    return device


@transaction.atomic
def revoke_device(*, device: Device, by: User, at: datetime) -> Device:
    """``device`` stops at its next contact, and forgets what it has. Twice is once."""
    device = Device.objects.select_for_update(of=("self",)).get(pk=device.pk)
    if device.revoked_at is None:
        with audit.change(device, REVOKED, by=by, at=at):
            device.revoked_at = at
            device.save(update_fields=["revoked_at"])
    forget_devices()
    return device


def forget_pairings(*, at: datetime, keep: timedelta = timedelta(days=1)) -> int:
    """Forget invitations that nobody took up and that ended before ``at - keep``; how many there were."""
    return Pairing.objects.filter(device__isnull=True, expires_at__lt=at - keep).delete()[0]
