"""How long it is known which team of a class had a wheelchair, and why something was decided by hand."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from events.retention.rules import YEAR, Rule
from registrations.allocation.models import HandPlacing, Proposal, Team
from registrations.bookings.models import SchoolClass

KEY = "wheelchair"
# As both databases write a JSON column when it is read as text.
TELLS = f'"{KEY}": true'
COLUMNS = ("instance", "solution", "baselines")


def erase_wheelchairs(before: datetime, limit: int) -> int:
    """Of an evening that ended before ``before``: leave the teams, and who needed what in none of them.

    It stands in the teams, in what the proposals were worked out from, and in the reasons that schools were given.
    """
    teams = Team.objects.filter(school_class__booking__night__event__ends_at__lt=before, wheelchairs__gt=0)
    chosen = list(teams.order_by("pk").values_list("pk", flat=True)[:limit])
    erased = Team.objects.filter(pk__in=chosen).update(wheelchairs=0)
    erased += _erase_in(SchoolClass.objects.filter(booking__night__event__ends_at__lt=before), ("outcome",), limit)
    # A proposal is large: a few at a time.
    return erased + _erase_in(Proposal.objects.filter(night__event__ends_at__lt=before), COLUMNS, min(limit, 5))


def _erase_in(rows: QuerySet[Any], columns: tuple[str, ...], limit: int) -> int:
    """Say "no wheelchair" in the JSON ``columns`` of at most ``limit`` of ``rows``; how many rows said otherwise."""
    said = rows.annotate(**{f"{name}_text": Cast(name, TextField()) for name in columns})
    tells = Q(pk__in=[])
    for name in columns:
        tells |= Q(**{f"{name}_text__contains": TELLS})
    found: list[Model] = list(rows.model._default_manager.filter(pk__in=list(_keys(said.filter(tells), limit))))
    for row in found:
        for name in columns:
            setattr(row, name, without_wheelchairs(getattr(row, name)))
        row.save(update_fields=columns)
    return len(found)


def _keys(rows: QuerySet[Any], limit: int) -> QuerySet[Any]:
    return rows.order_by("pk").values_list("pk", flat=True)[:limit]


def without_wheelchairs(value: Any) -> Any:
    """``value`` (JSON) with every team's wheelchair gone. Pure."""
    if isinstance(value, list):
        return [without_wheelchairs(one) for one in value]
    if isinstance(value, dict):
        return {key: False if key == KEY and one is True else without_wheelchairs(one) for key, one in value.items()}
    return value


def erase_notes(before: datetime, limit: int) -> int:
    """Forget why a class of an evening that ended before ``before`` was decided about by hand; that it was, stays."""
    rows = HandPlacing.objects.filter(school_class__booking__night__event__ends_at__lt=before).exclude(note="")
    chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    return HandPlacing.objects.filter(pk__in=chosen).update(note="")


WHEELCHAIRS = Rule(
    code="team-wheelchairs",
    what=_("Which team of a class had somebody in a wheelchair: a number in its timetable and in the proposals"),
    why=_("So that nobody is sent to a station that they can not reach."),
    keep=timedelta(days=30),
    since=_("after the evening"),
    then=_("The timetables stay, as teams and stations."),
    erase=erase_wheelchairs,
)
HAND_NOTES = Rule(
    code="hand-notes",
    what=_("Why the organiser decided about a class by hand: free text that may name somebody"),
    why=_("To explain the decision to a school that asks."),
    keep=YEAR,
    since=_("after the evening"),
    then=_("That it was decided by hand stays."),
    erase=erase_notes,
)
