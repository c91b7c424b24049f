"""Counts answers, and makes figures of them: as many queries for all questions of many events as for one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from events.programme.models import Event
from surveys.answers.models import Answer, SealedBallot
from surveys.figures.attendance import Attendance, attendance_of
from surveys.figures.companies import Companies, companies_of
from surveys.figures.counting import indexes, tallies_of
from surveys.figures.figure import Count, Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.models import ReportedFigure
from surveys.figures.pupils import STAGES, NightNumbers, numbers_of_nights
from surveys.figures.rules import asked_of, rule_of
from surveys.figures.tallies import Tally, finding_of
from surveys.figures.turnouts import Turnout
from surveys.questionnaires.models import Question, QuestionQuerySet
from surveys.questionnaires.queries import populations
from surveys.questionnaires.scales import TEXTS, Kind

COMPANIES = ("exhibitors", "returning", "municipalities")
COUNTS = (*COMPANIES, "attendance")
COURSE_COUNTS = ("exhibitors", "attendance")
NIGHT_COUNTS = (*COMPANIES, *STAGES, "pupil_cost")


def figures_of_event(event: Event, *, at: datetime) -> list[Figure | Measure]:
    """Every question's figure, survey by survey in the order of the questions, as of aware time ``at``.

    Answers in words have none; an index has one, at its first question's place.
    """
    questions = counted_questions(event)
    first = {keys[0] for keys in indexes(questions).values()}
    others = {key for keys in indexes(questions).values() for key in keys} - first
    return list(figures_of_questions([row.pk for row in questions if row.pk not in others], at=at).values())


def counted_questions(event: Event) -> list[Question]:
    """The questions of ``event`` that have figures: those that are asked now, and retired ones that have answers."""
    answered = Q(retired_at=None) | Exists(Answer.objects.filter(question=OuterRef("pk")))
    questions = with_state(Question.objects.filter(answered, survey__event=event).exclude(kind__in=TEXTS))
    return list(questions.order_by("survey__audience", "position", "pk"))


def with_state(questions: QuestionQuerySet) -> QuestionQuerySet:
    """``questions`` with their survey and event, and whether ballots of it are sealed (``has_sealed``)."""
    sealed = Exists(SealedBallot.objects.filter(survey=OuterRef("survey")))
    return questions.select_related("survey__event").annotate(has_sealed=sealed)


def figures_of_questions(questions: Iterable[int], *, at: datetime) -> dict[int, Figure | Measure]:
    """The figures of ``questions`` (keys), in their order; answers in words have none. An index's three have its.

    At most four queries, however many there are; one more for many of many, and two or more for indexes. Words are in
    the active language. What has fewer than SUPPRESS_BELOW answers is withheld; sealed ones do not count.
    """
    wanted = list(questions)
    found = with_state(Question.objects.exclude(kind__in=TEXTS)).in_bulk(wanted)
    siblings = siblings_of(found.values())
    tallies = tallies_of(found.values(), siblings)
    people = populations({question.survey_id: question.survey for question in found.values()}.values())
    whole = {key for keys in indexes([*found.values(), *siblings]).values() for key in keys}
    return {
        pk: finding_of_question(
            found[pk], tallies[pk], population=people[found[pk].survey_id], whole_index=pk in whole, at=at
        )
        for pk in wanted
        if pk in found
    }


def siblings_of(questions: Iterable[Question]) -> list[Question]:
    """The other questions of the indexes that ``questions`` belong to. One query where there are any."""
    own = list(questions)
    groups = {(one.survey_id, one.group) for one in own if one.kind == Kind.NKI and one.group}
    if not groups:
        return []
    rows = Question.objects.asked().filter(kind=Kind.NKI, survey__in={survey for survey, _group in groups})
    others = rows.exclude(pk__in=[one.pk for one in own]).order_by("position", "pk")
    return [row for row in others if (row.survey_id, row.group) in groups]


def finding_of_question(
    question: Any, tally: Tally, *, population: int | None, whole_index: bool, at: datetime
) -> Figure | Measure:
    """The figure of a question that ``with_state`` has read."""
    rule = rule_of(question, tally, whole_index=whole_index, below=settings.SUPPRESS_BELOW)
    return finding_of(
        rule,
        asked_of(question, rule),
        tally,
        population=population,
        below=settings.SUPPRESS_BELOW,
        waiting=question.has_sealed or question.survey.takes_answers(at),
        computed_at=at,
    )


def keys_of(event: Event) -> tuple[str, ...]:
    """Which plain numbers an event of its kind has: at an evening for pupils the door counts pupils."""
    if event.takes_schools:
        return NIGHT_COUNTS
    return COUNTS if event.takes_exhibitors else COURSE_COUNTS


def counts_of_events(events: Iterable[Event], *, at: datetime) -> dict[tuple[int, str], Count]:
    """The plain numbers of ``events`` by the event's key and the number's. At most eight queries, however many events."""
    wanted = {event.pk: event for event in events}
    nights = numbers_of_nights([pk for pk, event in wanted.items() if event.takes_schools])
    companies, attendance = companies_of(wanted), attendance_of(wanted)
    return {
        (pk, key): Count(
            event=event.slug,
            event_kind=event.kind,
            over=event.is_over(at),
            key=key,
            computed_at=at,
            turnouts=_turnouts(key, attendance.get(pk), nights.get(pk, NightNumbers())),
            **_told(key, companies.get(pk), attendance.get(pk), nights.get(pk, NightNumbers())),
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


def _told(key: str, companies: Companies | None, attendance: Attendance | None, night: NightNumbers) -> dict[str, Any]:
    if key in STAGES:
        return {"value": getattr(night.all, key)}
    if key == "pupil_cost":
        base = night.cost_base
        parts = (("co_financing", night.co_financing), (base, getattr(night.all, base)))
        return {"value": night.cost_per_pupil, "unit": "kronor", "parts": parts}
    if key == "attendance":
        return {"value": attendance.heads if attendance else None}
    return _told_of_companies(key, companies) if companies else {"value": None}


def _told_of_companies(key: str, companies: Companies) -> dict[str, Any]:
    if key == "returning":
        return {"value": companies.returning, "parts": (("exhibitors", companies.all),)}
    if key == "municipalities":
        return {"value": len(companies.towns), "parts": companies.parts}
    return {"value": companies.all}


def _turnouts(key: str, attendance: Attendance | None, night: NightNumbers) -> tuple[Turnout, ...]:
    if key == "arrived":
        return night.all.turnouts
    return attendance.turnouts if key == "attendance" and attendance else ()
