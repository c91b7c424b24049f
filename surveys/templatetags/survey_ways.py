"""The ways in to a survey on its page: ``{% load survey_ways %} {% survey_ways survey row %}``."""

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Sum
from django.template import Context
from django.urls import reverse

from surveys.answers.oddities import oddities_of
from surveys.answers.queries import Turnout
from surveys.questionnaires.models import Audience, Survey
from surveys.questionnaires.scales import TEXTS

register = template.Library()


@register.inclusion_tag("surveys/answers/_ways_in.html", takes_context=True)
def survey_ways(context: Context, survey: Survey, row: Turnout) -> dict[str, Any]:
    """Codes, the open link, paper, words and what looks odd."""
    codes = survey.class_codes.aggregate(cap=Sum("cap"), used=Sum("used"))
    open_url = settings.BASE_URL + reverse("surveys:open-answer", args=[survey.open_key]) if survey.open_key else ""
    return {
        "event": survey.event,
        "survey": survey,
        "can_edit": context.get("can_edit"),
        "can_see_figures": context.get("can_see_figures"),
        "is_pupils": survey.audience == Audience.PUPILS,
        "cap": codes["cap"],
        "used": codes["used"] or 0,
        "open_url": open_url,
        "has_words": survey.questions.filter(kind__in=TEXTS).exists(),
        "odd": oddities_of(survey, answered=row.answered, population=row.population),
        "request": context.get("request"),
    }
