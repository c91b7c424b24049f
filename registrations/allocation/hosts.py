"""What a station's host is told when visits or their times change after places were published, and nothing else."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import ngettext

from events.access.models import User
from events.mail.services import write_letter
from events.nights.hooks import Retimed
from events.nights.models import Night
from registrations.allocation.changes import Slot, StationChange
from registrations.allocation.instances import pk_of
from registrations.allocation.models import HostLetter, Visit
from registrations.allocation.names import Names
from registrations.allocation.visiting import visiting
from registrations.bookings.states import ClassState
from registrations.exhibitors.models import Exhibitor

MAIL = "registrations/allocation/mail"


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


def tell_hosts(*, night: Night, instance: dict[str, Any], changes: list[StationChange], at: datetime) -> int:
    """A letter to each company whose visits differ, in the order of the evening; how many letters.

    ``instance`` is the reallocation's base, with the sizes of the teams. The visits are as they will be: the morning's
    letter says nothing again of the list that this one leads to. Some twenty queries a company.
    """
    names = Names.of(night)
    sizes = {team["id"]: team["size"] for group in instance["groups"] for team in group["teams"]}
    by_host: defaultdict[int, list[Line]] = defaultdict(list)
    for change in changes:
        station = names.stations.get(pk_of(change.station))
        if station is not None and station.host_id is not None:
            by_host[station.host_id] += _lines(change, names, sizes)
    hosts = (
        Exhibitor.objects.filter(pk__in=by_host).select_related("event", "organisation", "started_by").order_by("pk")
    )
    told = [(host, sorted(by_host[host.pk])) for host in hosts if by_host[host.pk]]
    for host, lines in told:
        write_to_host(host, night, "hosts", {"lines": lines})
        _note(host, at)
    return len(told)


def _note(host: Exhibitor, at: datetime) -> None:
    """That it has had its letter about the list that it has now."""
    found = visiting(host)
    if found is not None:
        HostLetter.objects.update_or_create(host=host, defaults={"day": localdate(at), "shown": found.shown})


def tell_hosts_of_times(night: Night, retimed: list[Retimed], by: User, at: datetime) -> list[str]:
    """For ``nights.hooks.when_retimed``: one letter to each company whose stations are visited in such an admission."""
    if not night.event.takes_decisions(at):
        return []
    waves = {one.wave.pk: one for one in retimed}
    visits = Visit.objects.filter(
        team__school_class__wave__in=waves, team__school_class__state__in=ClassState.holding()
    )
    by_host: defaultdict[int, set[int]] = defaultdict(set)
    for host_pk, wave in visits.values_list("station__host", "team__school_class__wave").distinct().order_by():
        if host_pk is not None:
            by_host[host_pk].add(wave)
    hosts = Exhibitor.objects.filter(pk__in=by_host).select_related("organisation", "started_by").order_by("pk")
    for host in hosts:
        write_to_host(
            host, night, "host_times", {"admissions": [one for pk, one in waves.items() if pk in by_host[host.pk]]}
        )
    text = ngettext("%(n)s host is told.", "%(n)s hosts are told.", len(hosts))
    return [text % {"n": len(hosts)}] if hosts else []


def write_to_host(host: Exhibitor, night: Night, name: str, context: dict[str, Any]) -> None:
    """The letter ``name`` in the language of whoever applied for the company."""
    write_letter(
        to=host.contact_email,
        template=f"{MAIL}/{name}",
        context={"host": host, **context},
        language=host.started_by.language if host.started_by else "",
        event=night.event,
    )


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
