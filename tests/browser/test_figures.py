"""The page of figures and its charts in Chromium: legible, narrow, dark, and clean to axe."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from events.access.models import Role
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.surveys.figures.test_breakdowns import answer, ask, group

TOWNS = {"Lund": 14, "Malmö": 11, "Höör": 3, "Eslöv": 8, "Lomma": 7}


@pytest.fixture
def question(db):
    """A closed survey with two years of a share, and a mean; by municipality, where two are withheld."""
    before = factories.QuestionFactory(
        survey__state="closed", survey__event__slug="massan-2025", survey__event__name="Mässan 2025"
    )
    before.survey.event.starts_at -= timedelta(days=365)
    before.survey.event.save()
    answer(before, None, *["very_satisfied"] * 9, *["neither"] * 20)
    event = factories.EventFactory(slug="massan-2026", name="Mässan 2026", copied_from=before.survey.event)
    survey = factories.SurveyFactory(event=event, state="closed", population=80)
    satisfied = ask(survey)
    mark = ask(survey, key="mark", kind="nps", position=2, text="Skulle du rekommendera mässan?")
    for place, (town, answers) in enumerate(TOWNS.items()):
        stratum = group(survey, answers * 2, municipality=town, wave="1" if place % 2 else "2")
        answer(satisfied, stratum, *["very_satisfied"] * (answers - place), *["neither"] * place)
        answer(mark, stratum, *["9"] * (answers - 2), "7", "3")
    return satisfied


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_figures_and_charts_can_be_read_by_everybody(open_page, axe, no_sideways, question, size, scheme):
    event, user = question.survey.event, factories.UserFactory()
    factories.grant(user, Role.ORGANISER, event=event)
    address = reverse("surveys:event-figures", args=[event.slug])
    page = open_page(address, user=user, size=size, language="en", color_scheme=scheme)
    for summary in page.locator("details.figure-behind > summary").all():
        summary.click()
    axe(page)
    no_sideways(page)
    page.get_by_role("link", name="The groups as charts").first.click()

    expect(page.get_by_role("img", name=question.text_en)).to_be_visible()
    axe(page)
    no_sideways(page)
