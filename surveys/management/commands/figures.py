"""``manage.py figures EVENT [--json]``: every figure of an event, with all that it rests on."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import get_language

from events.look.formats import NBSP, NOTHING, number, percent
from events.programme.models import Event
from surveys.answers.batches import opens_from
from surveys.answers.opening import open_waiting_ballots
from surveys.figures.export import as_data
from surveys.figures.figure import Count, Figure, Reason, Reported
from surveys.figures.queries import counts_of_events, figures_of_event, reported_of_event
from surveys.figures.shares import Interval

HEADINGS = ("figure", "k", "n", "population", "value", "95 % interval", "finite population", "source")


class Command(BaseCommand):
    help = "Print every figure of an event: k, n, population, share with intervals, suppression, wording and source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", metavar="EVENT", help="slug of the event, such as b2b-2019")
        parser.add_argument("--json", action="store_true", help="for programs; shares and limits from 0 to 1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            event = Event.objects.get(slug=options["event"])
        except Event.DoesNotExist as missing:
            raise CommandError(f"There is no event {options['event']}.") from missing
        now = timezone.now()
        open_waiting_ballots(surveys=event.surveys.all(), at=now)
        findings: list[Figure | Count | Reported] = [
            *figures_of_event(event, at=now),
            *counts_of_events([event], at=now).values(),
            *reported_of_event(event, at=now),
        ]
        self.stdout.write(_json(event, findings) if options["json"] else _table(event, findings))


def _json(event: Event, findings: list[Figure | Count | Reported]) -> str:
    facts = {
        "event": event.slug,
        "name": event.name,
        "suppress_below": settings.SUPPRESS_BELOW,
        "figures": [as_data(finding) for finding in findings],
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _table(event: Event, findings: list[Figure | Count | Reported]) -> str:
    rows = [HEADINGS, *[_row(finding) for finding in findings]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([event.name, "", lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _row(finding: Figure | Count | Reported) -> tuple[str, ...]:
    if isinstance(finding, Count):
        return (finding.key, "", "", "", _number(finding.value), "", "", finding.source)
    if isinstance(finding, Reported):
        share = f"{'about ' if finding.approximate else ''}{_percent(finding.value)} (reported)"
        return (finding.label, "", _number(finding.n), "", share, "", "", finding.source)
    figure, name = finding, f"{finding.asked.audience} {finding.asked.key}"
    if figure.suppressed:
        why = _why(figure.reason)
        return (name, "", _number(figure.n), _number(figure.population), why, "", "", figure.asked.source)
    return (
        name,
        _number(figure.k),
        _number(figure.n),
        _number(figure.population),
        _percent(figure.value),
        _limits(figure.interval),
        _limits(figure.finite),
        figure.asked.source,
    )


def _why(reason: Reason | None) -> str:
    if reason == Reason.TOO_FEW:
        return f"withheld: under {settings.SUPPRESS_BELOW}"
    if reason == Reason.WAITING:
        return f"from {opens_from(settings.SUPPRESS_BELOW)} answers on, or when closed"
    return "no answers"


def _number(value: int | None) -> str:
    return NOTHING if value is None else number(value, get_language()).replace(NBSP, " ")


def _percent(value: float | None) -> str:
    return NOTHING if value is None else percent(value, get_language()).replace(NBSP, " ")


def _limits(interval: Interval | None) -> str:
    return NOTHING if interval is None else f"{_percent(interval.low)} – {_percent(interval.high)}"
