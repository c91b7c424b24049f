"""The list as a phone gets it: the whole, or what has changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models.functions import Substr

from events.programme.models import Event, EventState
from registrations.checkin.lists.header import Json, door_header
from registrations.checkin.lists.models import ListEntry
from registrations.checkin.models import DoorSettings, Presence
from registrations.checkin.occupancy import Occupancy
from registrations.tickets.models import Ticket

# Arrivals are told again for so long: whoever was being written while a phone asked is in its next answer.
OVERLAP = timedelta(seconds=20)
# Tickets to which other events are told apart from unknown codes, and how much of their handle does.
NEAR = timedelta(days=400)
PREFIX = 7
MOST_ELSEWHERE = 30_000


def list_answer(door: DoorSettings, inside: Occupancy, at: datetime, *, since: int, cursor: int) -> Json:
    """What a phone gets that has version ``since`` and arrivals up to ``cursor`` (milliseconds); 0 and 0: everything."""
    full = not 0 < since <= door.list_version
    answer: Json = {
        "door": door_header(door),
        "version": door.list_version,
        "full": full,
        "entries": _entries(door.event, 0 if full else since),
        "gone": [] if full else list(_rows(door.event, since).filter(seal="").values_list("handle", flat=True)),
        "arrivals": _arrivals(door.event, None if full else cursor),
        "cursor": to_ms(at - OVERLAP),
        "inside": inside.inside,
        "came": inside.came,
    }
    return answer | ({"elsewhere": _elsewhere(door.event)} if full else {})


def _rows(event: Event, since: int) -> Any:
    return ListEntry.objects.filter(event=event, version__gt=since)


def _entries(event: Event, since: int) -> list[str]:
    rows = _rows(event, since).exclude(seal="").values_list("handle", "seal")
    return [handle + seal for handle, seal in rows.iterator(5000)]


def _arrivals(event: Event, cursor: int | None) -> list[list[Any]]:
    """Where the tickets stand that were written since ``cursor``; ``None``: all that have any standing."""
    rows = Presence.objects.filter(event=event)
    rows = rows.filter(came__gte=1) if cursor is None else rows.filter(changed_at__gte=from_ms(cursor))
    told = rows.values_list("ticket__handle", "inside", "came", "first_at", "gate_id")
    return [
        [handle, inside, came, to_ms(first_at) if first_at else None, gate]
        for handle, inside, came, first_at, gate in told.iterator(5000)
    ]


def _elsewhere(event: Event) -> list[Json]:
    """The area's other events, the nearest first, and the beginnings of their tickets' handles.

    Seven characters are 42 bits: enough to tell another event's ticket from none, too little for anything else.
    """
    others = Event.objects.filter(area=event.area_id, starts_at__range=(event.starts_at - NEAR, event.starts_at + NEAR))
    others = others.exclude(pk=event.pk).exclude(state=EventState.DRAFT)
    told, left = [], MOST_ELSEWHERE
    for other in sorted(others, key=lambda one: (abs(one.starts_at - event.starts_at), one.pk)):
        tickets = Ticket.objects.filter(event=other).order_by("pk").annotate(prefix=Substr("handle", 1, PREFIX))
        prefixes = list(tickets.values_list("prefix", flat=True)[:left])
        left -= len(prefixes)
        if prefixes:
            told.append(
                {
                    "title": other.name,
                    "title_en": other.name_en or other.name,
                    "starts_at": other.starts_at.isoformat(),
                    "handles": "".join(prefixes),
                }
            )
    return told


def to_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def from_ms(value: int) -> datetime:
    """The moment ``value`` milliseconds after 1970, or the beginning of time where that is no moment."""
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime(1970, 1, 1, tzinfo=UTC)
