"""The years of a figure: the events that one was copied from, and where the question meant something else."""

from datetime import timedelta

import pytest

from surveys.figures.differences import Word
from surveys.figures.earlier import series_of_event
from surveys.figures.queries import figures_of_event
from tests import factories
from tests.factories import NOW
from tests.surveys.figures.test_breakdowns import answer

pytestmark = pytest.mark.django_db


def year(before, top: int, of: int, days: int = 366, **facts):
    """An event ``days`` after ``before``, copied from it, with ``top`` of ``of`` very satisfied; its question."""
    starts = before.survey.event.starts_at + timedelta(days=days) if before else NOW
    event = factories.EventFactory(
        copied_from=before.survey.event if before else None, starts_at=starts, ends_at=starts + timedelta(hours=5)
    )
    question = factories.QuestionFactory(survey__event=event, survey__state="closed", **facts)
    answer(question, None, *["very_satisfied"] * top, *["neither"] * (of - top))
    return question


def steps_of(question) -> list:
    event = question.survey.event
    return series_of_event(event, figures_of_event(event, at=NOW), at=NOW).get(question.pk, [])


def test_years_tell_what_became_better():
    first = year(None, 20, 60)
    last = year(year(first, 50, 60), 48, 60)

    steps = steps_of(last)

    assert [(step.figure.k, step.change and step.change.word) for step in steps] == [
        (20, None),
        (50, Word.BETTER),
        (48, Word.CANNOT_TELL),
    ]
    assert [step.year for step in steps] == [NOW.year, NOW.year + 1, NOW.year + 2]


def test_two_events_of_a_year_come_in_their_order():
    last = year(year(year(None, 20, 60), 50, 60, days=2), 48, 60)

    assert [step.figure.k for step in steps_of(last)] == [20, 50, 48]


def test_another_wording_breaks_the_series():
    last = year(year(None, 20, 60), 50, 60, text="Något helt annat?")

    assert [(step.is_break, step.change) for step in steps_of(last)] == [(False, None), (True, None)]


def test_the_last_wording_of_a_year_counts():
    old = year(None, 5, 60, retired_at=NOW)
    new = factories.QuestionFactory(survey=old.survey, version=2)
    answer(new, None, *["very_satisfied"] * 30, *["neither"] * 30)

    assert [step.figure.asked.version for step in steps_of(year(old, 50, 60))] == [2, 1]


def test_an_event_that_was_not_copied_has_no_years_and_asks_nothing(django_assert_num_queries):
    question = year(None, 5, 9)
    figures = figures_of_event(question.survey.event, at=NOW)

    with django_assert_num_queries(0):
        assert series_of_event(question.survey.event, figures, at=NOW) == {}


@pytest.mark.parametrize("events", [2, 4])
def test_years_take_as_many_queries_however_many(events, django_assert_num_queries):
    question = None
    for _number in range(events):
        question = year(question, 5, 9, survey__population=9)
    figures = figures_of_event(question.survey.event, at=NOW)

    with django_assert_num_queries(4):
        series_of_event(question.survey.event, figures, at=NOW)
