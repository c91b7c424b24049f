"""The series of applicants beside the nights of an area."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from events.municipalities.models import MunicipalCount, Municipality
from events.nights.models import Night
from events.programme.models import Event, EventState
from surveys.applicants.models import Applicants
from surveys.applicants.series import Series, series_of


@dataclass(frozen=True, slots=True)
class BesideTheNight:
    """What the page shows: the series of ``codes``, municipalities by code in Swedish order, sources, held years."""

    codes: list[str]
    series: Series
    municipalities: dict[str, str]
    sources: list[str]
    cohort_sources: list[str]
    held: list[int]


def beside_the_night(event: Event, *, at: datetime) -> BesideTheNight | None:
    """Applicants to the programmes that the night of ``event`` is about; ``None`` where none are named. Four queries."""
    codes = Night.objects.filter(event=event).values_list("programme_codes", flat=True).first()
    wanted = (codes or "").upper().split()
    if not wanted:
        return None
    rows = list(Applicants.objects.to_programmes(wanted))
    municipalities = dict(Municipality.objects.alphabetical().values_list("code", "name"))
    counts: dict[tuple[str, int], int | None] = {}
    for row in rows:
        key = row.municipality_id, row.year
        known = counts.get(key)
        counts[key] = row.count if known is None else known + (row.count or 0)
    cohorts: dict[tuple[str, int], int | None] = {}
    cohort_sources = set()
    for count in MunicipalCount.objects.filter(cohort__isnull=False, year__in={year for _code, year in counts}):
        cohorts[count.municipality_id, count.year] = count.cohort
        cohort_sources.add(count.source)
    nights = Event.objects.filter(area=event.area_id, kind=Event.Kind.NIGHT, ends_at__lt=at)
    held = sorted({timezone.localtime(night.starts_at).year for night in nights.exclude(state=EventState.CANCELLED)})
    return BesideTheNight(
        codes=wanted,
        series=series_of(counts, cohorts, list(municipalities), held),
        municipalities=municipalities,
        sources=sorted({row.source for row in rows}),
        cohort_sources=sorted(cohort_sources - {""}),
        held=held,
    )
