import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from surveys.answers.models import Ballot, SealedBallot
from tests import factories
from tests.surveys.answers.who_came import exhibitor_who_came

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(db):
    survey = factories.SurveyFactory()
    factories.QuestionFactory(survey=survey)
    return survey


def page(survey, name: str) -> str:
    return reverse(f"surveys:survey-{name}", args=[survey.event.slug, survey.audience])


def test_invite_asks_first_and_says_how_many(survey, organiser_client):
    exhibitor_who_came(survey.event)
    exhibitor_who_came(survey.event, "lo@bageriet.example")

    response = organiser_client(survey.event).get(page(survey, "invite"))

    assert response.context["text"].startswith("2 ")
    assert survey.invitations.count() == 0


def test_invite_sends_and_says_so(survey, organiser_client):
    exhibitor_who_came(survey.event)

    response = organiser_client(survey.event).post(page(survey, "invite"), follow=True)

    assert survey.invitations.count() == 1
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


def test_invite_again_says_that_everybody_is_invited(survey, organiser_client):
    exhibitor_who_came(survey.event)
    client = organiser_client(survey.event)
    client.post(page(survey, "invite"))

    response = client.post(page(survey, "invite"), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["success", "info"]
    assert survey.invitations.count() == 1


def test_refusals_are_told(survey, organiser_client):
    client = organiser_client(survey.event)

    for name in ("invite", "remind"):
        response = client.post(page(survey, name), follow=True)
        assert "error" in [message.level_tag for message in response.context["messages"]]


def test_remind_says_how_many(survey, organiser_client):
    factories.InvitationFactory(survey=survey, invited_at=timezone.now() - timezone.timedelta(days=2))

    response = organiser_client(survey.event).get(page(survey, "remind"))

    assert response.context["text"].startswith("1 ")


def test_preview_walks_to_the_end_and_keeps_nothing(survey, organiser_client):
    client = organiser_client(survey.event, Role.READER)
    url = page(survey, "preview")

    summary = client.post(url, {"at": "1", "choice": "satisfied", "spoken": "en"})
    thanks = client.post(url, {"at": "2", "answer-satisfied": "1.satisfied", "go": "send", "spoken": "en"})

    assert [response.status_code for response in (client.get(url), summary, thanks)] == [200, 200, 200]
    assert reverse("surveys:survey", args=[survey.event.slug, survey.audience]) in thanks.content.decode()
    assert (Ballot.objects.count(), SealedBallot.objects.count()) == (0, 0)
