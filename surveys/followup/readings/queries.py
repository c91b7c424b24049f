"""When indicators last moved, and whether what they count is still the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.followup.definitions import differences
from surveys.followup.models import Indicator, IndicatorReading
from surveys.followup.numbers import AnyFigure, unit_of
from surveys.followup.sources import codes_of


@dataclass(frozen=True, slots=True)
class Broken:
    """The definition changed between two readings: ``fields`` are (what, before, after) in words."""

    before_at: datetime
    at: datetime
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Trail:
    """An indicator's readings in short. ``moved``: the reading in which its value or base last became what it is.

    ``before``: the one before that, which showed another; ``None``: it has shown nothing else. ``broken``: the latest
    change of what it counts, if any.
    """

    moved: IndicatorReading | None = None
    before: IndicatorReading | None = None
    broken: Broken | None = None


NO_TRAIL = Trail()


def trails_of(indicators: Iterable[Indicator]) -> dict[int, Trail]:
    """The trail of each of ``indicators`` that has readings, by its key. One query; one more where definitions broke."""
    pks = [one.pk for one in indicators]
    if not pks:
        return {}
    runs: dict[int, list[IndicatorReading]] = {}
    rows = IndicatorReading.objects.filter(indicator__in=pks).defer("definition")
    for reading in rows.order_by("taken_at", "pk"):
        runs.setdefault(reading.indicator_id, []).append(reading)
    breaks = {pk: pair for pk, run in runs.items() if (pair := _latest_break(run))}
    wanted = {reading.pk for pair in breaks.values() for reading in pair}
    told = dict(IndicatorReading.objects.filter(pk__in=wanted).values_list("pk", "definition")) if wanted else {}
    return {pk: _trail(run, _broken(*breaks[pk], told) if pk in breaks else None) for pk, run in runs.items()}


def definition_of(indicator: Indicator, figure: AnyFigure) -> dict[str, Any]:
    """What ``indicator`` counts and how, as surveys.followup.definitions compares it; language plays no part."""
    asked = figure.asked if isinstance(figure, Figure | Measure) else None
    return {
        "source": indicator.source,
        "question": asked.text if asked else None,
        "version": asked.version if asked else None,
        "kind": str(asked.kind) if asked else None,
        "definition": indicator.definition,
        "unit": unit_of(figure),
        "direction": indicator.direction,
        "baseline": _exact(indicator.baseline),
        "target": _exact(indicator.target),
        "programmes": " ".join(codes_of(indicator)),
    }


def _exact(value: Decimal | None) -> str | None:
    """Without the zeroes that a database puts behind the comma, so that 75 and 75.00 are the same."""
    return None if value is None else f"{Decimal(value).normalize():f}"


def _latest_break(readings: list[IndicatorReading]) -> tuple[IndicatorReading, IndicatorReading] | None:
    pairs = pairwise(readings)
    return next((pair for pair in reversed(list(pairs)) if pair[0].fingerprint != pair[1].fingerprint), None)


def _broken(before: IndicatorReading, after: IndicatorReading, told: dict[int, Any]) -> Broken:
    names = field_names()
    changed = differences(told[before.pk], told[after.pk])
    fields = [(names[name], _in_words(name, earlier), _in_words(name, later)) for name, earlier, later in changed]
    return Broken(before.taken_at, after.taken_at, fields)


def _in_words(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "direction":
        return str(Indicator.Direction(value).label)
    return str(Indicator.Source(value).label) if name == "source" else str(value)


def _trail(readings: list[IndicatorReading], broken: Broken | None) -> Trail:
    """``moved`` is the first of the last run of readings that show the same value and base."""
    moved, before = readings[-1], None
    for reading in reversed(readings[:-1]):
        if (reading.value, reading.n) != (moved.value, moved.n):
            before = reading
            break
        moved = reading
    return Trail(moved, before, broken)


def field_names() -> dict[str, str]:
    """What the fields of a definition are called."""
    return {
        "source": _("source"),
        "question": pgettext("part of a definition", "the question's wording"),
        "version": pgettext("part of a definition", "the question's version"),
        "kind": pgettext("part of a definition", "the kind of question"),
        "definition": _("definition"),
        "unit": _("unit"),
        "direction": _("direction"),
        "baseline": _("baseline"),
        "target": _("target"),
        "programmes": _("programme codes"),
    }
