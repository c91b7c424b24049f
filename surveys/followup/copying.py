"""Indicators of the next period's plan: those whose figure no event has, from what they show last."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import ngettext

from events.access import audit
from events.access.models import User
from events.plan.hooks import Copied
from surveys.followup.findings import figures_of
from surveys.followup.models import Indicator
from surveys.followup.numbers import shown
from surveys.followup.readings.telling import read_indicators_soon
from surveys.followup.services import ADDED

KEPT = (
    "source",
    "position",
    "name",
    "definition",
    "unit",
    "direction",
    "responsible_id",
    "on_front",
    "programmes",
)


def copy_indicators(copied: Copied, by: User | None, at: datetime) -> str:
    """Give the new plan the earlier one's typed indicators and those of applicants; how many figures stay, in words.

    What one shows last is the new one's baseline; target, year, value and sentence are left empty. It stands in the row
    of its activity, or under its goals alone where the activity is over. What belongs to an event stays with it: the
    next event has questions and numbers of its own.
    """
    rows = list(Indicator.objects.of_plan(copied.earlier).with_sources().prefetch_related("goals").order_by("pk"))
    figures = figures_of([row for row in rows if row.event_id is None], at=at)
    left, new = 0, []
    for row in rows:
        activity = copied.activities.get(row.activity_id or 0)
        goals = [copied.goals[goal.pk] for goal in row.goals.all() if goal.pk in copied.goals]
        if row.event_id is not None or not (activity or goals or row.plan_id):
            left += 1
            continue
        one = Indicator(activity=activity, plan=None if activity else copied.plan)
        for name in KEPT:
            setattr(one, name, getattr(row, name))
        value = shown(figures[row.pk]).value if row.pk in figures else None
        one.baseline = row.baseline if value is None else Decimal(str(round(value, 2)))
        one.save()
        one.goals.set(goals)
        audit.created(one, ADDED, by=by, at=at)
        new.append(one.pk)
    read_indicators_soon(new)
    return _left_words(left) if left else ""


def _left_words(left: int) -> str:
    words = ngettext(
        "%(left)s figure stays with the event or activity that it tells of. Choose it anew when the next event is there.",
        "%(left)s figures stay with the event or activity that they tell of. Choose them anew when the next event is "
        "there.",
        left,
    )
    return words % {"left": left}
