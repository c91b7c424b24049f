"""How long it is known who a visitor was."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.retention.rules import YEAR, Rule, nobody
from registrations.visitors.models import Visitor


def erase_visitors(before: datetime, limit: int) -> int:
    """Leave of each visitor to an event that ended before ``before`` that somebody signed up, and nothing of whom."""
    due = list(Visitor.objects.known().filter(event__ends_at__lt=before).order_by("pk")[:limit])
    for visitor in due:
        visitor.name = visitor.company = ""
        visitor.email = nobody()
    Visitor.objects.bulk_update(due, ["name", "company", "email"])
    audit.forget(Visitor, [visitor.pk for visitor in due])
    return len(due)


VISITORS = Rule(
    code="visitors",
    what=_("Visitors: name, company, e-mail"),
    why=_("To send the ticket, to know you at the door, and to ask afterwards what you thought."),
    keep=YEAR,
    since=_("after the event"),
    then=_("That somebody signed up and came stays, as a number."),
    erase=erase_visitors,
)
