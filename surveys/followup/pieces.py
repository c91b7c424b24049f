"""What surveys and follow-up add to the pages of events: answers on the overview, figures on an activity's page."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.access.models import User
from events.access.rules import may
from events.look.formats import percent
from events.plan.models import Activity
from events.programme.hooks import Number, Stage
from events.programme.models import Event
from surveys.answers.queries import turnouts
from surveys.followup.queries import activity_findings
from surveys.questionnaires.models import SurveyState
from surveys.questionnaires.names import ANSWERS_FROM


def overview_numbers(event: Event, user: User) -> list[Number]:
    """Answers to each survey that is or was open, of how many, with the response rate."""
    if not may(user, "surveys.view", event):
        return []
    return [
        Number(
            str(ANSWERS_FROM[row.survey.audience]),
            row.answered,
            reverse("surveys:survey", args=[event.slug, row.survey.audience]),
            ""
            if row.response_rate is None
            else _("%(rate)s answered") % {"rate": percent(row.response_rate, get_language(), 0)},
            row.population if row.response_rate is not None else None,
        )
        for row in turnouts(event, at=timezone.now())
        if row.answered or row.survey.state != SurveyState.DRAFT
    ]


def later_stages(event: Event, at: datetime) -> list[Stage]:
    """Whether people were asked, and whether what they answered stands in the follow-up."""
    surveys = [survey for survey in event.surveys.all() if survey.state != SurveyState.DRAFT]
    opened_at = min((survey.opened_at for survey in surveys if survey.opened_at), default=None)
    closed = bool(surveys) and all(not survey.takes_answers(at) for survey in surveys)
    asked = Stage(_("Survey"), bool(surveys), opened_at, "" if surveys else _("Goes out to those who came."))
    followed_up = closed and event.indicators.exists()
    return [asked, Stage(_("Follow-up"), followed_up, None, _("The figures stand in the activity's row."))]


def activity_section(activity: Activity, request: HttpRequest) -> str:
    """The figures that stand in the activity's row of the follow-up, and the way there."""
    if not may(request.user, "followup.view", activity):
        return ""
    context = {"activity": activity, "findings": activity_findings(activity, at=timezone.now())}
    return render_to_string("surveys/followup/activity_section.html", context, request)
