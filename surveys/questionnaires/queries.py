"""Whom surveys are about, what is bound by answers, and what can be copied."""

from collections.abc import Collection, Iterable

from django.db.models import Count, Q

from events.access.models import User
from events.access.rules import may
from events.programme.models import Event
from registrations.bookings.models import BookingPerson, SchoolClass
from registrations.exhibitors.models import Exhibitor
from registrations.stations.models import Station
from registrations.visitors.models import Visitor
from surveys.figures.pupils import numbers_of_nights
from surveys.questionnaires.drafts import Draft, draft_of
from surveys.questionnaires.models import Audience, Question, Survey

EARLIER_SHOWN = 5


def populations(surveys: Iterable[Survey]) -> dict[int, int | None]:
    """How many each survey is about, by its key: what the organiser wrote, or else what the registrations say.

    Exhibitors are those that hold a place, visitors those that are signed up, pupils those who arrived (or, before
    the door has counted any, are confirmed), teachers those in bookings with a place, hosts the companies with a
    station. Who takes part in a course is written nowhere. None at all means that it is not known (``None``). At most
    two queries an audience, three for pupils, however many surveys.
    """
    wanted = list(surveys)
    counting = [survey for survey in wanted if survey.population is None]
    counted = {
        audience: _COUNTERS.get(audience, _uncounted)(
            {survey.event_id for survey in counting if survey.audience == audience}
        )
        for audience in {survey.audience for survey in counting}
    }
    return {
        survey.pk: survey.population if survey.population is not None else counted[survey.audience].get(survey.event_id)
        for survey in wanted
    }


def has_answers(question: Question) -> bool:
    """Whether anybody has answered ``question``, or its survey on a ballot or a sheet that is still sealed."""
    return question.pk in answered_questions(question.survey)


def asked_drafts(survey: Survey) -> list[tuple[str, Draft]]:
    """What ``survey`` asks now, in its order: each question's key and what it says. One query."""
    return [(row.key, draft_of(row)) for row in survey.questions.asked().select_related("only_if")]


def answered_questions(survey: Survey) -> set[int]:
    """The questions (keys) of ``survey``, retired ones too, whose meaning is bound by answers. At most four queries.

    While answers are sealed, or typed in once, nobody knows which questions they answer: then all are bound.
    """
    questions = Question.objects.filter(survey=survey).order_by()
    if survey.sealed.exists() or survey.paper_entries.exists():
        return set(questions.values_list("pk", flat=True))
    spoken = set(questions.filter(texts__isnull=False).values_list("pk", flat=True).distinct())
    return spoken | set(questions.filter(answers__isnull=False).values_list("pk", flat=True).distinct())


def earlier_surveys(event: Event, user: User) -> list[Survey]:
    """What the questions for ``event`` can be copied from, the nearest first, for every audience: a few of each.

    Surveys of the event that it was copied from, and of earlier events of its kind in its area, as ``user`` may see.
    """
    before = Q(event__area=event.area_id, event__kind=event.kind, event__starts_at__lt=event.starts_at)
    found = Survey.objects.filter(before | Q(event=event.copied_from_id)).exclude(event=event)
    with_questions = found.filter(questions__retired_at=None, questions__isnull=False).distinct()
    chosen: dict[str, list[Survey]] = {}
    for survey in with_questions.select_related("event__area").order_by("-event__starts_at", "pk")[:50]:
        of_audience = chosen.setdefault(survey.audience, [])
        if len(of_audience) < EARLIER_SHOWN and may(user, "surveys.view", survey.event):
            of_audience.append(survey)
    nearest = [survey for surveys in chosen.values() for survey in surveys]
    return sorted(nearest, key=lambda survey: survey.event_id != event.copied_from_id)


def exhibitor_counts(events: Collection[int]) -> dict[int, int]:
    """How many companies hold a place at each of ``events`` (keys); those without any are left out. One query."""
    rows = Exhibitor.objects.holding_a_place().filter(event__in=events)
    return dict(rows.order_by().values_list("event").annotate(n=Count("pk")))


def visitor_counts(events: Collection[int]) -> dict[int, int]:
    """How many visitors are signed up to each of ``events`` (keys); those without any are left out. One query."""
    rows = Visitor.objects.coming().filter(event__in=events)
    return dict(rows.order_by().values_list("event").annotate(n=Count("pk")))


def pupil_counts(events: Collection[int]) -> dict[int, int]:
    """How many pupils came to each of ``events`` (keys), or are confirmed where none has been counted."""
    numbers = {event: numbers.all for event, numbers in numbers_of_nights(events).items()}
    counts = {event: pupils.arrived or pupils.confirmed for event, pupils in numbers.items()}
    return {event: count for event, count in counts.items() if count}


def teacher_counts(events: Collection[int]) -> dict[int, int]:
    """How many people share the bookings with a place at each of ``events`` (keys). One query."""
    placed = SchoolClass.objects.sent().holding().filter(booking__night__event__in=events)
    people = BookingPerson.objects.filter(booking__in=placed.values("booking"))
    rows = people.exclude(asked_at__isnull=False, joined_at=None).order_by().values_list("booking__night__event")
    return dict(rows.annotate(n=Count("user", distinct=True)))


def host_counts(events: Collection[int]) -> dict[int, int]:
    """How many companies have a station at each of ``events`` (keys). One query."""
    rows = Station.objects.running().filter(night__event__in=events, host__isnull=False)
    return dict(rows.order_by().values_list("night__event").annotate(n=Count("host", distinct=True)))


def _uncounted(events: Collection[int]) -> dict[int, int]:
    return {}


_COUNTERS = {
    Audience.EXHIBITORS.value: exhibitor_counts,
    Audience.VISITORS.value: visitor_counts,
    Audience.PUPILS.value: pupil_counts,
    Audience.TEACHERS.value: teacher_counts,
    Audience.HOSTS.value: host_counts,
}
