"""The directors' page: what a director needs on one screen."""

import re

import pytest
from django.urls import reverse

from events.access.models import Role
from surveys.followup.models import Indicator
from tests import factories
from tests.surveys.figures.test_queries import answered
from tests.surveys.followup.frozen.example import make_example

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    return make_example()


@pytest.fixture
def client(example, client_for):
    director = factories.UserFactory()
    factories.grant(director, Role.READER, area=example.plan.area)
    return client_for(director)


def address(plan, year: int = 2019) -> str:
    return reverse("surveys:directors", args=[plan.pk, year])


def show(client, plan, year: int = 2019) -> str:
    text = client.get(address(plan, year)).content.decode().split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


def test_page_shows_what_is_done_and_what_is_late(client, example):
    factories.ActivityFactory(plan=example.plan, year=2019, title="Kartan", status="delayed")

    text = show(client, example.plan)

    assert "1 av 3 genomförda" in text
    late = text.split("Försenat", 1)[1].split("Aktiviteter", 1)[0]
    assert ("Kartan" in late, "Studiebesök" in late) == (True, False)


def test_page_shows_the_figures_that_were_chosen_and_otherwise_the_shares(client, example):
    assert "76,1 %" in show(client, example.plan)
    Indicator.objects.filter(pk=example.exhibitors.pk).update(on_front=True)

    text = show(client, example.plan).split("Försenat", 1)[0]

    assert "Antal utställare –" in text
    assert "76,1 %" not in text


def test_page_shows_three_figures_at_most(client, example):
    for place in range(5):
        factories.IndicatorFactory(
            activity=example.fair, event=None, question=None, source="typed", name=f"Mått {place}", on_front=True
        )

    text = show(client, example.plan)

    assert [place for place in range(5) if f"Mått {place}" in text] == [0, 1, 2]


def test_last_years_figure_stands_beside_only_where_it_is_of_the_same(client, example):
    asked = {"key": example.question.key, "kind": example.question.kind}
    for text, answers in ((example.question.text, 30), ("En annan fråga?", 40)):
        activity = factories.ActivityFactory(plan=example.plan, year=2020)
        event = factories.EventFactory(area=example.plan.area, activity=activity)
        question = factories.QuestionFactory(survey__event=event, text=text, **asked)
        answered(question, *["very_satisfied"] * answers, *["satisfied"] * (50 - answers))
        factories.IndicatorFactory(activity=activity, event=event, question=question)

    text = show(client, example.plan, 2020)

    assert "2019: 76,1 %" in text
    assert text.count("2019: ingen siffra att jämföra med") == 1


def test_page_of_a_year_without_activities_says_so(client, example):
    example.planned.delete()

    assert "Planen har inga aktiviteter för året." in show(client, example.plan, 2020)


def test_page_leads_on_to_the_document_and_to_each_figures_source(client, example):
    text = client.get(address(example.plan)).content.decode()

    assert reverse("surveys:followup", args=[example.plan.pk, 2019]) in text
    assert f"#exhibitors-{example.question.key}" in text


def test_page_of_another_year_or_for_a_stranger_is_404(client, client_for, example):
    assert client.get(address(example.plan, 2018)).status_code == 404
    assert client_for(factories.UserFactory()).get(address(example.plan)).status_code == 404
    assert client.post(address(example.plan)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_one_activity_as_for_three(client, example, count, django_assert_num_queries):
    for _ in range(count):
        factories.ActivityFactory(plan=example.plan, year=2019).responsible.add("1281")
        factories.ActivityFactory(plan=example.plan, year=2018)
    client.get(address(example.plan))

    with django_assert_num_queries(15):
        client.get(address(example.plan))
