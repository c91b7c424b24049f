import pytest

from registrations.exhibitors.states import State
from surveys.figures.figure import Reason
from surveys.figures.queries import counts_of_events, figures_of_event, figures_of_questions
from surveys.questionnaires.models import Audience
from surveys.questionnaires.queries import populations
from tests import factories
from tests.door_factories import let_in
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def answered(question, *values: str):
    for value in values:
        ballot = factories.BallotFactory(survey=question.survey)
        factories.AnswerFactory(ballot=ballot, question=question, value=value)


def test_figure_counts_only_the_top_answer():
    question = factories.QuestionFactory(survey__population=10)
    answered(question, *["very_satisfied"] * 4, "satisfied", "neither")

    (figure,) = figures_of_event(question.survey.event, at=NOW)

    assert (figure.k, figure.n, figure.population, figure.computed_at) == (4, 6, 10, NOW)


def test_figure_keeps_dont_know_in_its_base():
    question = factories.QuestionFactory(key="contacts", kind="yes_no")
    answered(question, "yes", "yes", "yes", "no", "dont_know")

    (figure,) = figures_of_event(question.survey.event, at=NOW)

    assert (figure.k, figure.n) == (3, 5)


def test_figure_of_few_answers_is_withheld(settings):
    question = factories.QuestionFactory()
    answered(question, "very_satisfied", "satisfied")

    (withheld,) = figures_of_event(question.survey.event, at=NOW)
    settings.SUPPRESS_BELOW = 2
    (shown,) = figures_of_event(question.survey.event, at=NOW)

    assert (withheld.reason, withheld.k, shown.k) == (Reason.TOO_FEW, None, 1)


def test_figures_of_an_event_leave_other_events_out():
    question = factories.QuestionFactory()
    factories.QuestionFactory()

    assert [figure.asked.question for figure in figures_of_event(question.survey.event, at=NOW)] == [question.pk]


def test_figures_come_survey_by_survey_in_the_order_of_the_questions():
    event = factories.EventFactory()
    for audience in (Audience.VISITORS, Audience.EXHIBITORS):
        survey = factories.SurveyFactory(event=event, audience=audience)
        factories.QuestionFactory(survey=survey, key="second", position=2)
        factories.QuestionFactory(survey=survey, key="first", position=1)

    anchors = [figure.asked.anchor for figure in figures_of_event(event, at=NOW)]

    assert anchors == ["exhibitors-first", "exhibitors-second", "visitors-first", "visitors-second"]


@pytest.mark.parametrize("events", [1, 3])
def test_figures_take_as_many_queries_however_many(events, django_assert_num_queries):
    questions = []
    for _ in range(events):
        event = factories.EventFactory()
        for audience in Audience:
            survey = factories.SurveyFactory(event=event, audience=audience)
            questions += [factories.QuestionFactory(survey=survey, key=key) for key in ("one", "two")]

    with django_assert_num_queries(7):  # questions, answers, and a population for each of five audiences
        figures = figures_of_questions([question.pk for question in questions], at=NOW)

    assert list(figures) == [question.pk for question in questions]


def test_population_of_exhibitors_is_those_that_hold_a_place():
    survey = factories.SurveyFactory()
    factories.ExhibitorFactory.create_batch(3, event=survey.event, state=State.ACCEPTED)
    factories.ExhibitorFactory(event=survey.event, state=State.WAITING)
    factories.ExhibitorFactory(state=State.ACCEPTED)

    assert populations([survey]) == {survey.pk: 3}


def test_population_of_visitors_is_those_who_are_signed_up():
    survey = factories.SurveyFactory(audience=Audience.VISITORS)
    factories.VisitorFactory.create_batch(2, event=survey.event)
    factories.VisitorFactory(event=survey.event, state="cancelled")

    assert populations([survey]) == {survey.pk: 2}


def test_population_that_was_written_wins_and_none_is_not_known():
    written = factories.SurveyFactory(population=134)
    unknown = factories.SurveyFactory()

    assert populations([written, unknown]) == {written.pk: 134, unknown.pk: None}


def test_counts_tell_exhibitors_and_heads_through_the_door():
    event = factories.EventFactory()
    factories.ExhibitorFactory.create_batch(2, event=event, state=State.ACCEPTED)
    for heads in (1, 24, 0):
        let_in(factories.TicketFactory(visitor__event=event), heads=heads)

    counts = counts_of_events([event], at=NOW)

    assert {key: count.value for (_event, key), count in counts.items()} == {
        "exhibitors": 2,
        "returning": None,
        "municipalities": 1,
        "attendance": 25,
    }


def test_counts_of_an_event_without_any_are_missing_not_nought():
    event = factories.EventFactory()

    assert [count.value for count in counts_of_events([event], at=NOW).values()] == [None] * 4


@pytest.mark.parametrize("events", [1, 3])
def test_counts_take_two_queries_however_many_events(events, django_assert_num_queries):
    rows = factories.EventFactory.create_batch(events)

    with django_assert_num_queries(2):
        counts_of_events(rows, at=NOW)
