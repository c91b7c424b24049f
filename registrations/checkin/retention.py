"""How long is kept what the door knows besides who came: strange codes, words, phones, and the list itself."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from events.retention.rules import Rule
from registrations.checkin.conflicts.models import Conflict
from registrations.checkin.devices.models import Device
from registrations.checkin.lists.models import ListEntry
from registrations.checkin.models import Scan

# That there was a reason still counts (``standing.py``); what it said does not.
ERASED = "–"


def erase_unknown_codes(before: datetime, limit: int) -> int:
    """Leave of each code that was read before ``before`` and led to no ticket that one was."""
    due = Scan.objects.exclude(text="").filter(received_at__lt=before).order_by("pk")
    chosen = list(due.values_list("pk", flat=True)[:limit])
    return Scan.objects.filter(pk__in=chosen).update(text="")


def erase_words(before: datetime, limit: int) -> int:
    """Leave of each reason and note that was written at a door before ``before`` that there was one."""
    scans = Scan.objects.exclude(reason__in=("", ERASED)).filter(received_at__lt=before).order_by("pk")
    notes = Conflict.objects.exclude(note__in=("", ERASED)).filter(ended_at__lt=before).order_by("pk")
    erased = Scan.objects.filter(pk__in=list(scans.values_list("pk", flat=True)[:limit])).update(reason=ERASED)
    chosen = list(notes.values_list("pk", flat=True)[: limit - erased])
    return erased + Conflict.objects.filter(pk__in=chosen).update(note=ERASED)


def erase_devices(before: datetime, limit: int) -> int:
    """Leave of each phone that worked until before ``before`` its scans, and no name."""
    due = Device.objects.exclude(name="").filter(ends_at__lt=before).order_by("pk")
    chosen = list(due.values_list("pk", flat=True)[:limit])
    return Device.objects.filter(pk__in=chosen).update(name="")


def erase_lists(before: datetime, limit: int) -> int:
    """Throw away the sealed lines of events that ended before ``before``: a line keeps a name as long as it is there."""
    due = ListEntry.objects.filter(event__ends_at__lt=before).order_by("pk")
    return ListEntry.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:limit])).delete()[0]


UNKNOWN_CODES = Rule(
    code="unknown-codes",
    what=_("Codes scanned at the door that are no ticket's: whatever they say"),
    why=_("To find out why somebody was not let in."),
    keep=timedelta(days=90),
    since=_("after the scan"),
    then=_("That a code was scanned stays."),
    erase=erase_unknown_codes,
)
DOOR_WORDS = Rule(
    code="door-words",
    what=_("Reasons and notes written at the door"),
    why=_("To understand afterwards why somebody was let in all the same."),
    keep=timedelta(days=90),
    since=_("after they were written"),
    then=_("That there was a reason stays."),
    erase=erase_words,
)
DEVICES = Rule(
    code="door-phones",
    what=_("Phones at the door: their names"),
    why=_("To know which phone made which scan while conflicts are settled."),
    keep=timedelta(days=90),
    since=_("after the phone's time at the door ended"),
    then=_("The scans stay, without the phone's name."),
    erase=erase_devices,
)
DOOR_LISTS = Rule(
    code="door-lists",
    what=_("The door's list: names and companies, sealed with each ticket's own code"),
    why=_("For phones at the door to answer without a network."),
    keep=timedelta(days=30),
    since=_("after the event"),
    then=_("Nothing is left of it."),
    erase=erase_lists,
)
