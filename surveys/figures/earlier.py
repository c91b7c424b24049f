"""The figures of the years before: the events that an event was copied from, one behind the other."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from events.programme.models import Event
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.figures.queries import figures_of_questions
from surveys.figures.trends import Observation, Step, series
from surveys.questionnaires.meaning import meaning_of
from surveys.questionnaires.models import Question
from surveys.questionnaires.scales import TEXTS

YEARS_BACK = 4
CHAIN = "__".join(["copied_from"] * YEARS_BACK)


def series_of_event(event: Event, figures: Iterable[Figure | Measure], *, at: datetime) -> dict[int, list[Step]]:
    """The years of each of ``figures`` by its question (key), the event's own last; only where there are others.

    The same audience and the same key are the same question; what it meant then decides whether it is compared. At
    most seven queries, and none for an event that was not copied.
    """
    earlier = _chain(event)
    if not earlier:
        return {}
    own = {figure.asked.question: figure for figure in figures if not figure.asked.retired}
    rows = Question.objects.filter(survey__event__in=[event, *earlier]).exclude(kind__in=TEXTS)
    asked = list(rows.select_related("survey__event").order_by("version", "pk"))
    mine = {question.pk: question for question in asked if question.pk in own}
    # Of several versions in a year the last one counts.
    latest = {
        (question.survey.event_id, question.survey.audience, question.key): question
        for question in asked
        if question.survey.event_id != event.pk
    }
    then = figures_of_questions([question.pk for question in latest.values()], at=at)
    found: dict[int, list[Step]] = {}
    for pk, question in mine.items():
        before = [latest.get((one.pk, question.survey.audience, question.key)) for one in reversed(earlier)]
        observations = [
            Observation(_year(one.survey.event), meaning_of(one), then[one.pk]) for one in before if one is not None
        ]
        if observations:
            found[pk] = series([*observations, Observation(_year(event), meaning_of(question), own[pk])])
    return found


def _chain(event: Event) -> list[Event]:
    """What ``event`` was copied from, the nearest first. One query."""
    if event.copied_from_id is None:
        return []
    at: Event | None = Event.objects.select_related(CHAIN).get(pk=event.pk).copied_from
    chain: list[Event] = []
    while at is not None and len(chain) < YEARS_BACK:
        chain.append(at)
        at = at.copied_from if len(chain) < YEARS_BACK else None
    return chain


def _year(event: Event) -> int:
    return timezone.localtime(event.starts_at).year
