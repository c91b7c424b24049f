"""What surveys and follow-up know of an event's line of time."""

from datetime import timedelta

import pytest

from surveys.followup.pieces import later_stages
from surveys.questionnaires.models import SurveyState
from tests import factories

pytestmark = pytest.mark.django_db


def done(event, at) -> list[bool]:
    return [stage.done for stage in later_stages(event, at)]


def test_stages_come_when_nobody_was_asked_yet(now):
    event = factories.EventFactory()
    factories.SurveyFactory(event=event, state=SurveyState.DRAFT)

    assert done(event, now) == [False, False]


def test_survey_is_behind_when_it_was_opened(now):
    event = factories.EventFactory()
    factories.SurveyFactory(event=event, state=SurveyState.OPEN, opened_at=now)

    asked, followed_up = later_stages(event, now)

    assert (asked.done, asked.when, followed_up.done) == (True, now, False)


@pytest.mark.parametrize("state", [SurveyState.CLOSED, SurveyState.OPEN])
def test_followup_is_behind_when_the_answers_are_in_and_have_their_figure(now, state):
    event = factories.EventFactory()
    survey = factories.SurveyFactory(event=event, state=state, opened_at=now, closes_at=now + timedelta(days=14))
    late = now + timedelta(days=15)
    assert done(event, late) == [True, False]

    factories.IndicatorFactory(event=event, question=factories.QuestionFactory(survey=survey))

    assert done(event, late) == [True, True]
