"""What the pages of the allocation show: the ground, the list of proposals, and one proposal with its names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from events.nights.models import Night, Wave
from registrations.allocation.bases import Share, shares_of
from registrations.allocation.instances import places_of
from registrations.allocation.models import HandPlacing, Proposal
from registrations.allocation.names import Names
from registrations.allocation.pictures import effective, waves_of
from registrations.allocation.reasons import reason_of
from registrations.allocation.words import LevelLine, level_line, level_lines
from registrations.bookings.models import SchoolClass

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ground:
    """What there is to allocate: places, what was applied for, and how many classes somebody has given points."""

    places: int
    pupils: int
    classes: int
    schools: int
    scored: int
    shares: list[Share]

    @property
    def unread(self) -> int:
        return self.classes - self.scored

    @property
    def is_short(self) -> bool:
        return self.pupils > self.places

    @property
    def missing(self) -> list[Share]:
        """Municipalities that have applied, but whose number is not known."""
        return [row for row in self.shares if row.demand and row.basis is None]


def ground_of(night: Night) -> Ground:
    """Five queries, however many classes."""
    rows = SchoolClass.objects.for_night(night).wanting().order_by()
    counted = rows.aggregate(
        pupils=Sum("pupils"),
        classes=Count("pk"),
        schools=Count("booking__school", distinct=True),
        scored=Count("pk", filter=Q(score__isnull=False)),
    )
    demand = dict(rows.values_list("booking__school__municipality").annotate(n=Sum("pupils")))
    places = places_of(night, list(Wave.objects.filter(night=night)))
    return Ground(
        places=places,
        pupils=counted["pupils"] or 0,
        classes=counted["classes"],
        schools=counted["schools"],
        scored=counted["scored"],
        shares=shares_of(night, Counter(demand), places),
    )


def proposals_of(night: Night) -> list[Proposal]:
    """All of them, the latest first, without what is heavy."""
    rows = Proposal.objects.for_night(night).defer("instance", "solution", "baselines")
    return list(rows.select_related("asked_by", "published_by"))


def hand_placings(night: Night) -> list[HandPlacing]:
    rows = HandPlacing.objects.filter(school_class__in=SchoolClass.objects.for_night(night).wanting())
    return list(rows.select_related("school_class__booking__school", "wave", "by").order_by("-at"))


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality in a proposal, and by first come, first served. Shares are of one, for the filter ``percent``."""

    name: str
    target: int
    demand: int
    placed: int
    permille: int
    first_placed: int
    first_permille: int

    @property
    def share(self) -> float:
        return self.permille / 1000

    @property
    def first_share(self) -> float:
        return self.first_permille / 1000

    @property
    def width(self) -> str:
        return _width(self.permille)

    @property
    def first_x(self) -> str:
        return _width(self.first_permille)


def _width(permille: int) -> str:
    """A length in a drawing, with a decimal point in every language."""
    return f"{permille / 10:.1f}%"


def municipality_lines(mine: Json, other: Json, names: Names) -> list[MunicipalityLine]:
    """One line for each municipality that has applied, in Swedish order."""
    return [
        MunicipalityLine(
            str(row),
            mine["municipalities"][code]["target"],
            mine["municipalities"][code]["demand"],
            mine["municipalities"][code]["placed"],
            mine["municipalities"][code]["permille"],
            other["municipalities"].get(code, {}).get("placed", 0),
            other["municipalities"].get(code, {}).get("permille", 0),
        )
        for code, row in names.municipalities.items()
        if code in mine["municipalities"] and mine["municipalities"][code]["demand"]
    ]


def least_share(picture: Json) -> float | None:
    """The least favoured municipality's part of its fair share, of one."""
    shares = [row["permille"] / 1000 for row in picture["municipalities"].values() if row["demand"]]
    return min(shares, default=None)


def part(pair: list[int]) -> float | None:
    """``[met, of]`` as a share of one; ``None`` of nothing."""
    return pair[0] / pair[1] if pair[1] else None


@dataclass(frozen=True, slots=True)
class WaveLine:
    wave: Wave
    capacity: int
    pupils: int
    classes: int

    @property
    def width(self) -> str:
        return _width(min(1000, 1000 * self.pupils // self.capacity) if self.capacity else 0)


def wave_lines(mine: Json, names: Names) -> list[WaveLine]:
    return [
        WaveLine(wave, row["capacity"], row["pupils"], row["classes"])
        for pk, wave in names.waves.items()
        if (row := mine["waves"].get(f"w{pk}"))
    ]


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in a proposal: as it was then (``size``), with the wave it would get or the reason why not."""

    row: SchoolClass
    size: int
    wave: Wave | None
    outcome: Json
    lock: Json | None

    @property
    def reason(self) -> str:
        return "" if self.wave else reason_of(self.outcome, with_cost=True)


def class_lines(proposal: Proposal, names: Names) -> list[ClassLine]:
    """Every class of the proposal that still exists, by school and label."""
    solution = proposal.solution or {"assignments": []}
    waves, reasons = waves_of(solution), solution.get("reasons", {})
    locks = {lock["group"]: lock for lock in proposal.locks}
    found = [
        ClassLine(
            row,
            group["size"],
            names.wave(waves.get(group["id"])),
            _named(reasons.get(group["id"], {}), names),
            locks.get(group["id"]),
        )
        for group in effective(proposal.instance)["groups"]
        if (row := names.school_class(group["id"]))
    ]
    order = {code: index for index, code in enumerate(names.municipalities)}
    return sorted(
        found,
        key=lambda line: (
            order.get(line.row.booking.school.municipality_id, 99),
            str(line.row.booking.school).casefold(),
            line.row.grade,
            line.row.label,
        ),
    )


def _named(reason: Json, names: Names) -> Json:
    return {**reason, "names": names.of_ids_in(reason.get("numbers", {}))}


@dataclass(frozen=True)
class Filter:
    """Which classes of a proposal the list shows."""

    words: str = ""
    place: str = ""
    municipality: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        place = query.get("place", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            place=place if place in {"yes", "no", "hand"} else "",
            municipality=query.get("municipality", "")[:4],
        )

    def lets_through(self, line: ClassLine) -> bool:
        school = line.row.booking.school
        words = self.words.casefold()
        return (
            (not words or words in f"{line.row.label} {school} {school.municipality}".casefold())
            and (not self.municipality or school.municipality_id == self.municipality)
            and {"": True, "yes": line.wave is not None, "no": line.wave is None, "hand": bool(line.lock)}[self.place]
        )


def levels_of(proposal: Proposal) -> list[LevelLine]:
    """The levels of a ready proposal in words."""
    assert proposal.solution is not None
    return level_lines(proposal.solution["objective"], totals_of(proposal))


def progress_of(proposal: Proposal) -> Json:
    """How far a run has come: the levels so far in words, which one is worked on, how long it has taken."""
    progress = proposal.progress
    levels = sorted(progress.get("levels", {}).items(), key=lambda pair: pair[1]["step"])
    started = proposal.started_at or proposal.asked_at
    now = ""
    if progress.get("level"):
        now = _("Level %(step)s of %(steps)s: %(level)s") % {
            "step": progress["step"],
            "steps": progress["steps"],
            "level": level_line(progress["level"], None, None, False, {}).title,
        }
    return {
        "now": now,
        "levels": [
            level_line(name, row["value"], row["bound"], row["value"] is not None and row["value"] == row["bound"], {})
            for name, row in levels
        ],
        "step": progress.get("step", 0),
        "steps": progress.get("steps", 0),
        "seconds": max(0, int((timezone.now() - started).total_seconds())),
    }


def totals_of(proposal: Proposal) -> dict[str, int]:
    mine = proposal.measures.get("proposal", {})
    return {"schools": mine["schools"][1], "places": mine["places"]} if mine else {}


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team's way round: for each round the station it is at, ``None`` where it walks or waits."""

    number: int
    size: int
    wheelchair: bool
    visits: list[tuple[Any, Any, str, bool]]


def timetable_of(proposal: Proposal, ident: str, names: Names) -> list[TeamLine]:
    """The teams of the class ``ident`` with (start, end, station, whether it was wished for) in the order of the evening."""
    schools = effective(proposal.instance)
    group = next((row for row in schools["groups"] if row["id"] == ident), None)
    wave = names.wave(waves_of(proposal.solution or {"assignments": []}).get(ident))
    if group is None or wave is None or proposal.solution is None:
        return []
    duration = {row["id"]: row["duration"] for row in schools["stations"]}
    wished = {station for tier in group["preferences"] for station in tier}
    found = []
    for team in group["teams"]:
        visits = sorted(
            (row["round"], row["station"]) for row in proposal.solution.get("visits", []) if row["team"] == team["id"]
        )
        lines = [
            (
                wave.round_starts_at(first),
                wave.round_ends_at(first + duration[station] - 1),
                names.station_name(station),
                station in wished,
            )
            for first, station in visits
        ]
        found.append(TeamLine(int(team["id"].rpartition("-")[2]), team["size"], team["wheelchair"], lines))
    return found
