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
from surveys.figures.breakdowns import findings_of_event
from surveys.figures.facts import Finding, all_findings, came_of, facts_of_event
from surveys.figures.figure import Count, Reason, Reported
from surveys.figures.measures import Measure
from surveys.figures.shares import Interval

HEADINGS = ("figure", "k", "n", "population", "value", "95 % interval", "finite population", "source")


class Command(BaseCommand):
    help = "Print every figure of an event: k, n, population, value with intervals, suppression, wording and source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", metavar="EVENT", help="slug of the event, such as b2b-2019")
        parser.add_argument("--json", action="store_true", help="for programs, with breakdowns; shares from 0 to 1")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            event = Event.objects.get(slug=options["event"])
        except Event.DoesNotExist as missing:
            raise CommandError(f"There is no event {options['event']}.") from missing
        now = timezone.now()
        open_waiting_ballots(surveys=event.surveys.all(), at=now)
        if options["json"]:
            self.stdout.write(json.dumps(facts_of_event(event, at=now), indent=2, ensure_ascii=False))
        else:
            self.stdout.write(_table(event, all_findings(event, findings_of_event(event, at=now), at=now)))


def _table(event: Event, findings: list[Finding]) -> str:
    rows = [HEADINGS, *[row for finding in findings for row in [_row(finding), *_turnout_rows(finding)]]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([event.name, "", lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _turnout_rows(finding: Finding) -> list[tuple[str, ...]]:
    return [
        (data["key"], _number(data["k"]), _number(data["n"]), "", _percent(data["value"]), "", "", data["source"])
        for data in came_of(finding)
    ]


def _row(finding: Finding) -> tuple[str, ...]:
    if isinstance(finding, Count):
        return (finding.key, "", "", "", _number(finding.value), "", "", finding.source)
    if isinstance(finding, Reported):
        share = f"{'about ' if finding.approximate else ''}{_percent(finding.value)} (reported)"
        return (finding.label, "", _number(finding.n), "", share, "", "", finding.source)
    figure, name = finding, f"{finding.asked.audience} {finding.asked.key}"
    if figure.suppressed:
        why = _why(figure.reason)
        return (name, "", _number(figure.n), _number(figure.population), why, "", "", figure.asked.source)
    if isinstance(figure, Measure):
        return _measure_row(name, figure)
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


def _measure_row(name: str, measure: Measure) -> tuple[str, ...]:
    """Its interval stands under "finite population" where it is narrowed to one."""
    limits = measure.interval
    told = f"{_decimal(limits.low)} – {_decimal(limits.high)}" if limits else NOTHING
    places = (NOTHING, told) if measure.population is not None else (told, NOTHING)
    value = f"{measure.statistic} {_decimal(measure.value)}"
    return (name, "", _number(measure.n), _number(measure.population), value, *places, measure.asked.source)


def _why(reason: Reason | None) -> str:
    if reason == Reason.TOO_FEW:
        return f"withheld: under {settings.SUPPRESS_BELOW}"
    if reason == Reason.WAITING:
        return f"from {opens_from(settings.SUPPRESS_BELOW)} answers on, or when closed"
    return "no answers"


def _number(value: int | None) -> str:
    return NOTHING if value is None else number(value, get_language()).replace(NBSP, " ")


def _decimal(value: float | None) -> str:
    return NOTHING if value is None else number(value, get_language(), 1).replace(NBSP, " ")


def _percent(value: float | None) -> str:
    return NOTHING if value is None else percent(value, get_language()).replace(NBSP, " ")


def _limits(interval: Interval | None) -> str:
    return NOTHING if interval is None else f"{_percent(interval.low)} – {_percent(interval.high)}"
