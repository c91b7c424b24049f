from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from events.access.models import Role
from surveys.answers.opening import Sheet, write_ballots
from surveys.followup.definitions import differences, fingerprint
from surveys.followup.findings import findings
from surveys.followup.models import Indicator, IndicatorReading
from surveys.followup.readings.services import take_readings
from surveys.followup.readings.tasks import read_event, read_indicators
from surveys.questionnaires.services import close_survey
from tests import factories
from tests.door_factories import let_in
from tests.factories import NOW
from tests.invoice_factories import issued
from tests.surveys.figures.test_queries import answered


@pytest.fixture
def indicator(db):
    """54 of 71, of 134."""
    question = factories.QuestionFactory(survey__population=134)
    answered(question, *["very_satisfied"] * 54, *["satisfied"] * 17)
    return factories.IndicatorFactory(event=question.survey.event, question=question)


def readings() -> list[tuple[float | None, int | None]]:
    rows = IndicatorReading.objects.order_by("taken_at", "pk")
    return [(None if row.value is None else round(row.value, 1), row.n) for row in rows]


def finding(indicator):
    row = Indicator.objects.with_sources().get(pk=indicator.pk)
    return findings([row], at=NOW)[row.pk]


def test_reading_is_written_when_the_value_has_changed_and_not_otherwise(indicator):
    assert take_readings(at=NOW) == 1
    assert take_readings(at=NOW + timedelta(hours=1)) == 0
    answered(indicator.question, *["very_satisfied"] * 4)
    assert take_readings(at=NOW + timedelta(hours=2)) == 1

    assert readings() == [(76.1, 71), (77.3, 75)]


def test_reading_is_of_the_event_that_was_asked_for(indicator):
    other = factories.IndicatorFactory(question=factories.QuestionFactory())

    assert take_readings(events=[indicator.event_id], at=NOW) == 1
    assert not other.readings.exists()


def test_withheld_figure_leaves_no_value_in_its_reading(db):
    question = factories.QuestionFactory()
    answered(question, "very_satisfied", "satisfied")
    factories.IndicatorFactory(event=question.survey.event, question=question)

    take_readings(at=NOW)

    row = IndicatorReading.objects.get()
    assert (row.value, row.low, row.high) == (None, None, None)


def test_trail_tells_when_the_figure_moved(indicator):
    take_readings(at=NOW)
    assert finding(indicator).trail.before is None
    answered(indicator.question, *["very_satisfied"] * 4)
    take_readings(at=NOW + timedelta(days=1))

    trail = finding(indicator).trail
    assert (trail.moved.taken_at, trail.before.n) == (NOW + timedelta(days=1), 71)


def test_trail_warns_when_what_is_counted_changed(indicator):
    Indicator.objects.update(target=70)
    take_readings(at=NOW)
    assert finding(indicator).trail.broken is None
    Indicator.objects.update(target=75)
    indicator.question.text = "Trivdes ni?"
    indicator.question.save()
    take_readings(at=NOW + timedelta(days=1))

    fields = [(before, after) for _what, before, after in finding(indicator).trail.broken.fields]
    assert fields == [("Hur nöjd är du?", "Trivdes ni?"), ("70", "75")]


def test_fingerprint_forgets_empty_fields_and_order():
    assert fingerprint({"source": "typed", "unit": ""}) == fingerprint({"unit": None, "source": "typed"})
    assert fingerprint({"baseline": 0}) != fingerprint({"baseline": None})


def test_differences_are_in_the_order_of_fields():
    before, after = {"target": "70", "source": "typed"}, {"target": "75", "source": "typed", "unit": "dagar"}
    assert differences(before, after) == [("unit", None, "dagar"), ("target", "70", "75")]


def test_answers_that_come_into_the_box_are_read_by_the_worker(indicator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write_ballots(indicator.question.survey, [Sheet("link", [(indicator.question_id, "very_satisfied")])] * 4)
    task = DBTaskResult.objects.get()
    read_event.call(*task.args_kwargs["args"])

    assert readings() == [(77.3, 75)]


def test_survey_that_closes_is_read_by_the_worker(indicator, organiser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        close_survey(survey=indicator.question.survey, by=organiser, at=NOW)

    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["args"]) == (read_event.module_path, [indicator.event_id])


def test_figure_lags_until_it_is_read_and_again_when_it_has_moved(indicator):
    assert finding(indicator).lags
    take_readings(at=NOW)
    assert not finding(indicator).lags
    answered(indicator.question, "very_satisfied")
    assert finding(indicator).lags


def test_withheld_figure_that_is_read_does_not_lag(db):
    question = factories.QuestionFactory()
    answered(question, "very_satisfied", "satisfied")
    indicator = factories.IndicatorFactory(event=question.survey.event, question=question)
    take_readings(at=NOW)

    assert not finding(indicator).lags


@pytest.fixture
def look(db, client_for, django_capture_on_commit_callbacks):
    """``look(plan)``: somebody opens the follow-up of 2027; which indicators the worker has been given so far."""
    cache.clear()
    reader = factories.UserFactory()

    def open_followup(plan) -> list[list[int]]:
        if not reader.grants.exists():
            factories.grant(reader, Role.READER, area=plan.area)
        with django_capture_on_commit_callbacks(execute=True):
            page = client_for(reader).get(reverse("surveys:followup", args=[plan.pk, 2027]))
        assert page.status_code == 200
        tasks = DBTaskResult.objects.filter(task_path=read_indicators.module_path)
        return [task.args_kwargs["args"][0] for task in tasks]

    return open_followup


def test_what_has_moved_is_read_when_the_follow_up_is_opened_once_a_minute(indicator, look):
    take_readings(at=NOW)
    plan = indicator.activity.plan
    assert look(plan) == []
    answered(indicator.question, "very_satisfied")

    assert [look(plan), look(plan)] == [[[indicator.pk]]] * 2
    cache.clear()  # the minute is over, and the worker has not come yet
    assert len(look(plan)) == 2


def test_people_who_come_in_are_read_without_a_word_from_the_door(look, django_capture_on_commit_callbacks):
    ticket = factories.TicketFactory()
    indicator = factories.IndicatorFactory(event=ticket.event, question=None, source="attendance")
    take_readings(at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        let_in(ticket)
    assert not DBTaskResult.objects.exists()

    assert look(indicator.activity.plan) == [[indicator.pk]]
    take_readings(indicators=[indicator.pk], at=NOW + timedelta(hours=1))

    assert readings() == [(None, None), (1.0, None)]


def test_companies_and_money_are_read_when_they_have_changed(db):
    event = factories.EventFactory()
    rows = [
        factories.IndicatorFactory(event=event, question=None, source=source)
        for source in ("municipalities", "returning", "income", "exhibitor_cost")
    ]
    assert (take_readings(at=NOW), take_readings(at=NOW + timedelta(hours=1))) == (4, 0)

    paper = issued(event)  # to a company that holds a place, from Lund
    assert take_readings(at=NOW + timedelta(hours=2)) == 3

    latest = {row.source: row.readings.latest("taken_at") for row in rows}
    assert {source: (one.value, one.n) for source, one in latest.items()} == {
        "municipalities": (1, None),
        "returning": (None, None),
        "income": (paper.net_ore / 100, None),
        "exhibitor_cost": (None, 1),
    }
    assert latest["income"].source == f"income:{event.slug}"
