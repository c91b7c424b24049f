"""What schools add to the organiser's overview: how much is applied for, and what waits for a decision."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.nights.models import Night
from events.programme.hooks import Decision, Number
from events.programme.models import Event
from registrations.bookings.organiser_counts import summary
from registrations.bookings.organiser_queries import open_requests, unscored
from registrations.bookings.organiser_twins import open_groups


def overview_numbers(event: Event, user: User) -> list[Number]:
    """Pupils that are applied for, of the places, and how many schools they come from."""
    night = _night(event)
    if night is None or not may(user, "schools.view", event):
        return []
    found = summary(night)
    url = reverse("registrations:school-list", args=[event.slug])
    return [
        Number(_("Pupils applied"), found.pupils, url, _("places"), night.places),
        Number(
            _("Schools"),
            found.schools,
            url,
            ngettext("%(n)s class", "%(n)s classes", found.classes) % {"n": found.classes},
        ),
    ]


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Requests without an answer, classes booked twice, and reasons that nobody has read."""
    night = _night(event)
    if night is None or not may(user, "schools.decide", event):
        return []
    requests, twins, unread = open_requests(night).count(), open_groups(night), unscored(night).count()
    found = [
        (
            ngettext("request from a school to answer", "requests from schools to answer", requests),
            requests,
            "requests",
        ),
        (ngettext("class that is booked twice", "classes that are booked twice", twins), twins, "twins"),
        (ngettext("reason to read and give points", "reasons to read and give points", unread), unread, "scores"),
    ]
    return [
        Decision(text, count, reverse(f"registrations:school-{page}", args=[event.slug]))
        for text, count, page in found
        if count
    ]


def _night(event: Event) -> Night | None:
    return Night.objects.filter(event=event).first() if event.takes_schools else None
