"""What visitors add to the pages of events, and to what happens to an event."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from events.access.models import User
from events.access.rules import may
from events.mail.services import write_letter
from events.programme.hooks import Number
from events.programme.models import Event
from registrations.visitors.services import places_taken


def overview_numbers(event: Event, user: User) -> list[Number]:
    """Visitors signed up, of how many places."""
    if not event.takes_visitors or not may(user, "visitors.view", event):
        return []
    url = reverse("registrations:visitor-list", args=[event.slug])
    return [Number(_("Visitors"), places_taken(event), url, _("people signed up"), event.visitor_capacity)]


def registered(event: Event) -> int:
    """How many visitors have a ticket."""
    return event.visitors.coming().count()


def tell_of_cancellation(event: Event, by: User, at: datetime) -> None:
    """A letter to everybody who has a ticket and has given an address."""
    for visitor in filter(lambda one: one.has_address, event.visitors.coming()):
        write_letter(
            to=visitor.email,
            template="registrations/visitors/mail/event_cancelled",
            context={"visitor": visitor},
            language=visitor.language,
            event=event,
        )
