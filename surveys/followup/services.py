"""Writes about indicators: which figures stand in an activity's row, and in whose words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.plan.models import Activity
from events.programme.models import Event
from events.versions import take_version
from surveys.figures.models import ReportedFigure
from surveys.figures.queries import keys_of
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Question

CHOSEN = audit.verb("indicators.chosen", _("chose the figures of"))
SENTENCE_CHANGED = audit.verb("indicator.sentence_changed", _("changed the sentence of"))


class ForeignFigure(Refusal):
    code = "foreign_figure"
    message = _("The figure belongs to an event that is not part of the activity.")


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
        for row in activity.indicators.select_related("event", "question", "reported")
    }
    before = [str(Choice(row.event, row.source, row.question, row.reported)) for row in standing.values()]
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
        )
        row.position = position
        row.save()
        rows.append(row)
    after = [str(choice) for choice in wanted.values()]
    if before != after:
        audit.record(activity, CHOSEN, by=by, at=at, changes={"indicators": [before or None, after or None]})
    return rows


@transaction.atomic
def change_sentence(*, indicator: Indicator, sentence: str, seen: int, by: User | None, at: datetime) -> Indicator:
    """Put the editor's ``sentence`` in place of the draft; an empty one brings the draft back. Raises Stale."""
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    indicator = rows.select_related("activity").get(pk=indicator.pk)
    with audit.change(indicator, SENTENCE_CHANGED, by=by, at=at):
        take_version(indicator, seen)
        indicator.sentence = sentence.strip()
        indicator.save(update_fields=["sentence", "version"])
    return indicator


def _fits(choice: Choice) -> bool:
    if choice.question:
        return choice.source == Indicator.Source.QUESTION and choice.question.survey.event_id == choice.event.pk
    if choice.reported:
        return choice.source == Indicator.Source.REPORTED and choice.reported.event_id == choice.event.pk
    return choice.source in keys_of(choice.event)
