"""What a station's host is told when visits change after places were published: what changed, nothing else."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from events.mail.services import write_letter
from events.nights.models import Night
from registrations.allocation.models import Visit
from registrations.exhibitors.models import Exhibitor

TEMPLATE = "registrations/allocation/mail/hosts"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A team at a station: when, where, who, how many."""

    starts_at: datetime
    station: str
    label: str
    school: str
    team: int
    pupils: int
    station_pk: int
    host_pk: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A slot that is new, or that is no longer."""

    slot: Slot
    is_new: bool


def schedule_now(night: Night) -> set[Slot]:
    """Every visit of the evening as the rows have it. Two queries."""
    waves = {wave.pk: wave for wave in night.waves.all()}
    for wave in waves.values():
        wave.night = night
    rows = Visit.objects.filter(team__school_class__booking__night=night).select_related(
        "station", "team__school_class__booking__school"
    )
    return {
        Slot(
            waves[row.team.school_class.wave_id].round_starts_at(row.round),
            str(row.station),
            row.team.school_class.label,
            row.team.school_class.booking.school.name,
            row.team.number,
            row.team.size,
            row.station_id,
            row.station.host_id,
        )
        for row in rows
        if row.team.school_class.wave_id is not None
    }


def tell_hosts(*, night: Night, before: set[Slot], after: set[Slot]) -> int:
    """A letter to each company whose visits differ, with the differences in the order of the evening; how many letters."""
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for slot in sorted(before ^ after):
        if slot.host_pk is not None:
            changes[slot.host_pk].append(Change(slot, slot in after))
    for host in Exhibitor.objects.filter(pk__in=changes).select_related("organisation", "started_by").order_by("pk"):
        write_letter(
            to=host.contact_email,
            template=TEMPLATE,
            context={"host": host, "changes": changes[host.pk]},
            language=host.started_by.language if host.started_by else "",
            event=night.event,
        )
    return len(changes)
