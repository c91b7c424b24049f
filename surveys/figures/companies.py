"""The companies that hold a place at an event: how many have been there before, and where they are from."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Collate, ExtractYear

from events.moments import STOCKHOLM
from events.programme.models import EventState
from registrations.exhibitors.models import Exhibitor
from surveys.figures.figure import ELSEWHERE


@dataclass(frozen=True, slots=True)
class Companies:
    """``all`` hold a place. ``returning`` of them did at an earlier one; ``None``: there is none to compare with.

    ``towns`` are the municipalities they are from, the most first, each with how many; ``elsewhere`` are the others.
    """

    all: int
    returning: int | None = None
    towns: tuple[tuple[str, int], ...] = ()
    elsewhere: int = 0

    @property
    def parts(self) -> tuple[tuple[str, int | None], ...]:
        """The municipalities and, last, those from elsewhere, where there are any."""
        return (*self.towns, *([(ELSEWHERE, self.elsewhere)] if self.elsewhere else []))


def companies_of(events: Collection[int]) -> dict[int, Companies]:
    """The companies of each of ``events`` (keys); events without any are left out. Two queries, or one without any."""
    held = Exhibitor.objects.holding_a_place().filter(event__in=events).order_by()
    name = Collate("organisation__municipality__name", "swedish")
    rows = held.values_list("event", "organisation__municipality__name").annotate(n=Count("pk")).order_by("-n", name)
    towns: dict[int, dict[str | None, int]] = {}
    for event, town, n in rows:
        towns.setdefault(event, {})[town] = n
    returning = _returning(towns) if towns else {}
    return {
        event: Companies(
            sum(found.values()),
            returning.get(event),
            tuple((town, n) for town, n in found.items() if town is not None),
            found.get(None, 0),
        )
        for event, found in towns.items()
    }


def _returning(events: Collection[int]) -> dict[int, int]:
    """How many of each held a place in an earlier year too; those that no earlier event lies before are left out."""
    before = (
        Exhibitor.objects.holding_a_place()
        .filter(event__area=OuterRef("event__area"), event__kind=OuterRef("event__kind"))
        .exclude(event__state=EventState.CANCELLED)
        .annotate(year=ExtractYear("event__starts_at", tzinfo=STOCKHOLM))
        .filter(year__lt=ExtractYear(OuterRef("event__starts_at"), tzinfo=STOCKHOLM))
    )
    rows = (
        Exhibitor.objects.holding_a_place()
        .filter(event__in=events)
        .annotate(has_returned=Exists(before.filter(organisation=OuterRef("organisation"))), is_after=Exists(before))
        .order_by()
        .values_list("event")
        .annotate(n=Count("pk", filter=Q(has_returned=True)), after=Count("pk", filter=Q(is_after=True)))
    )
    return {event: n for event, n, after in rows if after}
