"""Writes down what papers report about an event."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from events.versions import take_version
from surveys.figures.models import ReportedFigure

WRITTEN = audit.verb("reported.written", _("wrote down the reported figure"))
CHANGED = audit.verb("reported.changed", _("changed the reported figure"))
REMOVED = audit.verb("reported.removed", _("removed the reported figure"))


class ReportedTwice(Refusal):
    code = "reported_twice"
    message = _("That figure is reported already.")


class StandsInFollowup(Refusal):
    code = "stands_in_followup"
    message = _("The figure stands in the follow-up. Take it out of the activity's row first.")


class Details(TypedDict):
    finding: str
    finding_en: str
    percent: Decimal
    approximate: bool
    answers: int | None
    source: str


@transaction.atomic
def write_reported(*, event: Event, by: User | None, at: datetime, **details: Unpack[Details]) -> ReportedFigure:
    """A figure that a paper reports about ``event``. Raises ReportedTwice."""
    event = Event.objects.locked(event.pk)
    if event.reported_figures.filter(finding=details["finding"]).exists():
        raise ReportedTwice
    last = event.reported_figures.order_by("-position").values_list("position", flat=True).first()
    figure = ReportedFigure.objects.create(event=event, position=(last or 0) + 1, **details)
    audit.created(figure, WRITTEN, by=by, at=at)
    return figure


@transaction.atomic
def change_reported(
    *, figure: ReportedFigure, seen: int, by: User, at: datetime, **details: Unpack[Details]
) -> ReportedFigure:
    """Correct what was written down. Raises Stale, ReportedTwice."""
    figure = ReportedFigure.objects.select_for_update(no_key=True).get(pk=figure.pk)
    take_version(figure, seen)
    others = ReportedFigure.objects.filter(event=figure.event_id, finding=details["finding"]).exclude(pk=figure.pk)
    if others.exists():
        raise ReportedTwice
    with audit.change(figure, CHANGED, by=by, at=at):
        for name, value in details.items():
            setattr(figure, name, value)
        figure.save()
    return figure


@transaction.atomic
def remove_reported(*, figure: ReportedFigure, by: User, at: datetime) -> None:
    """Take it away. Raises StandsInFollowup: what the directors may read does not vanish by itself."""
    figure = ReportedFigure.objects.select_for_update(no_key=True).get(pk=figure.pk)
    if figure.indicators.exists():
        raise StandsInFollowup
    audit.record(figure, REMOVED, by=by, at=at, changes={"finding": [figure.finding, None]})
    figure.delete()
