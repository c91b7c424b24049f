"""Next year's terms of sale out of last year's."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from events.access.models import User
from events.programme.copying import with_year
from events.programme.models import Event
from registrations.orders.models import Terms
from registrations.orders.queries import terms_of
from registrations.orders.terms import set_terms

RULES = ("sells_at_once", "offer_days", "due_days", "reminder_days", "reminder_fee_ore", "takes_cards")
DAYS = ("free_until_on", "half_until_on")


@transaction.atomic
def copy_terms(earlier: Event, event: Event, by: User, at: datetime) -> Terms | None:
    """Let ``event`` sell on the terms of ``earlier``; their days move by as many days as the event was.

    ``None`` where nothing was sold, or where the new event takes no exhibitors.
    """
    last = terms_of(earlier)
    if last is None or not event.takes_exhibitors:
        return None
    start, before = localtime(event.starts_at), localtime(earlier.starts_at)
    shift = start.date() - before.date()
    days = {name: day + shift if (day := getattr(last, name)) else None for name in DAYS}
    rules = {name: getattr(last, name) for name in RULES}
    return set_terms(
        event=event, seen=0, by=by, at=at, words=with_year(last.words, before.year, start.year), **rules, **days
    )
