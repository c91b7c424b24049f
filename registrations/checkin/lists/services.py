"""Keeps the door's list true to the tickets."""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from events.programme.models import Event
from registrations.checkin.lists.contents import changed_lines
from registrations.checkin.lists.header import digest_of, door_header
from registrations.checkin.lists.models import ListEntry
from registrations.checkin.models import DoorSettings

# The list is compared with the tickets when a phone asks, but not more often than this; a large one less often.
EVERY = timedelta(seconds=3)
PART_OF_TIME = 0.05
BATCH = 2000
_took: dict[int, float] = {}


def ensure_door(*, event: Event) -> DoorSettings:
    """The rules of ``event``'s door: as they were set, or the usual ones."""
    door = DoorSettings.objects.filter(event=event).first() or DoorSettings.objects.get_or_create(event=event)[0]
    door.event = event
    return door


def freshen_list(*, door: DoorSettings, at: datetime) -> DoorSettings:
    """``door`` with its list as the tickets were at most a few seconds before aware time ``at``.

    Of many phones that ask at once one does the work; the others go on with what there is. ``door`` is read anew.
    """
    door = DoorSettings.objects.select_related("event").get(pk=door.pk)
    pause = max(EVERY, timedelta(seconds=_took.get(door.event_id, 0.0) / PART_OF_TIME))
    due = Q(listed_at__isnull=True) | Q(listed_at__lte=at - pause) | Q(listed_at__gt=at + pause)
    if door.listed_at and abs(at - door.listed_at) < pause:
        return door
    if not DoorSettings.objects.filter(due, pk=door.pk).update(listed_at=at):
        return door
    return refresh_list(door=door, at=at)


@transaction.atomic
def refresh_list(*, door: DoorSettings, at: datetime) -> DoorSettings:
    """Bring ``door``'s list up to date now. The version grows if anything has changed, and only then."""
    began = time.perf_counter()
    rows = DoorSettings.objects.select_for_update(of=("self",), no_key=True).select_related("event")
    door = rows.get(pk=door.pk)
    version = door.list_version + 1
    entries = [
        ListEntry(
            event_id=door.event_id,
            ticket_id=line.ticket,
            handle=line.handle,
            digest=line.digest,
            seal=line.sealed(),
            version=version,
        )
        for line in changed_lines(door.event)
    ]
    ListEntry.objects.bulk_create(
        entries,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["handle"],
        update_fields=["event", "ticket", "digest", "seal", "version"],
    )
    gone = ListEntry.objects.filter(event=door.event_id, ticket__isnull=True).exclude(seal="")
    gone_now = gone.update(seal="", digest="", version=version)
    digest = digest_of(door_header(door))
    if entries or gone_now or digest != door.header_digest:
        door.list_version, door.header_digest = version, digest
    door.listed_at = at
    door.save(update_fields=["list_version", "header_digest", "listed_at"])
    _took[door.event_id] = time.perf_counter() - began
    return door
