"""The surveys that wait for the coming editions: drafts, as an organiser has them some months ahead."""

from datetime import datetime

from events.access.models import User
from events.programme.models import Event
from surveys.questionnaires.models import Audience, Survey
from surveys.questionnaires.services import copy_survey, create_survey


def draft_surveys(fair: Event, night: Event, by: User, at: datetime) -> None:
    """The exhibitors are asked what they were asked in 2019; the hosts' survey is left for whoever tries the demo."""
    last = Survey.objects.get(event__slug="b2b-2019", audience=Audience.EXHIBITORS)
    copy_survey(event=fair, source=last, by=by, at=at)
    create_survey(event=fair, audience=Audience.VISITORS, by=by, at=at)
    create_survey(event=night, audience=Audience.PUPILS, by=by, at=at)
    create_survey(event=night, audience=Audience.TEACHERS, by=by, at=at)
