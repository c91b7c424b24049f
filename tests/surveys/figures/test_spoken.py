"""Words on the pages: of closed surveys among the figures, and above the answers themselves."""

import pytest
from django.urls import reverse

from surveys.answers.models import TextAnswer
from surveys.figures.spoken import spoken_of_event
from surveys.questionnaires.models import SurveyState
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def written(state: str, *texts: str):
    question = factories.QuestionFactory(key="best", kind="short_text", survey__state=state)
    TextAnswer.objects.bulk_create(TextAnswer(question=question, text=text) for text in texts)
    return question


def show(client, name: str, *args: str) -> str:
    client.cookies["torget_language"] = "en"
    return client.get(reverse(f"surveys:{name}", args=args)).content.decode()


def test_words_of_a_closed_survey_stand_among_its_figures(organiser_client):
    question = written(SurveyState.CLOSED, *["Svetsen var bäst"] * 5, "Anna Karlsson")
    event = question.survey.event

    page = show(organiser_client(event), "event-figures", event.slug)

    assert '<th scope="row">svetsen</th>' in page
    assert "Of 6 who wrote something." in page
    assert "karlsson" not in page.lower()
    assert 'style="' not in page


@pytest.mark.parametrize("state", [SurveyState.OPEN, SurveyState.DRAFT])
def test_words_of_a_survey_that_is_not_closed_are_not_among_the_figures(state):
    question = written(state, *["Svetsen"] * 5)

    assert spoken_of_event(question.survey.event, at=NOW) == {}


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Svetsen"] * 4, "Words are counted when at least 5 have written something."),
        (list("abcdef"), "6 have written something, but no word has been used by 5 of them."),
    ],
)
def test_page_says_why_it_shows_no_words(organiser_client, texts, said):
    question = written(SurveyState.CLOSED, *texts)
    event = question.survey.event

    assert said in show(organiser_client(event), "event-figures", event.slug)


def test_words_stand_above_the_answers(organiser_client):
    question = written(SurveyState.OPEN, *["Svetsen", "En svets"] * 5)
    survey = question.survey

    page = show(organiser_client(survey.event), "survey-texts", survey.event.slug, survey.audience)

    assert '<th scope="row">svets</th>' in page
    assert "All 10 answers" in page


def test_words_take_as_many_queries_for_three_questions(django_assert_num_queries):
    question = written(SurveyState.CLOSED, "a")
    for key in ("b", "c"):
        factories.QuestionFactory(survey=question.survey, key=key, kind="long_text")

    with django_assert_num_queries(2):
        (found,) = spoken_of_event(question.survey.event, at=NOW).values()
    assert [one.question.key for one in found] == ["best", "b", "c"]
