"""The numbers at the top of the organiser's room: how much is applied for, from where, and what the caterer needs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from events.municipalities.models import Municipality
from events.nights.models import Night
from registrations.bookings.models import SchoolClass
from registrations.bookings.needs import Diet, Need

NEED_ICONS = {
    Need.WHEELCHAIR: "person-wheelchair",
    Need.QUIET: "moon",
    Need.HEARING: "volume-up",
    Need.SIGHT: "eye",
    Need.ASSISTANT: "person-plus",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A need or a diet with how many pupils it is for, in words and with an icon."""

    value: str
    label: str
    count: int
    icon: str = ""


@dataclass
class Summary:
    """Of the classes that are in the allocation. ``silent`` are the municipalities that no class comes from."""

    classes: int = 0
    pupils: int = 0
    adults: int = 0
    schools: int = 0
    silent: list[str] = field(default_factory=list)
    needs: list[Kind] = field(default_factory=list)
    diets: list[Kind] = field(default_factory=list)


def summary(night: Night, *, holding: bool = False) -> Summary:
    """The numbers of ``night``, in two queries; ``holding``: only of the classes that have a place."""
    rows = SchoolClass.objects.for_night(night).wanting().order_by()
    if holding:
        rows = rows.holding()
    columns = ("pupils", "adults", "needs", "diets", "booking__school", "booking__school__municipality")
    found = Summary()
    needs, diets, schools, places = Counter[str](), Counter[str](), set(), set()
    for pupils, adults, some_needs, some_diets, school, municipality in rows.values_list(*columns):
        found.classes += 1
        found.pupils += pupils
        found.adults += adults
        needs.update(some_needs)
        diets.update(some_diets)
        schools.add(school)
        places.add(municipality)
    found.schools = len(schools)
    found.silent = [m.name for m in Municipality.objects.alphabetical() if m.pk not in places]
    found.needs, found.diets = need_kinds(needs), diet_kinds(diets)
    return found


def need_kinds(counts: Mapping[str, int]) -> list[Kind]:
    """The needs in ``counts`` that anybody has, in the order of the form."""
    return _kinds(Need, counts, NEED_ICONS)


def diet_kinds(counts: Mapping[str, int]) -> list[Kind]:
    return _kinds(Diet, counts, {})


def _kinds(kinds: Iterable[Need | Diet], counts: Mapping[str, int], icons: Mapping) -> list[Kind]:
    return [
        Kind(kind.value, str(kind.label), int(counts[kind.value]), icons.get(kind, ""))
        for kind in kinds
        if counts.get(kind.value)
    ]
