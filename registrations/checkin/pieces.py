"""What the door adds to the pages of events."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.programme.hooks import Decision, Number
from events.programme.models import Event
from registrations.checkin.conflicts.queries import open_count
from registrations.checkin.queries import admitted_count


def overview_numbers(event: Event, user: User) -> list[Number]:
    """People let in, exhibitors and visitors together."""
    if not may(user, "event.view", event):
        return []
    url = reverse("registrations:door", args=[event.slug]) if may(user, "checkin.scan", event) else ""
    return [Number(_("Let in"), admitted_count(event), url, _("through the door"))]


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Scans that contradict each other, for the desk to settle."""
    count = open_count(event) if may(user, "checkin.scan", event) else 0
    if not count:
        return []
    text = ngettext("conflict at the door to settle", "conflicts at the door to settle", count)
    return [Decision(text, count, reverse("registrations:door-conflicts", args=[event.slug]))]
