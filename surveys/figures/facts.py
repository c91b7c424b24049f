"""Everything that may be told of an event's figures, for programs: the command's JSON and the API's answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from events.programme.models import Event
from surveys.figures.breakdowns import findings_of_event
from surveys.figures.details import details_data
from surveys.figures.export import as_data, turnouts_data
from surveys.figures.figure import Count, Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.queries import counts_of_events, reported_of_event
from surveys.figures.tables import Findings

Finding = Figure | Measure | Count | Reported


def all_findings(event: Event, questions: Sequence[Findings], *, at: datetime) -> list[Finding]:
    """The questions' figures, then the event's plain numbers, then what papers report."""
    counts = counts_of_events([event], at=at).values()
    return [*[question.finding for question in questions], *counts, *reported_of_event(event, at=at)]


def facts_of_event(event: Event, *, at: datetime) -> dict[str, Any]:
    """The figures of ``event`` as JSON values, each question's distribution and tables under ``details``."""
    questions = findings_of_event(event, at=at)
    findings = all_findings(event, questions, at=at)
    return {
        "event": event.slug,
        "name": event.name,
        "suppress_below": settings.SUPPRESS_BELOW,
        "figures": [data for finding in findings for data in [as_data(finding), *came_of(finding)]],
        "details": [details_data(question) for question in questions],
    }


def came_of(finding: Finding) -> list[dict[str, Any]]:
    """A count's shares of those who were to come stand behind it."""
    return turnouts_data(finding) if isinstance(finding, Count) else []
