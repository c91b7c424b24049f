"""What has fallen away since places were published, and what a reallocation would change, as the pages show it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.nights.models import Night
from registrations.allocation.bases import CountsMissing
from registrations.allocation.changes import ClassChange, Slot, StationChange, changes_of, group_of
from registrations.allocation.models import Proposal, ProposalKind
from registrations.allocation.names import Names
from registrations.allocation.reallocations import build_reallocation
from registrations.bookings.places.queries import would_fit
from registrations.stations.models import Station

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """Why a reallocation may be wanted: ``fallen`` in sentences, ``free`` places, waiting classes that would ``fit``."""

    fallen: list[str]
    free: int
    fit: int

    @property
    def is_any(self) -> bool:
        return bool(self.fallen or self.fit)


def news_of(night: Night) -> News | None:
    """What has happened since the places of ``night`` were published; ``None`` while a municipality's number is missing."""
    try:
        instance = build_reallocation(night)
    except CountsMissing:
        return None
    free, waiting = would_fit(night)
    return News(fallen(instance, Names.of(night)), free, len(waiting))


def fallen(instance: Json, names: Names) -> list[str]:
    """Each event of the instance as a sentence."""
    sizes = {row["id"]: row["size"] for row in instance["base"]["groups"]}
    return [_event(row, names, sizes) for row in instance["events"]]


def _event(row: Json, names: Names, sizes: dict[str, int]) -> str:
    match row["type"]:
        case "cancel_group":
            text = ngettext(
                "%(name)s no longer comes: %(n)s place.", "%(name)s no longer comes: %(n)s places.", sizes[row["group"]]
            )
            return text % {"name": names.class_name(row["group"]), "n": sizes[row["group"]]}
        case "cancel_station":
            return _("%(name)s is cancelled.") % {"name": names.station_name(row["station"])}
        case "close_round":
            return _("%(name)s is closed in round %(round)s of %(wave)s.") % {
                "name": names.station_name(row["station"]),
                "round": row["round"],
                "wave": names.wave_name(row["wave"]),
            }
    text = ngettext(
        "%(name)s takes %(n)s pupil fewer than were told.",
        "%(name)s takes %(n)s pupils fewer than were told.",
        row["capacity_less"],
    )
    return text % {"name": names.wave_name(row["wave"]), "n": row["capacity_less"]}


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class that something happens to, with its admissions as names (empty: none)."""

    change: ClassChange
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SlotLine:
    at: datetime | None
    group: str
    team: str


@dataclass(frozen=True, slots=True)
class HostLine:
    """A company (or the organiser) whose list changes: its station, who no longer comes, who is new."""

    company: str
    station: str
    gone: list[SlotLine]
    new: list[SlotLine]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page of a reallocation shows. ``told`` visits were announced, ``changed`` of them are no longer so."""

    fallen: list[str]
    counts: dict[str, int]
    told: int
    changed: int
    classes: list[ClassLine]
    hosts: list[HostLine]
    companies: int


def shown(proposal: Proposal, names: Names) -> Shown | None:
    """``None`` for a proposal that is no reallocation, or not ready."""
    if proposal.kind != ProposalKind.REALLOCATION or not proposal.solution:
        return None
    changes = changes_of(proposal.instance, proposal.solution)
    counts = Counter(row.kind for row in changes.classes)
    hosts = sorted((_host(row, names) for row in changes.stations), key=lambda row: (row.company, row.station))
    return Shown(
        fallen=fallen(proposal.instance, names),
        counts={kind: counts[kind] for kind in ("lost", "moved", "gained", "visits")},
        told=changes.told,
        changed=changes.changed,
        classes=[
            ClassLine(row, names.class_name(row.group), _wave(names, row.before), _wave(names, row.after))
            for row in changes.classes
        ],
        hosts=hosts,
        companies=len({row.company for row in hosts if row.company}),
    )


def _wave(names: Names, ident: str | None) -> str:
    return names.wave_name(ident) if ident else ""


def _host(change: StationChange, names: Names) -> HostLine:
    station: Station | None = names.stations.get(int(change.station[1:]))
    company = station.host_name if station else ""
    return HostLine(company, names.station_name(change.station), _slots(change.gone, names), _slots(change.new, names))


def _slots(slots: tuple[Slot, ...], names: Names) -> list[SlotLine]:
    lines = [
        SlotLine(
            names.round_starts_at(slot.wave, slot.round), names.class_name(group_of(slot.team)), _team(slot, names)
        )
        for slot in slots
    ]
    return sorted(lines, key=lambda line: (line.at is None, line.at, line.team))


def _team(slot: Slot, names: Names) -> str:
    row = names.school_class(slot.team)
    number = slot.team.rsplit("-", 1)[1]
    return f"{row.label}-{number}" if row else number
