"""The follow-up document: goals, activities, words and their figures, as they are at this moment."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q
from django.utils.timezone import localdate
from django.utils.translation import get_language

from events.plan.models import Activity, ActivityPlan, Goal, Status, StatusChange
from events.plan.queries import Partner, partners_of
from events.programme.models import Event
from surveys.figures.models import ReportedFigure
from surveys.followup.findings import Finding, findings
from surveys.followup.models import Indicator
from surveys.followup.progress import changed_words, steps_words
from surveys.followup.targets import Standing, tally
from surveys.followup.words.models import Part
from surveys.followup.words.queries import Piece, pieces_of
from surveys.questionnaires.models import Question
from surveys.questionnaires.scales import TEXTS

__all__ = ["Document", "Finding", "GoalRow", "Row", "document", "finding_of", "findings_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as the paper shows it."""

    activity: Activity
    findings: list[Finding]

    @property
    def last_change(self) -> StatusChange | None:
        """When its status became what it is; ``None`` where that is its first."""
        return next(iter(self.activity.status_changes.all()), None)

    @property
    def steps_words(self) -> str:
        return steps_words([(step.text, step.done) for step in self.activity.steps.all()])

    @property
    def changed_words(self) -> str:
        last = self.last_change
        if last is None:
            return ""
        return changed_words(localdate(last.at), str(last.get_before_display()), last.note, get_language())


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One goal with the indicators that stand under it, those of activities' rows and its own."""

    goal: Goal
    findings: list[Finding]

    @property
    def standings(self) -> dict[Standing, int]:
        """How many of the indicators have reached their targets, are on the way and so on."""
        return tally([finding.standing for finding in self.findings])


@dataclass(frozen=True, slots=True)
class Document:
    """The follow-up of ``year`` for the area of ``plan``; ``computed_at`` is when its figures were taken."""

    plan: ActivityPlan
    year: int
    computed_at: datetime
    goal_rows: list[GoalRow] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    planned: list[Row] = field(default_factory=list)
    pieces: dict[Part, Piece] = field(default_factory=dict)
    partners: list[Partner] = field(default_factory=list)

    @property
    def next_year(self) -> int:
        return self.year + 1

    @property
    def findings(self) -> list[Finding]:
        """Every figure of the document, once."""
        rows: list[Row | GoalRow] = [*self.rows, *self.planned, *self.goal_rows]
        return list({one.indicator.pk: one for row in rows for one in row.findings}.values())

    @property
    def goals(self) -> list[Goal]:
        return [row.goal for row in self.goal_rows]

    @property
    def introduction(self) -> list[Piece]:
        """The texts before the goals: operational plan, priority areas, decisions, completed activities, reflections."""
        return [self.pieces[part] for part in Part.introduction()]

    @property
    def questions(self) -> list[Piece]:
        """The five questions under "Analysis and reflections", with their answers."""
        return [self.pieces[part] for part in Part.questions()]

    @property
    def completed(self) -> list[Activity]:
        """The year's activities that are done or delivered."""
        over = {Status.DONE, Status.DELIVERED}
        return [row.activity for row in self.rows if row.activity.status in over]


def document(plan: ActivityPlan, year: int, *, at: datetime) -> Document:
    """The follow-up of ``year``. The same number of queries whatever the number of activities, figures and readings.

    Next year's activities are the area's: they may stand in the next plan.
    """
    of_year, of_next = Q(plan=plan, year=year), Q(plan__area=plan.area_id, year=year + 1)
    activities = list(
        Activity.objects.filter(of_year | of_next)
        .with_people()
        .prefetch_related(_indicators(), "steps", "status_changes")
    )
    done = [activity for activity in activities if activity.year == year]
    planned = [activity for activity in activities if activity.year != year]
    goals = list(
        Goal.objects.filter(theme__plan=plan).order_by("-kind", "number", "pk").prefetch_related(_indicators())
    )
    holders: list[Activity | Goal] = [*done, *planned, *goals]
    found = findings({one.pk: one for holder in holders for one in holder.indicators.all()}.values(), at=at)
    return Document(
        plan=plan,
        year=year,
        computed_at=at,
        goal_rows=[GoalRow(goal, _of_year(_of(goal, found), year)) for goal in goals],
        rows=[Row(activity, _of(activity, found)) for activity in done],
        planned=[Row(activity, _of(activity, found)) for activity in planned],
        pieces=pieces_of(plan, year),
        partners=partners_of(plan),
    )


def findings_of(activities: Iterable[Activity], *, at: datetime) -> dict[int, list[Finding]]:
    """The findings of each activity (by key), in the order of its indicators."""
    rows = list(activities)
    found = findings([one for activity in rows for one in activity.indicators.all()], at=at)
    return {activity.pk: _of(activity, found) for activity in rows}


def finding_of(indicator: Indicator, *, at: datetime) -> Finding | None:
    """One indicator's finding; ``None`` where its source has no figure (any more)."""
    return findings([indicator], at=at).get(indicator.pk)


def activity_findings(activity: Activity, *, at: datetime) -> list[Finding]:
    """The findings of one activity."""
    row = Activity.objects.prefetch_related(_indicators()).get(pk=activity.pk)
    return findings_of([row], at=at)[activity.pk]


def possible_sources(activity: Activity) -> list[tuple[Event, list[Question], list[ReportedFigure]]]:
    """The events of ``activity``, each with the questions and reported figures that may stand in its row."""
    events = activity.events.order_by("starts_at", "pk").prefetch_related("reported_figures")
    questions = Question.objects.filter(survey__event__in=activity.events.all()).exclude(kind__in=TEXTS)
    asked = questions.asked() | questions.filter(indicators__activity=activity)
    by_event: dict[int, list[Question]] = {}
    rows = asked.distinct().select_related("survey__event").order_by("survey__audience", "position", "pk")
    for question in rows:
        by_event.setdefault(question.survey.event_id, []).append(question)
    return [(event, by_event.get(event.pk, []), list(event.reported_figures.all())) for event in events]


def _indicators() -> Prefetch:
    return Prefetch("indicators", Indicator.objects.with_sources())


def _of(holder: Activity | Goal, found: dict[int, Finding]) -> list[Finding]:
    return [found[one.pk] for one in holder.indicators.all() if one.pk in found]


def _of_year(found: list[Finding], year: int) -> list[Finding]:
    """What stands under a goal in the document of ``year``: its activities' figures of that year, and its own."""
    return [one for one in found if one.indicator.activity is None or one.indicator.activity.year == year]
