"""Writes about indicators: which figures stand in an activity's row, and in whose words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.municipalities.models import Municipality
from events.plan.models import Activity, ActivityPlan, Goal
from events.programme.models import Event
from events.versions import take_version
from surveys.figures.models import ReportedFigure
from surveys.figures.queries import keys_of
from surveys.followup.findings import figures_of
from surveys.followup.models import Indicator
from surveys.followup.numbers import written_about
from surveys.followup.readings.telling import read_indicators_soon
from surveys.followup.sentences import draft
from surveys.questionnaires.models import Question

CHOSEN = audit.verb("indicators.chosen", _("chose the figures of"))
SENTENCE_CHANGED = audit.verb("indicator.sentence_changed", _("changed the sentence of"))
SENTENCE_KEPT = audit.verb("indicator.sentence_kept", _("kept the sentence after the figure moved, of"))
SENTENCE_DROPPED = audit.verb("indicator.sentence_dropped", _("dropped or took back the sentence of"))
ADDED = audit.verb("indicator.added", _("added the indicator"))
CHANGED = audit.verb("indicator.changed", _("changed the indicator"))
REMOVED = audit.verb("indicator.removed", _("removed an indicator from"))


class ForeignFigure(Refusal):
    code = "foreign_figure"
    message = _("The figure belongs to an event that is not part of the activity.")


class ForeignGoal(Refusal):
    code = "foreign_goal"
    message = _("The goal or activity belongs to another plan.")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDetails:
    """What the editor says about an indicator. ``source`` and ``activity`` matter to a new one alone."""

    source: str = Indicator.Source.TYPED
    activity: Activity | None = None
    name: str = ""
    definition: str = ""
    unit: str = ""
    direction: str = Indicator.Direction.HIGHER
    baseline: Decimal | None = None
    target: Decimal | None = None
    year: int | None = None
    responsible: Municipality | None = None
    goals: Sequence[Goal] = ()
    on_front: bool = False
    programmes: str = ""
    typed_value: Decimal | None = None
    typed_on: date | None = None
    typed_n: int | None = None
    typed_from: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__ if name not in ("source", "activity", "goals")}


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure to stand in a row: a question of ``event``, a figure reported about it, or one of its numbers."""

    event: Event
    source: str
    question: Question | None = None
    reported: ReportedFigure | None = None

    def __str__(self) -> str:
        return f"{self.event}: {self.question or self.reported or Indicator.Source(self.source).label}"

    @property
    def key(self) -> tuple[int, str, int | None, int | None]:
        question, reported = self.question, self.reported
        return self.event.pk, self.source, question.pk if question else None, reported.pk if reported else None


@transaction.atomic
def choose_indicators(
    *, activity: Activity, choices: Sequence[Choice], by: User | None, at: datetime
) -> list[Indicator]:
    """Let exactly ``choices`` stand in the row of ``activity``, in their order; what stays keeps its sentence.

    Raises ForeignFigure for an event of another activity, or a question of another event.
    """
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    own = set(activity.events.values_list("pk", flat=True))
    if any(choice.event.pk not in own or not _fits(choice) for choice in choices):
        raise ForeignFigure
    standing = {
        (row.event_id, row.source, row.question_id, row.reported_id): row
        for row in activity.indicators.exclude(event=None).select_related("event", "question", "reported")
    }
    before = [str(Choice(row.event, row.source, row.question, row.reported)) for row in standing.values() if row.event]
    wanted = {choice.key: choice for choice in choices}
    Indicator.objects.filter(pk__in=[row.pk for key, row in standing.items() if key not in wanted]).delete()
    rows = []
    for position, (key, choice) in enumerate(wanted.items()):
        row = standing.get(key) or Indicator(
            activity=activity,
            event=choice.event,
            source=choice.source,
            question=choice.question,
            reported=choice.reported,
            direction=_direction(choice.source),
        )
        row.position = position
        row.save()
        rows.append(row)
    after = [str(choice) for choice in wanted.values()]
    if before != after:
        audit.record(activity, CHOSEN, by=by, at=at, changes={"indicators": [before or None, after or None]})
        read_indicators_soon([row.pk for row in rows])
    return rows


@transaction.atomic
def add_indicator(*, plan: ActivityPlan, details: IndicatorDetails, by: User | None, at: datetime) -> Indicator:
    """Add an indicator that no event has: in the row of an activity, or under goals alone. Raises ForeignGoal."""
    ActivityPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    _refuse_foreign(plan, details)
    last = Indicator.objects.of_plan(plan).order_by("-position").values_list("position", flat=True).first()
    row = Indicator.objects.create(
        plan=None if details.activity else plan,
        activity=details.activity,
        source=details.source,
        position=(last or 0) + 1,
        **details.columns,
    )
    row.goals.set(details.goals)
    audit.created(row, ADDED, by=by, at=at)
    read_indicators_soon([row.pk])
    return row


@transaction.atomic
def change_indicator(
    *, indicator: Indicator, details: IndicatorDetails, seen: int, by: User | None, at: datetime
) -> Indicator:
    """Change what an indicator is called, counts and is to reach; its source stays. Raises Stale, ForeignGoal."""
    indicator = _locked(indicator)
    take_version(indicator, seen)
    _refuse_foreign(indicator.its_plan, details)
    goals = [sorted(map(str, indicator.goals.all())), sorted(map(str, details.goals))]
    with audit.change(indicator, CHANGED, by=by, at=at, goals=goals):
        for name, value in details.columns.items():
            setattr(indicator, name, value)
        indicator.save()
        indicator.goals.set(details.goals)
    read_indicators_soon([indicator.pk])
    return indicator


@transaction.atomic
def remove_indicator(*, indicator: Indicator, by: User | None, at: datetime) -> None:
    """Take an indicator and its readings away; the plan's trail keeps its words."""
    indicator = _locked(indicator)
    told = {"indicators": [[str(indicator)], None]}
    audit.record(indicator.activity or indicator.its_plan, REMOVED, by=by, at=at, changes=told)
    indicator.delete()


@transaction.atomic
def change_sentence(*, indicator: Indicator, sentence: str, seen: int, by: User | None, at: datetime) -> Indicator:
    """Put the editor's ``sentence`` in place of the draft; an empty one brings the draft back. Raises Stale.

    What the figure is at this moment is kept beside the words, so that they can be told when it has moved. Words that
    are written anew are no longer dropped.
    """
    indicator = _locked(indicator)
    with audit.change(indicator, SENTENCE_CHANGED, by=by, at=at):
        take_version(indicator, seen)
        indicator.sentence = sentence.strip()
        indicator.written_about = _as_it_is(indicator, at) if indicator.sentence else None
        indicator.dropped = False
        indicator.save(update_fields=["sentence", "written_about", "dropped", "version"])
    return indicator


@transaction.atomic
def keep_sentence(*, indicator: Indicator, seen: int, by: User | None, at: datetime) -> Indicator:
    """Let the editor's words stand although the figure has moved: from now on they are about what it is now.

    Raises Stale.
    """
    indicator = _locked(indicator)
    take_version(indicator, seen)
    if indicator.sentence:
        indicator.written_about = _as_it_is(indicator, at)
        audit.record(indicator, SENTENCE_KEPT, by=by, at=at, changes={})
    indicator.save(update_fields=["written_about", "version"])
    return indicator


@transaction.atomic
def drop_sentence(*, indicator: Indicator, dropped: bool, seen: int, by: User | None, at: datetime) -> Indicator:
    """Leave the sentence out of the document, or take it back; its words stay. Raises Stale."""
    indicator = _locked(indicator)
    with audit.change(indicator, SENTENCE_DROPPED, by=by, at=at):
        take_version(indicator, seen)
        indicator.dropped = dropped
        indicator.save(update_fields=["dropped", "version"])
    return indicator


def _locked(indicator: Indicator) -> Indicator:
    """``indicator`` with its sources, its row locked."""
    Indicator.objects.select_for_update(no_key=True).only("pk").get(pk=indicator.pk)
    return Indicator.objects.with_sources().select_related("activity__plan").get(pk=indicator.pk)


def _as_it_is(indicator: Indicator, at: datetime) -> dict[str, Any] | None:
    """The figure at this moment in words and numbers, and the drafts about it."""
    figure = figures_of([indicator], at=at).get(indicator.pk)
    if figure is None:
        return None
    codes = [code for code, _name in settings.LANGUAGES]
    drafts = {code: str(draft(figure, code, below=settings.SUPPRESS_BELOW)) for code in codes}
    return written_about(figure, drafts, codes)


def _refuse_foreign(plan: ActivityPlan, details: IndicatorDetails) -> None:
    foreign = details.activity is not None and details.activity.plan_id != plan.pk
    if foreign or any(goal.theme.plan_id != plan.pk for goal in details.goals):
        raise ForeignGoal


def _direction(source: str) -> str:
    """What each pupil or exhibitor costs had better be low; everything else had better be high."""
    lower = source in {Indicator.Source.PUPIL_COST, Indicator.Source.EXHIBITOR_COST}
    return Indicator.Direction.LOWER if lower else Indicator.Direction.HIGHER


def _fits(choice: Choice) -> bool:
    if choice.question:
        return choice.source == Indicator.Source.QUESTION and choice.question.survey.event_id == choice.event.pk
    if choice.reported:
        return choice.source == Indicator.Source.REPORTED and choice.reported.event_id == choice.event.pk
    return choice.source in numbers_of(choice.event)


def numbers_of(event: Event) -> list[str]:
    """The plain numbers that may stand in a row: those that are counted, and those of money."""
    evening = [Indicator.Source.MONEY] if event.takes_schools else []
    sold = [Indicator.Source.INCOME, Indicator.Source.EXHIBITOR_COST] if event.takes_exhibitors else []
    return [*keys_of(event), *evening, *sold]
