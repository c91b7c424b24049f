"""How long accounts that nobody proved and the trail are kept."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from events.access.models import AuditEntry
from events.access.services import forget_unproven_users
from events.retention.rules import YEAR, Rule


def erase_trail(before: datetime, limit: int) -> int:
    """Delete entries from before ``before``, the oldest first."""
    old = AuditEntry.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:limit]
    return AuditEntry.objects.filter(pk__in=list(old)).delete()[0]


TRAIL = Rule(
    code="trail",
    what=_("The trail: who changed what, when"),
    why=_("So that mistakes can be found and put right."),
    keep=2 * YEAR,
    since=_("after the change"),
    then=_("What it says of somebody whose own data is erased before that goes with it."),
    erase=erase_trail,
)
UNPROVEN = Rule(
    code="unproven-accounts",
    what=_("Addresses that somebody asked a code for and nobody signed in with"),
    why=_("To send the code."),
    keep=timedelta(days=7),
    since=_("after the code was asked for"),
    erase=lambda before, limit: forget_unproven_users(before=before, limit=limit),
)
