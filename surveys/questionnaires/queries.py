"""Whom surveys are about."""

from collections.abc import Collection, Iterable

from django.db.models import Count

from registrations.exhibitors.models import Exhibitor
from registrations.visitors.models import Visitor
from surveys.questionnaires.models import Audience, Question, Survey


def populations(surveys: Iterable[Survey]) -> dict[int, int | None]:
    """How many each survey is about, by its key: what the organiser wrote, or else what the registrations say.

    Exhibitors are those that hold a place, visitors those that are signed up; none at all means that it is not known
    (``None``). At most two queries, however many surveys.
    """
    wanted = list(surveys)
    counting = [survey for survey in wanted if survey.population is None]
    counted = {
        audience: _COUNTERS[audience]({survey.event_id for survey in counting if survey.audience == audience})
        for audience in {survey.audience for survey in counting}
    }
    return {
        survey.pk: survey.population if survey.population is not None else counted[survey.audience].get(survey.event_id)
        for survey in wanted
    }


def has_answers(question: Question) -> bool:
    """Whether anybody has answered ``question``, or its survey in a ballot that is still sealed."""
    return question.answers.exists() or question.survey.sealed.exists()


def exhibitor_counts(events: Collection[int]) -> dict[int, int]:
    """How many companies hold a place at each of ``events`` (keys); those without any are left out. One query."""
    rows = Exhibitor.objects.holding_a_place().filter(event__in=events)
    return dict(rows.order_by().values_list("event").annotate(n=Count("pk")))


def visitor_counts(events: Collection[int]) -> dict[int, int]:
    """How many visitors are signed up to each of ``events`` (keys); those without any are left out. One query."""
    rows = Visitor.objects.coming().filter(event__in=events)
    return dict(rows.order_by().values_list("event").annotate(n=Count("pk")))


_COUNTERS = {Audience.EXHIBITORS.value: exhibitor_counts, Audience.VISITORS.value: visitor_counts}
