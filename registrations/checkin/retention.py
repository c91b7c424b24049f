"""How long it is kept what a code that no ticket has said."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from events.retention.rules import Rule
from registrations.checkin.models import Scan


def erase_unknown_codes(before: datetime, limit: int) -> int:
    """Leave of each code that was read before ``before`` and led to no ticket that one was."""
    due = Scan.objects.exclude(text="").filter(received_at__lt=before).order_by("pk")
    chosen = list(due.values_list("pk", flat=True)[:limit])
    return Scan.objects.filter(pk__in=chosen).update(text="")


UNKNOWN_CODES = Rule(
    code="unknown-codes",
    what=_("Codes scanned at the door that are no ticket's: whatever they say"),
    why=_("To find out why somebody was not let in."),
    keep=timedelta(days=90),
    since=_("after the scan"),
    then=_("That a code was scanned stays."),
    erase=erase_unknown_codes,
)
