"""A hall as somebody sees it: each stand with its state, and with the company where that is theirs to know.

The organiser sees everything. A company sees what it may choose and which is its own. Everybody else sees who has been
told of their stand, and nothing of the rest.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from textwrap import wrap

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import pgettext_lazy

from events.look.states import Look, register
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.stands.geometry import Box, is_corner, sides_taken, square_metres, values_of
from registrations.stands.layout import box_of
from registrations.stands.models import Hall, Stand, StandHold, StandPlacing
from registrations.stands.numbering import natural
from registrations.stands.placing import fits


class SpotState(models.TextChoices):
    FREE = "free", pgettext_lazy("state of a stand", "Free")
    HELD = "held", pgettext_lazy("state of a stand", "Held")
    OFFERED = "offered", pgettext_lazy("state of a stand", "Offered")
    CONFIRMED = "confirmed", pgettext_lazy("state of a stand", "Confirmed")
    BLOCKED = "blocked", pgettext_lazy("state of a stand", "Blocked")
    MINE = "mine", pgettext_lazy("state of a stand", "Yours")
    TAKEN = "taken", pgettext_lazy("state of a stand", "Taken")
    UNFIT = "unfit", pgettext_lazy("state of a stand", "Another size")


SIGNS = {
    SpotState.FREE: "",
    SpotState.HELD: "…",
    SpotState.OFFERED: "?",
    SpotState.CONFIRMED: "✓",
    SpotState.BLOCKED: "✕",
    SpotState.MINE: "★",
    SpotState.TAKEN: "✓",
    SpotState.UNFIT: "",
}
"""What stands in a stand's corner beside its colour."""

register(
    {
        "SpotState.free": Look("plain", "circle"),
        "SpotState.held": Look("mind", "hourglass-split"),
        "SpotState.blocked": Look("stop", "slash-circle"),
        "SpotState.mine": Look("good", "star-fill"),
        "SpotState.taken": Look("plain", "lock"),
        "SpotState.unfit": Look("plain", "dash-circle"),
    }
)

NUMBER_CM, NAME_CM, EDGE_CM = 56, 40, 14
"""How large a stand's number and its company's name are drawn, and how far from its edge."""
LETTER = 0.55
"""How wide a letter is, of its height."""


@dataclass(frozen=True)
class Spot:
    """One stand as it is drawn and listed. ``company`` is who has or holds it, ``None`` where nobody is to be named."""

    stand: Stand
    state: SpotState
    company: Exhibitor | None = None
    until_at: datetime | None = None
    is_corner: bool = False
    beside: list[str] = field(default_factory=list)
    value: int = 0

    @property
    def box(self) -> Box:
        return box_of(self.stand)

    @property
    def square_metres(self) -> float:
        return square_metres(self.box)

    @property
    def name(self) -> str:
        return self.company.organisation.name if self.company else ""

    @property
    def sign(self) -> str:
        return SIGNS[self.state]

    @property
    def sign_at(self) -> tuple[int, int]:
        """Where the sign is drawn: the upper right corner."""
        return self.box.right - EDGE_CM, self.box.y + EDGE_CM + NUMBER_CM * 4 // 5

    @property
    def number_at(self) -> tuple[int, int]:
        return self.box.x + EDGE_CM, self.box.y + EDGE_CM + NUMBER_CM * 4 // 5

    @property
    def lines(self) -> list[tuple[int, int, str]]:
        """The company's name as it fits into the stand: (x, y, words) of each line, in centimetres."""
        room = self.box.depth - NUMBER_CM - 3 * EDGE_CM
        letters = int((self.box.width - 2 * EDGE_CM) / (NAME_CM * LETTER))
        most = int(room / (NAME_CM * 1.2))
        if not self.name or letters < 3 or most < 1:
            return []
        words = wrap(_hyphened(self.name, letters), letters, max_lines=most, placeholder="…")
        top = self.box.y + NUMBER_CM + 2 * EDGE_CM
        return [
            (self.box.x + EDGE_CM, top + round(NAME_CM * (1.2 * line + 0.9)), text) for line, text in enumerate(words)
        ]


@dataclass(frozen=True)
class Floor:
    """One hall with its stands, in the order of their numbers."""

    hall: Hall
    spots: list[Spot]

    @property
    def width_px(self) -> int:
        """How wide the picture is at least, so that its letters can be read: 5 cm a pixel."""
        return max(320, self.hall.width_cm // 5)

    @property
    def counts(self) -> list[tuple[SpotState, int]]:
        counted = Counter(spot.state for spot in self.spots)
        return [(state, counted[state]) for state in SpotState if counted[state]]


def halls_of(event: Event, *, only: int | None = None) -> list[Hall]:
    """The event's halls (or the one with the key ``only``) with everything in them, in four queries whatever their number."""
    placing = StandPlacing.objects.select_related("exhibitor__organisation")
    hold = StandHold.objects.select_related("exhibitor__organisation")
    stands = Stand.objects.prefetch_related(Prefetch("placing", placing), Prefetch("hold", hold))
    halls = event.halls.prefetch_related(Prefetch("stands", stands))
    return list(halls if only is None else halls.filter(pk=only))


def for_organiser(hall: Hall, at: datetime) -> Floor:
    """Everything, at aware time ``at``; ``hall`` is one of ``halls_of``."""

    def see(stand: Stand) -> Spot:
        placing, hold = _placing(stand), _hold(stand, at)
        if stand.blocked_at is not None:
            return Spot(stand, SpotState.BLOCKED)
        if placing is not None:
            return Spot(stand, SpotState(placing.state), placing.exhibitor)
        if hold is not None:
            return Spot(stand, SpotState.HELD, hold.exhibitor, hold.until_at)
        return Spot(stand, SpotState.FREE)

    return _floor(hall, see)


def for_company(hall: Hall, exhibitor: Exhibitor, promised: int | None, at: datetime) -> Floor:
    """What ``exhibitor`` may know: its own stand, those that it may choose, and who else has been told of theirs."""

    def see(stand: Stand) -> Spot:
        placing, hold = _placing(stand), _hold(stand, at)
        if placing is not None and placing.exhibitor_id == exhibitor.pk and placing.told_at is not None:
            return Spot(stand, SpotState.MINE, placing.exhibitor)
        if hold is not None and hold.exhibitor_id == exhibitor.pk:
            return Spot(stand, SpotState.HELD, hold.exhibitor, hold.until_at)
        if stand.blocked_at is not None or placing is not None or hold is not None:
            return Spot(stand, SpotState.TAKEN, _known(placing))
        return Spot(stand, SpotState.FREE if fits(stand, promised) else SpotState.UNFIT)

    return _floor(hall, see)


def for_everybody(hall: Hall) -> Floor:
    """Who stands where, of those that have been told."""

    def see(stand: Stand) -> Spot:
        company = _known(_placing(stand))
        return Spot(stand, SpotState.CONFIRMED if company else SpotState.FREE, company)

    return _floor(hall, see)


def matching(spots: Iterable[Spot], words: str = "", state: str = "") -> list[Spot]:
    """Those whose number, company, line of business or place holds every one of ``words``, and that are in ``state``."""
    wanted = words.casefold().split()[:5]
    return [
        spot for spot in spots if (not state or spot.state == state) and all(word in _text_of(spot) for word in wanted)
    ]


def without_stand(event: Event) -> models.QuerySet[Exhibitor]:
    """The exhibitors with a place and no stand, in the order in which they got their place."""
    rows = event.exhibitors.filter(state__in=State.holding(), placing__isnull=True)
    return rows.select_related("organisation").order_by("decided_at", "pk")


def _floor(hall: Hall, see: Callable[[Stand], Spot]) -> Floor:
    stands = sorted(hall.stands.all(), key=lambda stand: natural(stand.number))
    boxes = {stand.number: box_of(stand) for stand in stands}
    beside: Mapping[str, Mapping[str, str]] = sides_taken(boxes)
    values = values_of(boxes, hall.entrance, hall.width_cm, hall.depth_cm)
    spots = []
    for stand in stands:
        neighbours = beside[stand.number]
        spots.append(
            replace(
                see(stand),
                is_corner=is_corner(neighbours.values()),
                beside=sorted(neighbours, key=natural),
                value=values[stand.number] if stand.value is None else stand.value,
            )
        )
    return Floor(hall, spots)


def _placing(stand: Stand) -> StandPlacing | None:
    return getattr(stand, "placing", None)


def _hold(stand: Stand, at: datetime) -> StandHold | None:
    hold: StandHold | None = getattr(stand, "hold", None)
    return hold if hold is not None and hold.holds(at) else None


def _known(placing: StandPlacing | None) -> Exhibitor | None:
    """Whom everybody may see there: a company that has been told and still has its place."""
    if placing is None or placing.told_at is None or placing.exhibitor.state not in State.holding():
        return None
    return placing.exhibitor


def _hyphened(name: str, letters: int) -> str:
    """``name`` with words that are too long for a line cut by a hyphen: "Landningsljus" is "Landnings- ljus" at 10."""
    parts = []
    for word in name.split():
        while len(word) > letters:
            cut = min(letters - 1, len(word) - 3) if letters > 4 else letters - 1
            parts.append(word[:cut] + "-")
            word = word[cut:]
        parts.append(word)
    return " ".join(parts)


def _text_of(spot: Spot) -> str:
    company = spot.company
    told = [spot.stand.number, spot.name]
    if company is not None:
        told += [company.field, company.organisation.city]
    return " ".join(told).casefold()
