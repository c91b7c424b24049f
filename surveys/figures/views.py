"""What an event came to, in figures."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from events.municipalities.models import Municipality
from events.programme.models import Event
from surveys.answers.batches import opens_from
from surveys.answers.queries import sealed_answers
from surveys.applicants.chart import columns_of
from surveys.applicants.queries import beside_the_night
from surveys.figures.bars import bar_of
from surveys.figures.pupils import NightNumbers, Pupils, numbers_of_nights
from surveys.figures.queries import counts_of_events, figures_of_event, reported_of_event
from surveys.questionnaires.models import Audience


@login_required
@require_safe
def event_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Each question's figure with its bar, interval, base and source; the event's plain numbers on top."""
    event = get_event_for(request.user, slug, "figures.view")
    now = timezone.now()
    figures = figures_of_event(event, at=now)
    sealed = sealed_answers(event, at=now)
    groups = [
        (
            audience,
            [(figure, bar_of(figure, get_language())) for figure in figures if figure.asked.audience == audience],
            sealed.get(audience),
        )
        for audience in Audience
    ]
    context = {
        "event": event,
        "counts": {count.key: count for count in counts_of_events([event], at=now).values()},
        "reported": reported_of_event(event, at=now),
        "groups": [group for group in groups if group[1]],
        "computed_at": now,
        "below": settings.SUPPRESS_BELOW,
        "enough": opens_from(settings.SUPPRESS_BELOW),
    }
    if event.takes_schools:
        context |= _of_night(event, now)
    return render(request, "surveys/figures/event.html", context)


def _of_night(event: Event, now: datetime) -> dict[str, Any]:
    """The pupils by municipality, and how many applied to the programmes that the night is about."""
    numbers = numbers_of_nights([event.pk]).get(event.pk, NightNumbers())
    towns = Municipality.objects.alphabetical()
    beside = beside_the_night(event, at=now)
    return {
        "night": numbers,
        "towns": [(town.name, numbers.by_municipality.get(town.code, Pupils())) for town in towns],
        "beside": beside,
        "marks": columns_of(beside.series, get_language()) if beside else [],
    }
