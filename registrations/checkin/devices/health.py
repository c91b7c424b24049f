"""What is the matter with a phone at the door, if anything, in words. Pure: a row and the time in, notes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.look import formats
from registrations.checkin.clocks import ago, length_of
from registrations.checkin.devices.models import Device

SILENT = timedelta(minutes=2)
CLOCK_OFF_MS = 120_000
MANY = 10  # records: a guard never has so many on the way while the phone has contact
LOW, EMPTY = 20, 10  # percent
GRAVITY = {"stop": 0, "mind": 1}


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is the matter. ``tone`` is stop or mind."""

    tone: str
    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Health:
    """A phone and what is the matter with it, the worst first."""

    device: Device
    notes: tuple[Note, ...]

    @property
    def tone(self) -> str:
        return self.notes[0].tone if self.notes else "good"

    @property
    def rank(self) -> int:
        return GRAVITY.get(self.tone, 2)


def health_of(device: Device, at: datetime, list_version: int) -> Health:
    """How ``device`` is at aware time ``at``, when the door's list has ``list_version``."""
    silent = device.contact_at is None or at - device.contact_at > SILENT
    found = [
        _silence(device, at) if silent else _piling_up(device),
        _clock(device),
        _battery(device),
        None if silent else _old_list(device, at, list_version),
    ]
    return Health(device, tuple(sorted((note for note in found if note), key=lambda note: GRAVITY[note.tone])))


def _silence(device: Device, at: datetime) -> Note:
    text = _("No contact since it was paired") if device.contact_at is None else ""
    text = text or _("No contact: last heard of %(ago)s") % {"ago": ago(device.contact_at, at)}
    if device.queue:
        waiting = ngettext("%(n)s scan was not sent", "%(n)s scans were not sent", device.queue) % {"n": device.queue}
        text = f"{text}, {waiting}"
    return Note("stop", "wifi-off", text)


def _piling_up(device: Device) -> Note | None:
    if (device.queue or 0) < MANY:
        return None
    text = ngettext("%(n)s scan waits to be sent", "%(n)s scans wait to be sent", device.queue or 0)
    return Note("mind", "hourglass-split", text % {"n": device.queue})


def _clock(device: Device) -> Note | None:
    offset = device.clock_offset_ms
    if offset is None or abs(offset) <= CLOCK_OFF_MS:
        return None
    span = length_of(timedelta(milliseconds=abs(offset)))
    text = _("Its clock is %(span)s slow: set it") if offset > 0 else _("Its clock is %(span)s fast: set it")
    return Note("mind", "clock", text % {"span": span})


def _battery(device: Device) -> Note | None:
    if device.battery is None or device.battery > LOW:
        return None
    tone = "stop" if device.battery <= EMPTY else "mind"
    share = formats.percent(device.battery / 100, get_language(), 0)
    return Note(tone, "lightning", _("Low battery, %(share)s: charge it") % {"share": share})


def _old_list(device: Device, at: datetime, list_version: int) -> Note | None:
    if device.list_version is None or device.list_version >= list_version:
        return None
    if device.list_at is None or at - device.list_at <= SILENT:
        return None
    return Note("mind", "list-check", _("Its list is from %(ago)s") % {"ago": ago(device.list_at, at)})
