"""Counts answers, and makes figures of them: as many queries for all questions of many events as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Count as CountRows
from django.db.models import Exists, OuterRef, Sum

from events.programme.models import Event
from registrations.checkin.models import Scan
from surveys.answers.models import Answer, SealedBallot
from surveys.figures.figure import Asked, Count, Figure, figure_of
from surveys.questionnaires.models import Question
from surveys.questionnaires.queries import exhibitor_counts, populations

COUNTS = ("exhibitors", "attendance")


def figures_of_event(event: Event, *, at: datetime) -> list[Figure]:
    """Every question's figure, survey by survey in the order of the questions, as of aware time ``at``."""
    questions = Question.objects.filter(survey__event=event).order_by("survey__audience", "position", "pk")
    return list(figures_of_questions(questions.values_list("pk", flat=True), at=at).values())


def figures_of_questions(questions: Iterable[int], *, at: datetime) -> dict[int, Figure]:
    """The figures of ``questions`` (keys), in their order. At most four queries, however many there are.

    Words are in the active language. What has fewer than SUPPRESS_BELOW answers is withheld; sealed ones do not count.
    """
    wanted = list(questions)
    sealed = Exists(SealedBallot.objects.filter(survey=OuterRef("survey")))
    found = Question.objects.select_related("survey__event").annotate(has_sealed=sealed).in_bulk(wanted)
    counts = _answer_counts(found)
    people = populations({question.survey_id: question.survey for question in found.values()}.values())
    return {
        pk: figure_of(
            _asked(found[pk]),
            k=sum(n for value, n in counts[pk].items() if value in found[pk].counted),
            n=sum(counts[pk].values()),
            population=people[found[pk].survey_id],
            below=settings.SUPPRESS_BELOW,
            waiting=found[pk].has_sealed or found[pk].survey.takes_answers(at),
            computed_at=at,
        )
        for pk in wanted
        if pk in found
    }


def counts_of_events(events: Iterable[Event], *, at: datetime) -> dict[tuple[int, str], Count]:
    """The plain numbers of ``events`` by the event's key and the number's (COUNTS). Two queries, however many events."""
    wanted = {event.pk: event for event in events}
    numbers = {"exhibitors": exhibitor_counts(wanted), "attendance": _attendance(wanted)}
    return {
        (pk, key): Count(
            event=event.slug,
            event_kind=event.kind,
            over=event.is_over(at),
            key=key,
            value=numbers[key].get(pk),
            computed_at=at,
        )
        for pk, event in wanted.items()
        for key in COUNTS
    }


def _answer_counts(questions: Collection[int]) -> dict[int, dict[str, int]]:
    """How many gave each answer, by question."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Answer.objects.filter(question__in=questions).order_by().values_list("question", "value")
    for question, value, n in rows.annotate(n=CountRows("pk")):
        counts[question][value] = n
    return counts


def _attendance(events: Collection[int]) -> dict[int, int]:
    """How many heads the door of each of ``events`` (keys) has let in."""
    rows = Scan.objects.admissions().filter(event__in=events)
    return dict(rows.order_by().values_list("event").annotate(n=Sum("headcount")))


def _asked(question: Question) -> Asked:
    survey, labels = question.survey, dict(question.scale.choices)
    return Asked(
        event=survey.event.slug,
        event_kind=survey.event.kind,
        survey=survey.slug,
        audience=survey.audience,
        question=question.pk,
        key=question.key,
        version=question.version,
        kind=question.kind,
        label=question.wording,
        counted=" / ".join(str(labels[value]) for value in question.scale.values if value in question.counted),
        text=question.text,
    )
