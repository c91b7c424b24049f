"""Three months after a survey's last day nobody knows who was asked; how many is still counted."""

from datetime import timedelta

import pytest

from events.retention.services import erase_what_is_due
from surveys.answers import services
from surveys.answers.models import Invitation
from surveys.answers.queries import who_came
from surveys.questionnaires.models import Audience, SurveyState
from tests import factories
from tests.door_factories import let_in

pytestmark = pytest.mark.django_db


def addresses() -> list[str]:
    return list(Invitation.objects.order_by("pk").values_list("email", flat=True))


def test_addresses_are_erased_three_months_after_the_last_day(now):
    closed = factories.SurveyFactory(state=SurveyState.CLOSED, closes_at=now - timedelta(days=91))
    running = factories.SurveyFactory(closes_at=now - timedelta(days=89))
    undated = factories.SurveyFactory(state=SurveyState.CLOSED, closes_at=None)
    factories.InvitationFactory.create_batch(2, survey=closed, used=True)
    factories.InvitationFactory(survey=running, email="young@x.example")
    factories.InvitationFactory(survey=undated, email="undated@x.example", invited_at=now - timedelta(days=91))

    counts = [erase_what_is_due(at=now).get("invitations", 0) for _ in range(2)]

    assert counts == [3, 0]
    assert [email.endswith("@erased.invalid") for email in addresses()] == [True, True, False, True]
    assert closed.invitations.filter(used=True).count() == 2


def test_survey_that_is_opened_again_asks_nobody_twice_and_no_invented_address(now, organiser):
    survey = factories.SurveyFactory(state=SurveyState.CLOSED, closes_at=now - timedelta(days=91))
    factories.InvitationFactory(survey=survey, invited_at=now - timedelta(days=120))
    erase_what_is_due(at=now)
    survey.state, survey.closes_at = SurveyState.OPEN, now + timedelta(days=7)
    survey.save()

    for act in (services.invite, services.remind):
        with pytest.raises(services.InvitedErased):
            act(survey=survey, by=organiser, at=now)


def test_erased_visitors_are_not_asked():
    survey = factories.SurveyFactory(audience=Audience.VISITORS)
    ticket = factories.TicketFactory(visitor__event=survey.event)
    at = survey.event.ends_at
    let_in(ticket, at=at)
    assert len(who_came(survey)) == 1

    erase_what_is_due(at=at + timedelta(days=366))

    assert who_came(survey) == {}
