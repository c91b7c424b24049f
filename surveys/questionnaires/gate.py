"""The gate to a survey: through its event's."""

from django.shortcuts import get_object_or_404

from events.access.gate import Visitor, get_event_for
from surveys.questionnaires.models import Survey


def get_survey_for(user: Visitor, slug: str, audience: str, permission: str) -> Survey:
    """The survey of ``audience`` at the event ``slug`` if ``user`` holds ``permission`` on the event; otherwise 404."""
    event = get_event_for(user, slug, permission)
    survey = get_object_or_404(Survey, event=event, audience=audience)
    survey.event = event
    return survey
