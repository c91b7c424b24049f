"""Next year's hall out of last year's: the same floor, with nobody on it."""

from datetime import datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from registrations.stands.layout import HALL_ADDED
from registrations.stands.models import Hall, Stand

KEPT = (
    "number",
    "x_cm",
    "y_cm",
    "width_cm",
    "depth_cm",
    "hall_width_cm",
    "hall_depth_cm",
    "row",
    "col",
    "power_w",
    "value",
)


@transaction.atomic
def copy_halls(earlier: Event, event: Event, by: User, at: datetime) -> None:
    """Give ``event`` the halls and stands of ``earlier``, where it is held in the same premises. Blocked ones are free."""
    if event.venue_id != earlier.venue_id:
        return
    for hall in earlier.halls.prefetch_related("stands"):
        stands = list(hall.stands.all())
        copy = Hall(
            event=event,
            name=hall.name,
            width_cm=hall.width_cm,
            depth_cm=hall.depth_cm,
            entrance_x_cm=hall.entrance_x_cm,
            entrance_y_cm=hall.entrance_y_cm,
            position=hall.position,
            plan=_copy_of(hall.plan.name or ""),
        )
        copy.save()
        audit.created(copy, HALL_ADDED, by=by, at=at)
        Stand.objects.bulk_create(
            Stand(event=event, hall=copy, **{name: getattr(stand, name) for name in KEPT}) for stand in stands
        )


def _copy_of(name: str) -> str:
    """The stored plan under another name, so that removing the one leaves the other; "" where there is none."""
    if not name:
        return ""
    try:
        with default_storage.open(name) as plan:
            path = Path(name)
            return default_storage.save(str(path.with_name(f"copy-{path.name}")), plan)
    except FileNotFoundError:
        return ""
