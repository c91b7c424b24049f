"""What a station's host is told when visits change after places were published: what changed, nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.mail.services import write_letter
from events.nights.models import Night
from registrations.allocation.changes import Slot, StationChange
from registrations.allocation.instances import pk_of
from registrations.allocation.names import Names
from registrations.exhibitors.models import Exhibitor

TEMPLATE = "registrations/allocation/mail/hosts"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A team that comes to a station, or that no longer does: when, where, who, how many."""

    starts_at: datetime
    station: str
    label: str
    school: str
    team: str
    pupils: int
    is_new: bool


def tell_hosts(*, night: Night, instance: dict[str, Any], changes: list[StationChange]) -> int:
    """A letter to each company whose visits differ, in the order of the evening; how many letters.

    ``instance`` is the reallocation's base, with the sizes of the teams. Five queries of its own.
    """
    names = Names.of(night)
    sizes = {team["id"]: team["size"] for group in instance["groups"] for team in group["teams"]}
    by_host: defaultdict[int, list[Line]] = defaultdict(list)
    for change in changes:
        station = names.stations.get(pk_of(change.station))
        if station is not None and station.host_id is not None:
            by_host[station.host_id] += _lines(change, names, sizes)
    hosts = Exhibitor.objects.filter(pk__in=by_host).select_related("organisation", "started_by").order_by("pk")
    told = [(host, sorted(by_host[host.pk])) for host in hosts if by_host[host.pk]]
    for host, lines in told:
        write_letter(
            to=host.contact_email,
            template=TEMPLATE,
            context={"host": host, "lines": lines},
            language=host.started_by.language if host.started_by else "",
            event=night.event,
        )
    return len(told)


def _lines(change: StationChange, names: Names, sizes: dict[str, int]) -> Iterator[Line]:
    slots: list[tuple[Slot, bool]] = [*((slot, False) for slot in change.gone), *((slot, True) for slot in change.new)]
    for slot, is_new in slots:
        row, starts_at = names.school_class(slot.team), names.round_starts_at(slot.wave, slot.round)
        if row is not None and starts_at is not None:
            number = slot.team.rpartition("-")[2]
            yield Line(
                starts_at,
                names.station_name(change.station),
                row.label,
                row.booking.school.name,
                number,
                sizes.get(slot.team, 0),
                is_new,
            )
