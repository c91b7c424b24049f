import pytest
from django.urls import reverse
from django.utils import translation

from events.access.models import Role
from surveys.followup import pieces
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def test_overview_tells_answers_and_response_rate(organiser):
    survey = factories.SurveyFactory(population=4)
    factories.InvitationFactory(survey=survey, used=True)
    factories.grant(organiser, Role.READER, event=survey.event)

    numbers = pieces.overview_numbers(survey.event, organiser)

    url = reverse("surveys:survey", args=[survey.event.slug, "exhibitors"])
    assert [(number.value, number.url, number.of) for number in numbers] == [(1, url, 4)]
    assert "25\u00a0%" in numbers[0].hint


def test_overview_leaves_drafts_without_answers_out(organiser):
    survey = factories.SurveyFactory(state="draft")
    factories.grant(organiser, Role.READER, event=survey.event)

    assert pieces.overview_numbers(survey.event, organiser) == []


def test_overview_tells_nothing_to_whoever_may_not_see_surveys(organiser):
    survey = factories.SurveyFactory()
    factories.grant(organiser, Role.DOOR, event=survey.event)

    assert pieces.overview_numbers(survey.event, organiser) == []


def test_activity_shows_its_figures(organiser, rf):
    indicator = factories.IndicatorFactory()
    factories.grant(organiser, Role.READER, area=indicator.activity.plan.area)
    request = rf.get("/")
    request.user = organiser

    section = pieces.activity_section(indicator.activity, request)

    assert "Siffrorna visas när minst 10 har svarat eller enkäten har stängts." in section
    assert reverse("surveys:followup", args=[indicator.activity.plan_id, 2027]) in section


def test_activity_tells_nothing_to_a_stranger(rf):
    request = rf.get("/")
    request.user = factories.UserFactory()

    assert pieces.activity_section(factories.ActivityFactory(), request) == ""
