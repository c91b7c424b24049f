"""Next year's evening out of last year's: the same admissions, zones, walks and fields, moved with the event."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from events.access import audit
from events.access.models import User
from events.nights.models import Field, Night, Walk, Wave, Zone
from events.nights.services import COPIED
from events.programme.copying import moved
from events.programme.models import Event

RULES = (
    "places",
    "youngest_grade",
    "oldest_grade",
    "visits_per_team",
    "team_size",
    "welcome_minutes",
    "round_minutes",
    "transition_minutes",
    "share_basis",
    "first_aim",
    "desk_phone",
    "programme_codes",
)


@transaction.atomic
def copy_night(earlier: Event, event: Event, by: User, at: datetime) -> Night | None:
    """Give ``event`` the evening of ``earlier``, moved by as many days as the event was; hours stay in Stockholm time.

    Stations are not copied: hosts apply anew. Nor is the co-financing, which is decided for each year. ``None`` where
    there is nothing to copy.
    """
    last = Night.objects.filter(event=earlier).first() if event.takes_schools and earlier.takes_schools else None
    if last is None:
        return None
    shift = localtime(event.starts_at).date() - localtime(earlier.starts_at).date()
    night = Night.objects.create(
        event=event,
        bookings_open_at=moved(last.bookings_open_at, shift),
        bookings_close_at=moved(last.bookings_close_at, shift),
        answers_on=last.answers_on + shift,
        **{name: getattr(last, name) for name in RULES},
    )
    Wave.objects.bulk_create(
        Wave(night=night, name=w.name, starts_at=moved(w.starts_at, shift), capacity=w.capacity, rounds=w.rounds)
        for w in last.waves.in_order()
    )
    Field.objects.bulk_create(
        Field(night=night, name=f.name, name_en=f.name_en, position=f.position) for f in last.fields.all()
    )
    _copy_zones(last, night)
    audit.record(night, COPIED, by=by, at=at, changes={"copied from": [None, str(earlier)]})
    return night


def _copy_zones(last: Night, night: Night) -> None:
    zones = {
        z.pk: Zone.objects.create(night=night, name=z.name, directions=z.directions, position=z.position)
        for z in last.zones.order_by("pk")  # so that the lower key stays the lower
    }
    Walk.objects.bulk_create(
        Walk(one=zones[walk.one_id], other=zones[walk.other_id], minutes=walk.minutes)
        for walk in Walk.objects.filter(one__night=last)
    )
