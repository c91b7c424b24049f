"""The follow-up document: goals, activities and their figures, as they are at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language

from events.look.formats import kronor, number, percent
from events.plan.models import Activity, ActivityPlan, Goal
from events.programme.models import Event
from surveys.figures.figure import Count, Figure, Reported
from surveys.figures.models import ReportedFigure
from surveys.figures.queries import counts_of_events, figures_of_questions, reported_figures
from surveys.followup.models import Indicator
from surveys.followup.sentences import Sentence, draft
from surveys.questionnaires.models import Question


@dataclass(frozen=True, slots=True)
class Finding:
    """An indicator with its figure as it is now. ``own`` is the editor's sentence, empty while the draft stands."""

    indicator: Indicator
    figure: Figure | Count | Reported
    draft: Sentence
    own: str

    @property
    def value(self) -> str:
        """The number alone: "76,1 %", "134" or "350 kr"; empty where it is withheld or missing."""
        figure, language = self.figure, get_language()
        if figure.value is None:
            return ""
        if isinstance(figure, Reported):
            return ("~" if figure.approximate else "") + percent(figure.value, language, 0 if figure.approximate else 1)
        if isinstance(figure, Figure):
            return percent(figure.value, language)
        return kronor(figure.value * 100, language) if figure.unit == "kronor" else number(figure.value, language)

    @property
    def url(self) -> str:
        """Where the figure comes from: its place on the event's page of figures."""
        anchor = self.figure.asked.anchor if isinstance(self.figure, Figure) else self.figure.anchor
        return f"{reverse('surveys:event-figures', args=[self.indicator.event.slug])}#{anchor}"

    @property
    def is_share(self) -> bool:
        return isinstance(self.figure, Figure)

    @property
    def is_reported(self) -> bool:
        return isinstance(self.figure, Reported)

    @property
    def is_withheld(self) -> bool:
        return isinstance(self.figure, Figure) and self.figure.suppressed


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as the paper shows it."""

    activity: Activity
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Document:
    """The follow-up of ``year`` for the area of ``plan``; ``computed_at`` is when its figures were taken."""

    plan: ActivityPlan
    year: int
    computed_at: datetime
    goals: list[Goal] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    planned: list[Row] = field(default_factory=list)

    @property
    def next_year(self) -> int:
        return self.year + 1


def document(plan: ActivityPlan, year: int, *, at: datetime) -> Document:
    """The follow-up of ``year``. The same number of queries whatever the number of activities and figures.

    Next year's activities are the area's: they may stand in the next plan.
    """
    activities = Activity.objects.with_people().prefetch_related(_indicators())
    done = list(activities.filter(plan=plan).of_year(year))
    planned = list(activities.filter(plan__area=plan.area_id).of_year(year + 1))
    findings = findings_of([*done, *planned], at=at)
    return Document(
        plan=plan,
        year=year,
        computed_at=at,
        goals=list(Goal.objects.filter(theme__plan=plan).order_by("-kind", "number", "pk")),
        rows=[Row(activity, findings[activity.pk]) for activity in done],
        planned=[Row(activity, findings[activity.pk]) for activity in planned],
    )


def findings_of(activities: Iterable[Activity], *, at: datetime) -> dict[int, list[Finding]]:
    """The findings of each activity (by key), in the order of its indicators. At most ten queries."""
    of_activity = {activity.pk: list(activity.indicators.all()) for activity in activities}
    indicators = [indicator for rows in of_activity.values() for indicator in rows]
    figures = figures_of_questions([one.question_id for one in indicators if one.question_id], at=at)
    counting = {one.event_id: one.event for one in indicators if one.source in Indicator.Source.counts()}
    counts = counts_of_events(counting.values(), at=at) if counting else {}
    told = reported_figures([one.reported for one in indicators if one.reported], at=at)

    def figure(one: Indicator) -> Figure | Count | Reported:
        if one.question_id:
            return figures[one.question_id]
        return told[one.reported_id] if one.reported_id else counts[one.event_id, one.source]

    # A count that the event's kind no longer has (an evening that became a fair) is left out rather than invented.
    return {
        pk: [
            _finding(one, figure(one))
            for one in rows
            if one.question_id or one.reported_id or (one.event_id, one.source) in counts
        ]
        for pk, rows in of_activity.items()
    }


def finding_of(indicator: Indicator, *, at: datetime) -> Finding:
    """One indicator's finding."""
    if indicator.question_id:
        return _finding(indicator, figures_of_questions([indicator.question_id], at=at)[indicator.question_id])
    if indicator.reported:
        return _finding(indicator, reported_figures([indicator.reported], at=at)[indicator.reported.pk])
    return _finding(indicator, counts_of_events([indicator.event], at=at)[indicator.event_id, indicator.source])


def activity_findings(activity: Activity, *, at: datetime) -> list[Finding]:
    """The findings of one activity."""
    row = Activity.objects.prefetch_related(_indicators()).get(pk=activity.pk)
    return findings_of([row], at=at)[activity.pk]


def possible_sources(activity: Activity) -> list[tuple[Event, list[Question], list[ReportedFigure]]]:
    """The events of ``activity``, each with the questions and reported figures that may stand in its row."""
    events = activity.events.order_by("starts_at", "pk").prefetch_related("reported_figures")
    questions = Question.objects.filter(survey__event__in=activity.events.all()).select_related("survey__event")
    by_event: dict[int, list[Question]] = {}
    for question in questions.order_by("survey__audience", "position", "pk"):
        by_event.setdefault(question.survey.event_id, []).append(question)
    return [(event, by_event.get(event.pk, []), list(event.reported_figures.all())) for event in events]


def _indicators() -> Prefetch:
    return Prefetch("indicators", Indicator.objects.select_related("event", "question", "reported__event"))


def _finding(indicator: Indicator, figure: Figure | Count | Reported) -> Finding:
    sentence = draft(figure, get_language(), below=settings.SUPPRESS_BELOW)
    return Finding(indicator, figure, sentence, indicator.sentence)
