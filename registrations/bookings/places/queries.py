"""What the organiser asks about published places: who has answered, what is free, who waits."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet, Sum

from events.nights.models import Night
from registrations.bookings.models import SchoolClass
from registrations.bookings.places.occupancy import free_by_wave
from registrations.bookings.states import ClassState

SHOWN = [ClassState.OFFERED, ClassState.CONFIRMED, ClassState.GIVEN_BACK, ClassState.WAITING]


@dataclass(frozen=True, slots=True)
class Counted:
    """Classes and pupils in one state."""

    classes: int = 0
    pupils: int = 0


def told(night: Night) -> QuerySet[SchoolClass]:
    """The classes that have been told how it went, with what a list shows of them."""
    rows = SchoolClass.objects.for_night(night).sent().filter(state__in=SHOWN)
    return rows.select_related("booking__school__municipality", "booking__night", "wave")


def in_state(night: Night, state: str) -> QuerySet[SchoolClass]:
    """Those of ``told`` in ``state`` (empty: all), unanswered ones with the nearest day first, schools together."""
    rows = told(night).filter(state=state) if state else told(night)
    return rows.order_by(
        F("answer_by_at").asc(nulls_last=True), "booking__school__name", "booking", "grade", "label", "pk"
    )


def counted(night: Night) -> dict[str, Counted]:
    """How many classes and pupils stand where; one query."""
    rows = told(night).values_list("state").annotate(n=Count("pk"), pupils=Sum("pupils")).order_by()
    return {state: Counted(n, pupils) for state, n, pupils in rows}


def late(night: Night, at: datetime) -> QuerySet[SchoolClass]:
    """Those that have not answered though their day has passed."""
    return told(night).filter(state=ClassState.OFFERED, answer_by_at__lte=at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A class on the waiting list that there is room for; ``waves`` are those of its times with places enough."""

    school_class: SchoolClass
    waves: list[str]


def would_fit(night: Night) -> tuple[int, list[Waiting]]:
    """Places that are free, and the waiting classes that would fit in them one by one, the earliest booking first.

    It goes by places only: whether the stations have room too, and who comes first, a reallocation finds out. A
    constant number of queries.
    """
    waves = list(night.waves.in_order())
    free, by_wave = free_by_wave(night, waves)
    rows = SchoolClass.objects.for_night(night).wanting().filter(state=ClassState.WAITING)
    rows = rows.select_related("booking__school__municipality", "booking__night").prefetch_related("possible_waves")
    found = []
    for row in rows.order_by("booking__sent_at", "pk"):
        possible = {wave.pk for wave in row.possible_waves.all()} or set(by_wave)
        fitting = [wave.name for wave in waves if wave.pk in possible and by_wave[wave.pk] >= row.pupils]
        if fitting:
            found.append(Waiting(row, fitting))
    return free, found


def is_published(night: Night) -> bool:
    return night.proposals.filter(published_at__isnull=False).exists()
