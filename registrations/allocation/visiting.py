"""Whom a company's stations receive, and what has changed since the company last said that it had seen its list."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night
from registrations.allocation.changes import group_of
from registrations.allocation.instances import pk_of
from registrations.allocation.models import HostList, Proposal, ProposalKind
from registrations.allocation.pictures import effective, waves_of
from registrations.bookings.models import SchoolClass
from registrations.exhibitors.models import Exhibitor
from registrations.papers.queries import station_lists
from registrations.papers.rows import Guest, StationList
from registrations.papers.words import needs_of_a_class

SEEN = audit.verb("exhibitor.list_seen", _("has seen who visits the stations"))


class ListChanged(Refusal):
    code = "list_changed"
    message = _("The list has changed since you opened the page. Look once more at what is marked.")


Key = tuple[int, int, int, int, int]
"""Station, wave, first round, class, number of the team."""
Visits = dict[Key, int]
"""Pupils by key."""


@dataclass(frozen=True, slots=True)
class Group:
    """A team at a station. ``mark`` is ``new``, ``size`` (then ``before`` pupils), ``needs``, ``gone`` or empty.

    ``class_needs`` are those of its whole class, in words: how many, and nothing more.
    """

    starts_at: datetime
    ends_at: datetime
    label: str
    school: str
    team: int
    pupils: int
    adults: int = 0
    wheelchairs: int = 0
    class_needs: str = ""
    mark: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Visited:
    """A station with its groups by admission, in the order of the evening."""

    pk: int
    name: str
    number: int | None
    admissions: list[tuple[str, list[Group]]]

    @property
    def changes(self) -> int:
        return sum(bool(group.mark) for _name, groups in self.admissions for group in groups)

    @property
    def teams(self) -> int:
        return sum(group.mark != "gone" for _name, groups in self.admissions for group in groups)

    @property
    def pupils(self) -> int:
        return sum(group.pupils for _name, groups in self.admissions for group in groups if group.mark != "gone")


@dataclass(frozen=True, slots=True)
class Visiting:
    """``shown`` tells the list from every other: what somebody says of it, they say of this one."""

    stations: list[Visited]
    seen_at: datetime | None
    shown: str = ""

    @property
    def changes(self) -> int:
        return sum(station.changes for station in self.stations)


def visiting(host: Exhibitor) -> Visiting | None:
    """Whom ``host``'s stations receive; ``None`` before places are published. A constant number of queries."""
    night = Night.objects.filter(event=host.event_id).first()
    if night is None or not Proposal.objects.for_night(night).published().exists():
        return None
    night.event = host.event
    lists = station_lists(night, host.stations.values_list("pk", flat=True))
    seen = HostList.objects.filter(host=host).first()
    before = _as_visits(seen.visits) if seen else first_told(night, {one.station.pk for one in lists})
    now = _now(lists)
    gone = {key: pupils for key, pupils in before.items() if key not in now}
    classes = SchoolClass.objects.filter(pk__in={key[3] for key in gone}).select_related("booking__school")
    names = {row.pk: row for row in classes}
    seen_at = seen.seen_at if seen else None
    stations = [_visited(one, before, gone, names, seen_at) for one in lists]
    return Visiting([one for one in stations if one.admissions], seen_at, _told_apart(lists))


@transaction.atomic
def mark_seen(*, host: Exhibitor, shown: str, by: User, at: datetime) -> None:
    """The company has seen its list: from here on only what changes is marked. ``shown`` is what its page had.

    Raises ListChanged when the list is another by now.
    """
    night = Night.objects.filter(event=host.event_id).first()
    if night is None:
        return
    Exhibitor.objects.select_for_update(no_key=True, of=("self",)).get(pk=host.pk)
    lists = station_lists(night, host.stations.values_list("pk", flat=True))
    if shown != _told_apart(lists):
        raise ListChanged
    visits = [[*key, pupils] for key, pupils in sorted(_now(lists).items())]
    seen = HostList.objects.filter(host=host).first()
    if seen and seen.visits == visits and not any(_has_other_needs(one, seen.seen_at) for one in _guests(lists)):
        return
    HostList.objects.update_or_create(host=host, defaults={"visits": visits, "seen_at": at, "seen_by": by})
    audit.record(host, SEEN, by=by, at=at)


def first_told(night: Night, stations: set[int]) -> Visits:
    """What the first letters of ``night`` said of ``stations``: nobody has seen anything since."""
    rows = Proposal.objects.for_night(night).filter(published_at__isnull=False, kind=ProposalKind.FIRST)
    first = rows.order_by("published_at").only("instance", "solution").first()
    if first is None or first.solution is None:
        return {}
    waves = waves_of(first.solution)
    sizes = {team["id"]: team["size"] for row in effective(first.instance)["groups"] for team in row["teams"]}
    found: Visits = {}
    for visit in first.solution.get("visits", []):
        team, station = visit["team"], pk_of(visit["station"])
        wave = waves.get(group_of(team))
        if station in stations and wave:
            key = (station, pk_of(wave), visit["round"], pk_of(team), int(team.rsplit("-", 1)[1]))
            found[key] = sizes.get(team, 0)
    return found


def _told_apart(lists: list[StationList]) -> str:
    needs = sorted((one.class_pk, one.needs_changed_at) for one in _guests(lists) if one.needs_changed_at)
    return hashlib.sha256(repr((sorted(_now(lists).items()), needs)).encode()).hexdigest()[:16]


def _guests(lists: list[StationList]) -> list[Guest]:
    return [guest for one in lists for admission in one.admissions for guest in admission.guests]


def _has_other_needs(guest: Guest, since: datetime | None) -> bool:
    """Whether the class said other needs after it was told, and after ``since``."""
    return guest.needs_changed_at is not None and (since is None or guest.needs_changed_at > since)


def _as_visits(rows: list[list[int]]) -> Visits:
    return {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in rows}


def _now(lists: list[StationList]) -> Visits:
    return {
        _key(one, admission.admission.pk, guest): guest.size
        for one in lists
        for admission in one.admissions
        for guest in admission.guests
    }


def _key(one: StationList, wave: int, guest: Guest) -> Key:
    return one.station.pk, wave, guest.first, guest.class_pk, guest.team


def _visited(
    one: StationList, before: Visits, gone: Visits, names: dict[int, SchoolClass], since: datetime | None
) -> Visited:
    admissions = []
    for part in one.admissions:
        wave = part.admission.pk
        groups = [
            Group(
                *part.admission.time_of(guest.first, guest.last),
                label=guest.label,
                school=guest.school,
                team=guest.team,
                pupils=guest.size,
                adults=guest.adults,
                wheelchairs=guest.wheelchairs,
                class_needs=needs_of_a_class(guest.class_needs),
                mark=_mark(guest, before.get(_key(one, wave, guest)), since),
                before=before.get(_key(one, wave, guest), 0),
            )
            for guest in part.guests
        ]
        groups += [
            Group(
                *part.admission.time_of(key[2], key[2] + one.station.duration - 1),
                label=names[key[3]].label if key[3] in names else "–",
                school=names[key[3]].booking.school.name if key[3] in names else "",
                team=key[4],
                pupils=pupils,
                mark="gone",
            )
            for key, pupils in gone.items()
            if key[:2] == (one.station.pk, wave)
        ]
        if groups:
            groups.sort(
                key=lambda group: (group.starts_at, group.mark == "gone", group.school, group.label, group.team)
            )
            admissions.append((part.admission.name, groups))
    return Visited(one.station.pk, one.station.name, one.station.number, admissions)


def _mark(guest: Guest, before: int | None, since: datetime | None) -> str:
    if before is None:
        return "new"
    if before != guest.size:
        return "size"
    return "needs" if _has_other_needs(guest, since) else ""
