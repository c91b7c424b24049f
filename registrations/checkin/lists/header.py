"""The door as its list describes it: the event, the rules, the gates, the admissions."""

import json
from hashlib import md5
from typing import Any

from django.conf import settings

from events.nights.models import Wave
from events.programme.models import Event, EventState
from registrations.checkin.lists.sealing import Unreadable, box_key, open_box, public_part
from registrations.checkin.models import DoorSettings

Json = dict[str, Any]


def door_header(door: DoorSettings) -> Json:
    """The ``door`` of docs/door.md. Two queries besides the event's own row."""
    event = door.event
    waves = Wave.objects.filter(night__event=event).in_order()
    return {
        "event": {
            "slug": event.slug,
            "title": event.name,
            "title_en": event.name_en or event.name,
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
        },
        "opens_at": door.opening.isoformat(),
        "closes_at": door.closing.isoformat(),
        "early_minutes": door.early_minutes,
        "late_minutes": door.late_minutes,
        "reentry": door.reentry,
        "fire_limit": door.fire_limit,
        "box": public_part(box_key(settings.SECRET_KEY, event.slug)),
        "gates": [{"id": gate.pk, "name": gate.name, "kinds": gate.kinds} for gate in event.gates.all()],
        "waves": [{"id": wave.pk, "name": wave.name, "starts_at": wave.starts_at.isoformat()} for wave in waves],
        "cancelled": event.state == EventState.CANCELLED,
    }


def digest_of(header: Json) -> str:
    return md5(json.dumps(header, sort_keys=True).encode(), usedforsecurity=False).hexdigest()


def open_box_of(event: Event, box: str) -> Any:
    """What a phone at the door of ``event`` closed in ``box``. Raises Unreadable.

    Boxes from before the server's key was changed still open, as long as the old key is among the fallbacks.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return open_box(box_key(str(secret), event.slug), box)
        except Unreadable:
            continue
    raise Unreadable
