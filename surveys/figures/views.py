"""What an event came to, in figures."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from events.access.gate import get_event_for
from events.exports import download, export_response, workbook_bytes
from events.municipalities.models import Municipality
from events.programme.models import Event
from surveys.answers.batches import opens_from
from surveys.answers.queries import sealed_answers
from surveys.applicants.chart import columns_of
from surveys.applicants.queries import beside_the_night
from surveys.figures.breakdowns import findings_of_event, findings_of_question
from surveys.figures.drawings import drawing_of
from surveys.figures.entries import THOUGHT, Entry, entries_of
from surveys.figures.pupils import NightNumbers, Pupils, numbers_of_nights
from surveys.figures.queries import counts_of_events, reported_of_event, with_state
from surveys.figures.sheets import COLUMNS, rows_of, sheets_of
from surveys.figures.spoken import spoken_of_event
from surveys.questionnaires.models import Audience, Question
from surveys.questionnaires.scales import TEXTS

WEIGHTS = "municipality"


@login_required
@require_safe
def event_export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The figures with their tables: as CSV one long list, as Excel a sheet for each question."""
    event = get_event_for(request.user, slug, "figures.view")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    findings = findings_of_event(event, at=timezone.now())
    name = f"{event.slug}-figures"
    if ending == "xlsx":
        return download(ending, name, workbook_bytes(sheets_of(findings)))
    return export_response(ending, name, COLUMNS, [row for one in findings for row in rows_of(one)])


@login_required
@require_safe
def figure_charts(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A question's figure group by group, drawn, with the tables behind it."""
    event = get_event_for(request.user, slug, "figures.view")
    question = get_object_or_404(
        with_state(Question.objects.filter(survey__event=event).exclude(kind__in=TEXTS)), pk=pk
    )
    entry = Entry(findings_of_question(question, at=timezone.now()), None, [])
    context = {"event": event, "entry": entry, "drawing": drawing_of(entry), "below": settings.SUPPRESS_BELOW}
    return render(request, "surveys/figures/charts.html", context)


@login_required
@require_safe
def event_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Each question's figure with its bar, interval, base and source; the event's plain numbers on top.

    ``?weights=municipality`` shows shares weighted by municipality beside the others.
    """
    event = get_event_for(request.user, slug, "figures.view")
    now = timezone.now()
    entries = entries_of(event, at=now)
    sealed, spoken = sealed_answers(event, at=now), spoken_of_event(event, at=now)
    groups = [
        (
            audience,
            THOUGHT[audience],
            [entry for entry in entries if entry.finding.asked.audience == audience],
            sealed.get(audience),
            spoken.get(audience, []),
        )
        for audience in Audience
    ]
    context = {
        "event": event,
        "counts": {count.key: count for count in counts_of_events([event], at=now).values()},
        "reported": reported_of_event(event, at=now),
        "groups": [group for group in groups if group[2] or group[4]],
        "computed_at": now,
        "below": settings.SUPPRESS_BELOW,
        "enough": opens_from(settings.SUPPRESS_BELOW),
        "weighted": request.GET.get("weights") == WEIGHTS,
        "can_weight": any(entry.municipalities for entry in entries),
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
