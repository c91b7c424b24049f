"""What the pages show: the line of those without a stand, the free stands, and one proposal with its names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.packages.models import Package
from registrations.placement.instances import exhibitor_id, stand_id
from registrations.placement.loading import extra_power_of, packages_of, power_of
from registrations.placement.measures import Measured, Wish, by_priority
from registrations.placement.models import StandOffer, StandProposal, StandWish
from registrations.placement.words import LevelLine, level_line, reason_in_words, wish_in_words
from registrations.stands.geometry import Box, whole_square_metres
from registrations.stands.models import Stand, StandPlacing

Json = dict[str, Any]


def line_of(event: Event) -> list[Exhibitor]:
    """Accepted exhibitors without a stand, in the order in which they were accepted."""
    rows = Exhibitor.objects.for_event(event).holding_a_place().filter(placing__isnull=True)
    return list(rows.select_related("organisation").order_by(F("decided_at").asc(nulls_last=True), "applied_at", "pk"))


def free_stands(event: Event, at: datetime) -> QuerySet[Stand]:
    """Those that could be offered at aware time ``at``, in the order of the hall."""
    offered = StandOffer.objects.open(at).for_event(event).values("stand")
    return Stand.objects.for_event(event).free(at).exclude(pk__in=offered).select_related("hall").in_order()


@dataclass(frozen=True)
class Line:
    """Who waits, with what each needs and whether it has been asked already. Loaded once for many stands."""

    waiting: list[Exhibitor]
    packages: dict[int, Package]
    extra_power: dict[int, int]
    wishes: dict[int, StandWish]
    asked: set[tuple[int, int]]
    """Stand and exhibitor of offers that have ended: the same stand is not offered twice to one company."""

    busy: set[int]
    """Exhibitors whose answer is awaited."""

    @classmethod
    def of(cls, event: Event, at: datetime) -> "Line":
        """Five queries."""
        offers = list(StandOffer.objects.for_event(event))
        return cls(
            line_of(event),
            packages_of(event),
            extra_power_of(event),
            {row.exhibitor_id: row for row in StandWish.objects.filter(exhibitor__event=event)},
            {(row.stand_id, row.exhibitor_id) for row in offers if not row.is_open(at)},
            {row.exhibitor_id for row in offers if row.is_open(at)},
        )

    def needs(self, exhibitor: Exhibitor) -> tuple[int, int]:
        """At least so many m² and so many W."""
        package = self.packages.get(exhibitor.pk)
        power = power_of(package, self.extra_power.get(exhibitor.pk, 0), self.wishes.get(exhibitor.pk))
        return package.stand_m2 if package else 0, power

    def fits(self, exhibitor: Exhibitor, stand: Stand) -> bool:
        size, power = self.needs(exhibitor)
        return size_of(stand) >= size and stand.power_w >= power

    def next_for(self, stand: Stand) -> Exhibitor | None:
        """The first whom the stand fits, who has not been asked about it and has no other offer to answer."""
        for row in self.waiting:
            if row.pk not in self.busy and (stand.pk, row.pk) not in self.asked and self.fits(row, stand):
                return row
        return None


def first_in_line(event: Event, stand: Stand, at: datetime) -> Exhibitor | None:
    """Who is to be offered ``stand`` next, or ``None``."""
    return Line.of(event, at).next_for(stand)


def size_of(stand: Stand) -> int:
    return whole_square_metres(Box(stand.x_cm, stand.y_cm, stand.width_cm, stand.depth_cm))


def proposals_of(event: Event) -> list[StandProposal]:
    """All of them, the latest first, without what is heavy."""
    return list(light(StandProposal.objects.for_event(event)).defer("instance", "solution", "fixed", "moves"))


def light(rows: QuerySet[StandProposal]) -> QuerySet[StandProposal]:
    """With the people and the proposal that each was made from, but without what is heavy of that one."""
    heavy = ("instance", "solution", "fixed", "moves", "measures", "progress")
    return rows.select_related("asked_by", "published_by", "base").defer(*(f"base__{name}" for name in heavy))


@dataclass(frozen=True)
class Names:
    """The exhibitors and stands of an event, by the ids of an instance; who or what is gone is a dash."""

    exhibitors: dict[str, Exhibitor]
    stands: dict[str, Stand]

    @classmethod
    def of(cls, event: Event) -> "Names":
        """Two queries."""
        return cls(
            {
                exhibitor_id(row.pk): row
                for row in Exhibitor.objects.for_event(event).sent().select_related("organisation")
            },
            {stand_id(row.pk): row for row in Stand.objects.for_event(event).select_related("hall").in_order()},
        )

    def exhibitor(self, ident: str) -> str:
        row = self.exhibitors.get(ident)
        return row.organisation.name if row else "–"

    def stand(self, ident: str) -> str:
        row = self.stands.get(ident)
        return row.number if row else "–"


@dataclass(frozen=True, slots=True)
class ExhibitorLine:
    """An exhibitor in a proposal. ``met`` and ``unmet`` are wishes in words, ``beside`` unwanted neighbours' names.

    ``said`` is what the company wrote in its own words, which no proposal can weigh.
    """

    ident: str
    name: str
    stand: Stand | None
    is_given: bool
    is_moved: bool
    met: list[str]
    unmet: list[str]
    beside: list[str]
    reason: str
    said: str

    @property
    def kinds(self) -> set[str]:
        """Which of the list's chips show it."""
        found = {"without"} if self.stand is None else {"with"}
        found |= {"unmet"} if self.unmet else set()
        found |= {"beside"} if self.beside else set()
        return found | ({"moved"} if self.is_moved else set())


def exhibitor_lines(proposal: StandProposal, names: Names) -> list[ExhibitorLine]:
    """Every exhibitor of the proposal, by priority."""
    measured = Measured(proposal.instance, proposal.arrangement)
    wishes: dict[str, dict[Wish, bool]] = {}
    for wish, met in measured.wishes().items():
        wishes.setdefault(wish.exhibitor, {})[wish] = met
    unwanted: dict[str, list[str]] = {}
    for one, other in sorted(measured.competitors()):
        unwanted.setdefault(one, []).append(names.exhibitor(other))
        unwanted.setdefault(other, []).append(names.exhibitor(one))
    reasons = (proposal.solution or {}).get("reasons", {})
    given, moved = set(proposal.instance["given"]), {move[0] for move in proposal.moves}
    found = []
    for row in by_priority(measured.exhibitors):
        ident = row["id"]
        mine = wishes.get(ident, {})
        at = measured.at.get(ident)
        found.append(
            ExhibitorLine(
                ident,
                names.exhibitor(ident),
                names.stands.get(at) if at else None,
                ident in given,
                ident in moved,
                [wish_in_words(wish, names.exhibitor) for wish, met in mine.items() if met],
                [wish_in_words(wish, names.exhibitor) for wish, met in mine.items() if not met] if at else [],
                unwanted.get(ident, []),
                reason_in_words(reasons.get(ident)) if not at else "",
                names.exhibitors[ident].wishes if ident in names.exhibitors else "",
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list of exhibitors shows: words to look for and a kind (``with without unmet beside moved``)."""

    words: str = ""
    show: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Chosen":
        return cls(query.get("q", "").strip().replace("\0", "")[:100], query.get("show", "")[:20])

    def lets_through(self, line: ExhibitorLine) -> bool:
        text = f"{line.name} {line.stand.number if line.stand else ''}".casefold()
        return (not self.show or self.show in line.kinds) and all(
            word in text for word in self.words.casefold().split()[:5]
        )


def chips(lines: Iterable[ExhibitorLine]) -> list[tuple[str, str, int]]:
    """The list's filters with how many each would show; those that would show nobody are left out."""
    labels = {
        "without": _("Without a stand"),
        "unmet": _("Wishes not met"),
        "beside": _("Beside a competitor"),
        "moved": _("Moved by hand"),
    }
    rows = list(lines)
    counted = [(kind, label, sum(kind in row.kinds for row in rows)) for kind, label in labels.items()]
    return [chip for chip in counted if chip[2]]


def levels_of(proposal: StandProposal) -> list[LevelLine]:
    """The levels in plain words, with what is proven: a bound holds for what stands above it, so proofs do too."""
    found: list[LevelLine] = []
    for row in (proposal.solution or {}).get("objective", []):
        line = level_line(row["name"], row["value"], row["bound"], row["proven"], proposal.measures)
        above = all(one.proven for one in found)
        found.append(replace(line, proven=line.proven and above, best_below=line.proven and not above))
    return found


def progress_of(proposal: StandProposal) -> Json:
    """How far a run has come, for its page."""
    said = proposal.progress
    levels = [
        level_line(name, row["value"], row["bound"], row["value"] is not None and row["value"] == row["bound"], {})
        for name, row in said.get("levels", {}).items()
    ]
    return {
        "step": said.get("step", 0),
        "steps": said.get("steps", 0),
        "seconds": round(said.get("seconds", 0)),
        "levels": levels,
    }


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Somebody in the line: its place, what it needs, and the offer that it has to answer, if any."""

    place: int
    exhibitor: Exhibitor
    size: int
    power_w: int
    offer: StandOffer | None


@dataclass(frozen=True, slots=True)
class FreeStand:
    stand: Stand
    size: int
    next: Exhibitor | None


@dataclass(frozen=True)
class Waiting:
    """The waiting list's page."""

    lines: list[WaitingLine] = field(default_factory=list)
    free: list[FreeStand] = field(default_factory=list)
    offers: list[StandOffer] = field(default_factory=list)
    unconfirmed: list[StandPlacing] = field(default_factory=list)


def waiting_of(event: Event, at: datetime) -> Waiting:
    """Who waits and what is free, however many, in a constant number of queries."""
    line = Line.of(event, at)
    offers = list(
        StandOffer.objects.for_event(event).select_related("stand__hall", "exhibitor__organisation", "offered_by")
    )
    open_offers = {row.exhibitor_id: row for row in offers if row.is_open(at)}
    unconfirmed = StandPlacing.objects.filter(stand__event=event, state="offered", told_at__isnull=False)
    return Waiting(
        [
            WaitingLine(place, row, *line.needs(row), open_offers.get(row.pk))
            for place, row in enumerate(line.waiting, start=1)
        ],
        [FreeStand(stand, size_of(stand), line.next_for(stand)) for stand in free_stands(event, at)],
        offers,
        list(unconfirmed.select_related("stand__hall", "exhibitor__organisation").order_by("told_at", "pk")),
    )


def arrangement_lines(proposal: StandProposal, names: Names) -> list[tuple[str, str]]:
    """(id, "Company (A1)") for a list to choose from, in alphabetical order."""
    at, given = proposal.arrangement, set(proposal.instance["given"])
    idents = [row["id"] for row in proposal.instance["exhibitors"] if row["id"] not in given]
    rows = [(one, f"{names.exhibitor(one)} ({names.stand(at[one]) if one in at else '–'})") for one in idents]
    return sorted(rows, key=lambda row: row[1].casefold())
