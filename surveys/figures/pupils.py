"""How many pupils booked, were placed, were confirmed and came to a night, and what each of them cost."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Q, Sum

from events.nights.models import Night
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence
from surveys.figures.turnouts import Turnout, turnout

STAGES = ("booked", "placed", "confirmed", "arrived")


@dataclass(frozen=True, slots=True)
class Pupils:
    """Pupils at each of STAGES, ``None`` where nobody has got so far (or the door has counted none)."""

    booked: int | None = None
    placed: int | None = None
    confirmed: int | None = None
    arrived: int | None = None

    @property
    def turnouts(self) -> tuple[Turnout, ...]:
        """Those who came of the confirmed, and of all that were applied for, where the door has counted."""
        shares = [turnout("confirmed", self.arrived, self.confirmed), turnout("booked", self.arrived, self.booked)]
        return tuple(share for share in shares if share)

    @property
    def came_of_confirmed(self) -> float | None:
        """Those who came of the confirmed, from 0; ``None`` where there is no such share."""
        return next((share.share for share in self.turnouts if share.key == "confirmed"), None)


@dataclass(frozen=True, slots=True)
class NightNumbers:
    """A night's pupils in all and by municipality (code). ``co_financing`` is in kronor, or ``None``."""

    all: Pupils = Pupils()
    by_municipality: dict[str, Pupils] = field(default_factory=dict)
    co_financing: int | None = None

    @property
    def cost_base(self) -> str:
        """Which stage the cost is divided by: those who came where the door counted, else those who were confirmed."""
        return "arrived" if self.all.arrived else "confirmed"

    @property
    def cost_per_pupil(self) -> int | None:
        """Whole kronor a pupil, rounded half up."""
        return kronor_each(self.co_financing, getattr(self.all, self.cost_base))


def kronor_each(kronor: int | None, pupils: int | None) -> int | None:
    """``kronor`` for each of ``pupils``, in whole kronor rounded half up; ``None`` where one of them is missing."""
    if kronor is None or not pupils:
        return None
    return (2 * kronor + pupils) // (2 * pupils)


def numbers_of_nights(events: Iterable[int]) -> dict[int, NightNumbers]:
    """The numbers of each night among ``events`` (keys). Three queries, however many there are."""
    wanted = list(events)
    nights = dict(Night.objects.filter(event__in=wanted).values_list("event", "co_financing"))
    if not nights:
        return {}
    counts = _counts(nights)
    return {
        event: NightNumbers(
            all=_sum(counts[event].values()),
            by_municipality={code: Pupils(**stages) for code, stages in counts[event].items()},
            co_financing=co_financing,
        )
        for event, co_financing in nights.items()
    }


def _counts(nights: Collection[int]) -> dict[int, dict[str, dict[str, int | None]]]:
    """Pupils by event, municipality and stage."""
    counts: dict[int, dict[str, dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
    where = ("booking__night__event", "booking__school__municipality")
    rows = SchoolClass.objects.sent().filter(booking__night__event__in=nights).order_by().values_list(*where)
    for event, code, booked, placed, confirmed in rows.annotate(
        booked=Sum("pupils", filter=~Q(state=ClassState.CANCELLED)),
        placed=Sum("pupils", filter=Q(state__in=ClassState.holding())),
        confirmed=Sum("pupils", filter=Q(state=ClassState.CONFIRMED)),
    ):
        counts[event][code] |= {"booked": booked, "placed": placed, "confirmed": confirmed}
    came = Presence.objects.arrived().filter(event__in=nights, ticket__school_class__isnull=False).order_by()
    by_town = came.values_list("event", "ticket__school_class__booking__school__municipality")
    for event, code, arrived in by_town.annotate(heads=Sum("came")):
        counts[event][code]["arrived"] = arrived
    return counts


def _sum(towns: Iterable[dict[str, int | None]]) -> Pupils:
    told = list(towns)
    return Pupils(
        **{
            stage: sum(known) if (known := [n for town in told if (n := town.get(stage)) is not None]) else None
            for stage in STAGES
        }
    )
