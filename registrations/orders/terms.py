"""Sets the terms of sale. What was sold before keeps its own price and due date."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from events.versions import take_version
from registrations.orders.models import Terms

SET = audit.verb("terms.set", _("set the terms of sale"))
CHANGED = audit.verb("terms.changed", _("changed the terms of sale"))


@transaction.atomic
def set_terms(*, event: Event, seen: int, by: User, at: datetime, **fields: Any) -> Terms:
    """The event's terms as they shall be from now on; the first time the event begins to sell. Raises Stale."""
    Event.objects.locked(event.pk)
    terms = Terms.objects.filter(event=event).first()
    if terms is None:
        terms = Terms.objects.create(event=event, **fields)
        audit.created(terms, SET, by=by, at=at)
        return terms
    take_version(terms, seen)
    with audit.change(terms, CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(terms, name, value)
        terms.save()
    return terms
