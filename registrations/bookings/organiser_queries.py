"""What the organiser asks of the schools' bookings: the list of classes, how many there are of each, what stands out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Collate, NullIf
from django.utils.translation import gettext_lazy as _

from events.municipalities.models import Municipality
from events.nights.models import Night
from registrations.bookings.grades import grade_name
from registrations.bookings.models import ChangeRequest, SchoolClass
from registrations.bookings.organiser_twins import open_twins
from registrations.bookings.states import ClassState
from registrations.checkin.models import Presence

PAGE = 50
MOST = 5000
SORTS: dict[str, list[str | Collate]] = {
    "school": [Collate("booking__school__name", "swedish"), "grade", Collate("label", "swedish")],
    "municipality": [Collate("booking__school__municipality__name", "swedish")],
    "grade": ["grade", Collate("label", "swedish")],
    "pupils": ["pupils"],
    "score": ["score"],
    "state": ["state_order"],
    "sent": ["booking__sent_at"],
    "came": ["came"],
}
STATE_ORDER = Case(
    *[When(state=state, then=Value(number)) for number, state in enumerate(ClassState)], output_field=IntegerField()
)
# What one may want to look at: (value, label).
UNSCORED, TWINS, REQUESTS = "unscored", "twins", "requests"


@dataclass(frozen=True)
class Filter:
    """What the list shows: words, a state, a municipality's code, a grade, what stands out, the order, how many.

    ``contacts``: the words are looked for in contact persons too.
    """

    words: str = ""
    state: str = ""
    municipality: str = ""
    grade: int | None = None
    look: str = ""
    sort: str = "school"
    shown: int = PAGE
    contacts: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        state, place, sort = query.get("state", ""), query.get("municipality", ""), query.get("sort", "")
        grade, look, shown = query.get("grade", ""), query.get("look", ""), query.get("shown", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            state=state if state in ClassState.values else "",
            municipality=place if re.fullmatch(r"[0-9]{4}", place) else "",
            grade=int(grade) if re.fullmatch(r"[0-9]{1,2}", grade) else None,
            look=look if look in {UNSCORED, TWINS, REQUESTS} else "",
            sort=sort if sort.removeprefix("-") in SORTS else cls.sort,
            shown=max(PAGE, min(int(shown), MOST)) if re.fullmatch(r"[0-9]{1,5}", shown) else PAGE,
        )

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.state or self.municipality or self.grade is not None or self.look)


def classes(night: Night, chosen: Filter) -> QuerySet[SchoolClass]:
    """The classes of sent bookings that ``chosen`` lets through, ready for a table in few queries.

    ``came`` is how many of each the door has let in; ``None`` where that is nobody.
    """
    rows = _filtered(night, chosen).select_related("booking__school__municipality", "wave")
    rows = rows.prefetch_related("possible_waves").annotate(
        open_requests=Count("requests", filter=Q(requests__granted__isnull=True)),
        state_order=STATE_ORDER,
        came=NullIf("ticket__presence__came", Value(0)),
    )
    backwards = chosen.sort.startswith("-")
    keys = [_key(key, backwards) for key in SORTS[chosen.sort.removeprefix("-")]]
    return rows.order_by(*keys, "-pk" if backwards else "pk")


@dataclass(frozen=True)
class Attendance:
    """Of ``announced`` pupils with a place ``came`` have come."""

    announced: int
    came: int

    @property
    def share(self) -> float | None:
        return self.came / self.announced if self.announced else None


def attendance(night: Night, chosen: Filter) -> Attendance | None:
    """How many came of the classes that ``chosen`` lets through; ``None`` where the door has counted no class."""
    arrived = Presence.objects.arrived().filter(event=night.event_id, ticket__school_class__isnull=False)
    if not arrived.exists():
        return None
    pks = _filtered(night, chosen).order_by().values("pk")
    announced = SchoolClass.objects.holding().filter(pk__in=pks).aggregate(n=Sum("pupils"))["n"]
    came = arrived.filter(ticket__school_class__in=pks).aggregate(n=Sum("came"))["n"]
    return Attendance(announced or 0, came or 0)


def unscored(night: Night) -> QuerySet[SchoolClass]:
    """The classes whose reason nobody has read: they are in the allocation, and have not been told anything yet."""
    return SchoolClass.objects.for_night(night).wanting().filter(score__isnull=True, told_at__isnull=True)


def open_requests(night: Night) -> QuerySet[ChangeRequest]:
    """What schools have asked for and nobody has answered, the oldest first."""
    rows = ChangeRequest.objects.filter(booking__night=night, granted__isnull=True)
    return rows.select_related("booking__school__municipality", "school_class", "asked_by").order_by("asked_at", "pk")


def state_counts(night: Night, chosen: Filter) -> list[tuple[str, str, int]]:
    """How many classes are in each state that any is in, as (value, label, count), for what else is chosen."""
    counted = _counted(night, replace(chosen, state=""), "state")
    return [(state.value, str(state.label), counted[state.value]) for state in ClassState if state.value in counted]


def municipality_counts(night: Night, chosen: Filter) -> list[tuple[str, str, int]]:
    """How many classes come from each of the municipalities, also from those that have none."""
    counted = _counted(night, replace(chosen, municipality=""), "booking__school__municipality")
    return [(m.code, m.name, counted.get(m.code, 0)) for m in Municipality.objects.alphabetical()]


def grade_counts(night: Night, chosen: Filter) -> list[tuple[str, str, int]]:
    """How many classes there are of each grade."""
    counted = _counted(night, replace(chosen, grade=None), "grade")
    return [(str(grade), grade_name(grade), counted[grade]) for grade in sorted(counted)]


def look_counts(night: Night, chosen: Filter) -> list[tuple[str, str, int]]:
    """What stands out: classes without points, booked twice, with a request that waits for an answer."""
    rows = _filtered(night, replace(chosen, look=""))
    return [
        (UNSCORED, str(_("No points yet")), rows.filter(pk__in=unscored(night).values("pk")).count()),
        (TWINS, str(_("Booked twice")), rows.filter(pk__in=open_twins(night)).count()),
        (
            REQUESTS,
            str(_("Waiting for an answer")),
            rows.filter(requests__granted__isnull=True, requests__isnull=False).distinct().count(),
        ),
    ]


def _counted(night: Night, chosen: Filter, field: str) -> dict:
    return dict(_filtered(night, chosen).order_by().values_list(field).annotate(n=Count("pk", distinct=True)))


def _filtered(night: Night, chosen: Filter) -> QuerySet[SchoolClass]:
    rows = SchoolClass.objects.for_night(night).sent()
    for word in chosen.words.split()[:5]:
        wanted = (
            Q(booking__school__name__icontains=word)
            | Q(booking__school__municipality__name__icontains=word)
            | Q(label__icontains=word)
            | Q(bus__iexact=word)
        )
        if chosen.contacts:
            wanted |= Q(booking__contact_name__icontains=word) | Q(booking__contact_email__icontains=word)
        if word.isascii() and word.isdigit():
            wanted |= Q(booking__school__code__startswith=word)
        rows = rows.filter(wanted)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.municipality:
        rows = rows.filter(booking__school__municipality=chosen.municipality)
    if chosen.grade is not None:
        rows = rows.filter(grade=chosen.grade)
    if chosen.look == UNSCORED:
        rows = rows.filter(pk__in=unscored(night).values("pk"))
    if chosen.look == TWINS:
        rows = rows.filter(pk__in=open_twins(night))
    if chosen.look == REQUESTS:
        waiting = SchoolClass.objects.filter(requests__isnull=False, requests__granted__isnull=True)
        rows = rows.filter(pk__in=waiting.values("pk"))
    return rows


def _key(key: str | Collate, backwards: bool) -> Any:
    if key in {"score", "came"}:
        return F(key).desc(nulls_last=True) if backwards else F(key).asc(nulls_last=True)
    if isinstance(key, Collate):
        return key.desc() if backwards else key.asc()
    return f"-{key}" if backwards else key
