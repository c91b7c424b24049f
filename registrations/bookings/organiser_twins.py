"""Classes of one school that two people seem to have booked, for the organiser to look at."""

from collections import defaultdict
from dataclasses import dataclass

from events.nights.models import Night
from registrations.bookings.duplicates import key_of
from registrations.bookings.models import SchoolClass


@dataclass(frozen=True)
class Twins:
    """Classes with the same name at the same school, in the order in which they were sent.

    ``settled`` when the school has said that all of them come.
    """

    classes: list[SchoolClass]
    settled: bool


def all_twins(night: Night) -> list[Twins]:
    """Every group of classes of the same name, those first of which nobody has said what is meant; two queries."""
    rows = SchoolClass.objects.for_night(night).wanting().select_related("booking__school__municipality", "wave")
    groups: dict[tuple[int, str], list[SchoolClass]] = defaultdict(list)
    for one in rows.prefetch_related("possible_waves").order_by("booking__sent_at", "pk"):
        groups[one.booking.school_id, key_of(one.label, one.grade)].append(one)
    found = [Twins(group, _settled([one.beside_twin for one in group])) for group in groups.values() if len(group) > 1]
    return sorted(found, key=lambda twins: twins.settled)


def open_twins(night: Night) -> list[int]:
    """The keys of the classes that stand in a group of which nobody has said what is meant; one query."""
    return [pk for group in _open(night) for pk in group]


def open_groups(night: Night) -> int:
    """How many groups wait for somebody to say what is meant; one query."""
    return len(_open(night))


def _open(night: Night) -> list[list[int]]:
    rows = SchoolClass.objects.for_night(night).wanting().order_by()
    groups: dict[tuple[int, str], list[tuple[int, bool]]] = defaultdict(list)
    for pk, school, label, grade, beside in rows.values_list("pk", "booking__school", "label", "grade", "beside_twin"):
        groups[school, key_of(label, grade)].append((pk, beside))
    return [
        [pk for pk, _beside in group]
        for group in groups.values()
        if len(group) > 1 and not _settled([beside for _pk, beside in group])
    ]


def _settled(beside: list[bool]) -> bool:
    """The first to book was asked nothing: all the others must have said that they are meant to stand beside it."""
    return sum(beside) >= len(beside) - 1
