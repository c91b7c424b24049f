import re

import pytest
from django.urls import reverse

from surveys.answers.models import Stratum
from surveys.figures.models import ReportedFigure
from tests import factories
from tests.surveys.figures.test_queries import answered

pytestmark = pytest.mark.django_db


def show(client, event) -> str:
    client.cookies["torget_language"] = "en"
    return client.get(reverse("surveys:event-figures", args=[event.slug])).content.decode().replace("\u00a0", " ")


def test_page_shows_the_figures_of_2019(organiser_client):
    question = factories.QuestionFactory(survey__population=134)
    answered(question, *["very_satisfied"] * 54, *["satisfied"] * 17)

    page = show(organiser_client(question.survey.event), question.survey.event)

    for text in ("54 of 71", "76.1%", "65.0% – 84.5%", "68.6% – 82.2%", "53%", 'id="exhibitors-satisfied"'):
        assert text in page
    assert 'width="76.06%"' in page


def test_page_withholds_few_answers_with_the_reason(organiser_client):
    question = factories.QuestionFactory(survey__population=134)
    answered(question, "very_satisfied", "satisfied", "satisfied")

    page = show(organiser_client(question.survey.event), question.survey.event)

    assert "fewer than 5" in page
    assert "33.3" not in page
    assert "figure-bar" not in page


def test_page_says_when_the_figures_of_an_open_survey_come(organiser_client):
    question = factories.QuestionFactory()
    factories.SealedBallotFactory.create_batch(9, survey=question.survey)

    page = show(organiser_client(question.survey.event), question.survey.event)

    assert "The figures come when at least 10 have answered or the survey is closed." in page
    assert "9 answers more have come in." in page
    assert "Nobody has answered yet" not in page


def test_page_tells_the_answers_that_came_too_late_to_be_counted(organiser_client):
    question = factories.QuestionFactory(survey__state="closed")
    answered(question, *["satisfied"] * 71)
    factories.SealedBallotFactory(survey=question.survey)

    page = show(organiser_client(question.survey.event), question.survey.event)

    assert "1 answer came in after the figures were shown. It is not counted" in page
    assert "0 of 71" in page


def test_page_without_surveys_says_what_to_do(organiser_client):
    event = factories.EventFactory()

    assert reverse("surveys:survey-list", args=[event.slug]) in show(organiser_client(event), event)


def test_page_has_no_inline_style(organiser_client):
    question = factories.QuestionFactory()
    answered(question, *["very_satisfied"] * 6)

    assert not re.search(r"\sstyle=", show(organiser_client(question.survey.event), question.survey.event))


def test_page_takes_as_many_queries_for_three_questions(organiser_client, django_assert_num_queries):
    question = factories.QuestionFactory(survey__population=9)
    event, client = question.survey.event, organiser_client(question.survey.event)
    show(client, event)
    with django_assert_num_queries(11):
        show(client, event)
    for key in ("b", "c"):
        answered(factories.QuestionFactory(survey=question.survey, key=key), *["satisfied"] * 5)

    with django_assert_num_queries(11):
        show(client, event)


# --- The order of the page, and weights ---------------------------------------------------------------------------------


def test_results_come_first_and_an_empty_list_of_reports_last(organiser_client):
    question = factories.QuestionFactory()
    answered(question, *["very_satisfied"] * 6)
    event = question.survey.event
    client = organiser_client(event)

    page = show(client, event)
    assert page.index('id="audience-exhibitors"') < page.index('id="reading"') < page.index('id="reported"')

    ReportedFigure.objects.create(event=event, finding="bra", percent=90, source="Årsredovisningen")
    page = show(client, event)
    assert page.index('id="audience-exhibitors"') < page.index('id="reported"') < page.index('id="reading"')


def by_town(*towns: tuple[str, int, int, int]):
    """A closed survey: in each town so many of so many answered, of whom so many were very satisfied."""
    question = factories.QuestionFactory(survey__state="closed", survey__population=200)
    for name, people, n, k in towns:
        stratum = Stratum.objects.create(survey=question.survey, municipality=name, size=people)
        for number in range(n):
            ballot = factories.BallotFactory(survey=question.survey, stratum=stratum)
            value = "very_satisfied" if number < k else "satisfied"
            factories.AnswerFactory(ballot=ballot, question=question, value=value)
    return question.survey.event


def weighted_page(client, event) -> str:
    client.cookies["torget_language"] = "en"
    address = reverse("surveys:event-figures", args=[event.slug]) + "?weights=municipality"
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_page_shows_weighted_and_unweighted_when_asked(organiser_client):
    """Lund answered eagerly: 30 of 50 with 30 satisfied; Malmö 10 of 150 with none. 30/40, but 1 · ¼ + 0 · ¾."""
    event = by_town(("Lund", 50, 30, 30), ("Malmö", 150, 10, 0))
    client = organiser_client(event)

    plain, page = show(client, event), weighted_page(client, event)

    assert "figure-weighted" not in plain
    assert '<td class="number">75.0%</td>' in page
    assert "<strong>25.0%</strong>" in page


def test_page_says_why_a_share_is_not_weighted(organiser_client):
    event = by_town(("Lund", 50, 30, 30), ("Malmö", 150, 10, 0), ("Höör", 20, 2, 1))

    page = weighted_page(organiser_client(event), event)

    assert "Not weighted: a municipality has too few answers to be shown" in page
    assert "<strong>25.0%</strong>" not in page


def test_page_offers_no_weights_where_nobody_is_told_apart(organiser_client):
    question = factories.QuestionFactory(survey__state="closed")
    answered(question, *["satisfied"] * 6)

    assert "weights=municipality" not in show(organiser_client(question.survey.event), question.survey.event)
