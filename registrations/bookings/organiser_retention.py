"""How long the words about a class are known: why it wanted to come, and what the organiser noted when reading that."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.retention.rules import YEAR, Rule
from registrations.bookings.models import SchoolClass

WORDS = {"reason": "", "score_note": ""}


def erase_reasons(before: datetime, limit: int) -> int:
    """Leave of each class at an evening that ended before ``before`` its points, and nothing of the words behind them.

    The trail never had them.
    """
    due = SchoolClass.objects.filter(booking__night__event__ends_at__lt=before).exclude(**WORDS)
    chosen = list(due.order_by("pk").values_list("pk", flat=True)[:limit])
    return SchoolClass.objects.filter(pk__in=chosen).update(**WORDS)


REASONS = Rule(
    code="class-reasons",
    what=_("Why a class wanted to come, and the organiser's note on it: free text that may name somebody"),
    why=_("To choose when places are short, and to explain the choice to a school that asks."),
    keep=YEAR,
    since=_("after the evening"),
    then=_("The points stay."),
    erase=erase_reasons,
)
