"""Indicators with their figures as they are at this moment: value, standing, when it last moved, what the words say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from surveys.figures.figure import Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.queries import counts_of_events, figures_of_questions, reported_figures
from surveys.followup.models import Indicator
from surveys.followup.numbers import (
    AnyFigure,
    Shown,
    has_moved,
    in_unit,
    same_value,
    short_words,
    shown,
    unit_of,
    value_words,
)
from surveys.followup.readings.queries import NO_TRAIL, Trail, trails_of
from surveys.followup.sentences import Sentence, draft
from surveys.followup.sources import told_of
from surveys.followup.targets import Standing, standing_of
from surveys.followup.told import Told


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator with its figure as it is now. ``own`` is the editor's sentence, empty while the draft stands.

    ``trail`` says when the figure last moved and whether its definition has changed.
    """

    indicator: Indicator
    figure: AnyFigure
    draft: Sentence
    own: str
    trail: Trail = NO_TRAIL

    @property
    def value(self) -> str:
        """The number alone: "76,1 %", "134" or "350 kr"; empty where it is withheld or missing."""
        return value_words(self.figure, get_language())

    @property
    def numbers(self) -> Shown:
        return shown(self.figure)

    @property
    def name(self) -> str:
        """The indicator's own name, or what its source is called."""
        if self.indicator.name:
            return self.indicator.name
        if isinstance(self.figure, Figure | Measure):
            return self.figure.asked.label
        return self.figure.label if isinstance(self.figure, Reported) else str(self.indicator.get_source_display())

    @property
    def url(self) -> str:
        """Where the figure comes from: its place on the event's page of figures, or the indicator's own page."""
        event = self.indicator.event
        if event is None or self.indicator.source in {Indicator.Source.INCOME, Indicator.Source.EXHIBITOR_COST}:
            return reverse("surveys:indicator", args=[self.indicator.its_plan.pk, self.indicator.pk])
        if isinstance(self.figure, Told):
            return reverse("surveys:event-figures", args=[event.slug])
        figure = self.figure
        anchor = figure.asked.anchor if isinstance(figure, Figure | Measure) else figure.anchor
        return f"{reverse('surveys:event-figures', args=[event.slug])}#{anchor}"

    @property
    def standing(self) -> Standing:
        one, numbers = self.indicator, self.numbers
        return standing_of(
            numbers.value,
            None if one.target is None else float(one.target),
            lower_is_better=one.direction == Indicator.Direction.LOWER,
            baseline=None if one.baseline is None else float(one.baseline),
            interval=numbers.interval,
        )

    @property
    def target_words(self) -> str:
        return self._in_unit(self.indicator.target)

    @property
    def baseline_words(self) -> str:
        return self._in_unit(self.indicator.baseline)

    @property
    def has_moved(self) -> bool:
        """The figure says otherwise than when the editor's words were written."""
        return bool(self.own) and has_moved(self.indicator.written_about, self.figure)

    @property
    def lags(self) -> bool:
        """The figure shows something else than its latest reading, or has none; of a finding with its trail."""
        last, numbers = self.trail.moved, self.numbers
        return last is None or last.n != numbers.n or not same_value(last.value, numbers.value)

    @property
    def then_words(self) -> str:
        """The figure when the editor's words were written: "54 av 71 (76 %)"."""
        kept = (self.indicator.written_about or {}).get("words", {})
        return kept.get((get_language() or "sv")[:2]) or kept.get("sv", "")

    @property
    def now_words(self) -> str:
        return short_words(self.figure, get_language())

    @property
    def is_asked(self) -> bool:
        return isinstance(self.figure, Figure | Measure)

    @property
    def is_share(self) -> bool:
        return isinstance(self.figure, Figure)

    @property
    def is_told(self) -> bool:
        return isinstance(self.figure, Told)

    @property
    def is_reported(self) -> bool:
        return isinstance(self.figure, Reported)

    def _in_unit(self, value: Any) -> str:
        if value is None:
            return ""
        unit = unit_of(self.figure)
        decimals = None if unit != "percent" or value % 1 else 0
        return in_unit(float(value), unit, get_language(), decimals)


def findings(indicators: Iterable[Indicator], *, at: datetime, trails: bool = True) -> dict[int, Finding]:
    """The finding of each indicator by its key, as of aware time ``at``; as many queries for many as for one of a kind.

    A count that the event's kind no longer has, or a question without figure, is left out rather than invented.
    ``trails=False`` saves the readings' queries.
    """
    rows = list(indicators)
    figures = figures_of(rows, at=at)
    found = trails_of(rows) if trails else {}
    language = get_language()
    return {
        one.pk: Finding(
            one,
            figures[one.pk],
            draft(figures[one.pk], language, below=settings.SUPPRESS_BELOW),
            one.sentence,
            found.get(one.pk, NO_TRAIL),
        )
        for one in rows
        if one.pk in figures
    }


def figures_of(indicators: Iterable[Indicator], *, at: datetime) -> dict[int, AnyFigure]:
    """The figure of each indicator (read ``with_sources``) by its key."""
    rows = list(indicators)
    asked = [one.question_id for one in rows if one.question_id]
    answers = figures_of_questions(asked, at=at) if asked else {}
    counting = {one.event_id: one.event for one in rows if one.event and one.source in Indicator.Source.counts()}
    counts = counts_of_events(counting.values(), at=at) if counting else {}
    reported = reported_figures([one.reported for one in rows if one.reported], at=at)
    told = told_of(rows, at=at)
    figures: dict[int, AnyFigure | None] = {}
    for one in rows:
        if one.question_id:
            figures[one.pk] = answers.get(one.question_id)
        elif one.reported_id:
            figures[one.pk] = reported.get(one.reported_id)
        elif one.pk in told:
            figures[one.pk] = told[one.pk]
        else:
            figures[one.pk] = counts.get((one.event_id, one.source)) if one.event_id else None
    return {pk: figure for pk, figure in figures.items() if figure is not None}
