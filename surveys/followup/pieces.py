"""What surveys and follow-up add to the pages of events: answers on the overview, figures on an activity's page."""

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
from events.programme.hooks import Number
from events.programme.models import Event
from surveys.answers.queries import turnouts
from surveys.followup.queries import activity_findings
from surveys.questionnaires.models import SurveyState


def overview_numbers(event: Event, user: User) -> list[Number]:
    """Answers to each survey that is or was open, of how many, with the response rate."""
    if not may(user, "surveys.view", event):
        return []
    return [
        Number(
            _("Answers from exhibitors") if row.survey.audience == "exhibitors" else _("Answers from visitors"),
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


def activity_section(activity: Activity, request: HttpRequest) -> str:
    """The figures that stand in the activity's row of the follow-up, and the way there."""
    if not may(request.user, "followup.view", activity):
        return ""
    context = {"activity": activity, "findings": activity_findings(activity, at=timezone.now())}
    return render_to_string("surveys/followup/activity_section.html", context, request)
