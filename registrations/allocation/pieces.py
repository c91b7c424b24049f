"""What the allocation adds to an event's pages: a decision that waits, a stage on the line of time, and the places given."""

from datetime import datetime, time

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.access.models import User
from events.access.rules import may
from events.look.formats import number
from events.nights.models import Night
from events.programme.hooks import Decision, Number, Stage
from events.programme.models import Event
from registrations.allocation.models import Proposal
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState


def overview_numbers(event: Event, user: User) -> list[Number]:
    """Pupils with a place, of the places, once places have been given."""
    night = _night(event)
    if night is None or not may(user, "allocation.view", event):
        return []
    counted = SchoolClass.objects.for_night(night).aggregate(
        placed=Sum("pupils", filter=Q(state__in=ClassState.holding())),
        coming=Sum("pupils", filter=Q(state=ClassState.CONFIRMED)),
    )
    if not counted["placed"]:
        return []
    url = reverse("registrations:proposal-list", args=[event.slug])
    coming = counted["coming"] or 0
    hint = ngettext("%(n)s confirmed", "%(n)s confirmed", coming) % {"n": number(coming, get_language())}
    return [Number(_("Pupils with a place"), counted["placed"], url, hint, night.places)]


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Booking has closed, and nobody knows yet who gets the places."""
    night = _night(event)
    at = timezone.now()
    if night is None or not may(user, "allocation.propose", event):
        return []
    if at < night.bookings_close_at or not event.takes_decisions(at) or _published(night):
        return []
    classes = SchoolClass.objects.for_night(night).wanting().count()
    text = ngettext("class waits for the allocation", "classes wait for the allocation", classes)
    return [Decision(text, classes, reverse("registrations:proposal-list", args=[event.slug]))] if classes else []


def stages(event: Event, at: datetime) -> list[Stage]:
    """The day on which schools know their places: when it happened, or when it is promised."""
    night = _night(event)
    if night is None:
        return []
    published = _published(night)
    if published and published.published_at:
        return [Stage(_("Schools know their places"), done=True, when=published.published_at)]
    moment = timezone.make_aware(datetime.combine(night.answers_on, time(12)))
    late = localdate(at) > night.answers_on and event.takes_decisions(at)
    text = _("The promised day has passed.") if late else ""
    done = not event.takes_decisions(at)
    return [Stage(_("Schools know their places"), done=done, when=moment, text=text, whole_day=True)]


def _night(event: Event) -> Night | None:
    return Night.objects.filter(event=event).first() if event.takes_schools else None


def _published(night: Night) -> Proposal | None:
    """The first one: it told everybody; reallocations only told some."""
    return Proposal.objects.for_night(night).published().only("published_at", "night").last()
