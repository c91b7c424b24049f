"""Writes readings: what an indicator shows, whenever that or what it counts has changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from surveys.followup.definitions import fingerprint
from surveys.followup.findings import figures_of
from surveys.followup.models import Indicator, IndicatorReading
from surveys.followup.numbers import same_value, shown, source_of
from surveys.followup.readings.queries import definition_of

BATCH = 200


def take_readings(*, at: datetime, events: Iterable[int] | None = None, indicators: Iterable[int] | None = None) -> int:
    """Write a reading of each indicator whose value, base or definition is not as in its latest; how many that were.

    Of the indicators of ``events`` (keys), of ``indicators`` (keys), or of all. Twice is harmless: the second time
    nothing has changed. A transaction for each batch, so that many do not hold the database.
    """
    rows = Indicator.objects.all()
    if events is not None:
        rows = rows.filter(event__in=list(events))
    if indicators is not None:
        rows = rows.filter(pk__in=list(indicators))
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_take(pks[start : start + BATCH], at) for start in range(0, len(pks), BATCH))


@transaction.atomic
def _take(pks: list[int], at: datetime) -> int:
    list(Indicator.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))
    rows = list(Indicator.objects.with_sources().filter(pk__in=pks))
    with override("sv"):
        figures = figures_of(rows, at=at)
    latest = _latest(pks)
    new = []
    for one in rows:
        if one.pk not in figures:
            continue
        figure = figures[one.pk]
        numbers, definition = shown(figure), definition_of(one, figure)
        mark = fingerprint(definition)
        if one.pk in latest and _same(latest[one.pk], numbers.value, numbers.n, mark):
            continue
        new.append(
            IndicatorReading(
                indicator=one,
                value=numbers.value,
                low=numbers.interval.low if numbers.interval else None,
                high=numbers.interval.high if numbers.interval else None,
                n=numbers.n,
                population=numbers.population,
                source=source_of(figure)[:300],
                definition=definition,
                fingerprint=mark,
                taken_at=at,
            )
        )
    IndicatorReading.objects.bulk_create(new)
    return len(new)


def _latest(pks: list[int]) -> dict[int, IndicatorReading]:
    rows = IndicatorReading.objects.filter(indicator__in=pks).defer("definition").order_by("taken_at", "pk")
    return {reading.indicator_id: reading for reading in rows}


def _same(reading: IndicatorReading, value: float | None, n: int | None, mark: str) -> bool:
    return same_value(reading.value, value) and reading.n == n and reading.fingerprint == mark
