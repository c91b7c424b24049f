"""Counts answers, and makes figures of them: as many queries for all questions of many events as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count as CountRows
from django.db.models import Exists, OuterRef, Sum

from events.programme.models import Event
from registrations.checkin.models import Scan
from surveys.answers.models import Answer, SealedBallot
from surveys.figures.figure import Asked, Count, Figure, Reported, figure_of
from surveys.figures.models import ReportedFigure
from surveys.figures.pupils import STAGES, NightNumbers, numbers_of_nights
from surveys.questionnaires.models import Question
from surveys.questionnaires.queries import exhibitor_counts, populations

COUNTS = ("exhibitors", "attendance")
NIGHT_COUNTS = ("exhibitors", *STAGES, "pupil_cost")


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


def keys_of(event: Event) -> tuple[str, ...]:
    """Which plain numbers an event of its kind has: at an evening for pupils the door counts pupils."""
    return NIGHT_COUNTS if event.takes_schools else COUNTS


def counts_of_events(events: Iterable[Event], *, at: datetime) -> dict[tuple[int, str], Count]:
    """The plain numbers of ``events`` by the event's key and the number's. At most five queries, however many events."""
    wanted = {event.pk: event for event in events}
    nights = numbers_of_nights([pk for pk, event in wanted.items() if event.takes_schools])
    others = {"exhibitors": exhibitor_counts(wanted), "attendance": _attendance(wanted)}
    return {
        (pk, key): Count(
            event=event.slug,
            event_kind=event.kind,
            over=event.is_over(at),
            key=key,
            computed_at=at,
            **_told(key, others[key].get(pk) if key in others else None, nights.get(pk, NightNumbers())),
        )
        for pk, event in wanted.items()
        for key in keys_of(event)
    }


def reported_figures(figures: Iterable[ReportedFigure], *, at: datetime) -> dict[int, Reported]:
    """``figures`` as findings, by key; each one's ``event`` is read with it."""
    return {
        row.pk: Reported(
            event=row.event.slug,
            key=str(row.pk),
            label=row.label,
            value=float(row.percent) / 100,
            approximate=row.approximate,
            n=row.answers,
            paper=row.source,
            computed_at=at,
        )
        for row in figures
    }


def reported_of_event(event: Event, *, at: datetime) -> list[Reported]:
    """What papers report about ``event``, in their order."""
    return list(reported_figures(event.reported_figures.select_related("event"), at=at).values())


def _told(key: str, plain: int | None, night: NightNumbers) -> dict[str, Any]:
    if key in STAGES:
        return {"value": getattr(night.all, key)}
    if key == "pupil_cost":
        base = night.cost_base
        parts = (("co_financing", night.co_financing), (base, getattr(night.all, base)))
        return {"value": night.cost_per_pupil, "unit": "kronor", "parts": parts}
    return {"value": plain}


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
