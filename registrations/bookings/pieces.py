"""What bookings add to the pages of events: the way on from /me/, and what happens when an evening is cancelled."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.models import User
from events.nights.models import Night
from events.programme.hooks import Stage, Step
from events.programme.models import Event
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import Booking, BookingPerson, BookingRole
from registrations.bookings.queries import shared_bookings
from registrations.bookings.states import BookingState

SHOWN = 20


def home_section(user: User, request: HttpRequest) -> str:
    """The bookings that somebody shares, and those that they have asked to share."""
    bookings = list(shared_bookings(user).prefetch_related("classes")[:SHOWN])
    asked = BookingPerson.objects.filter(user=user, joined_at__isnull=True)
    waiting = list(asked.select_related("booking__school", "booking__night__event"))
    if not bookings and not waiting:
        return ""
    context = {"bookings": bookings, "asked": waiting}
    return render_to_string("registrations/bookings/home_section.html", context, request)


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """Drafts that can still be sent, and colleagues who wait for an answer."""
    now = timezone.now()
    drafts = shared_bookings(user).filter(state=BookingState.DRAFT)
    steps = [
        Step(
            _("Send the booking for %(school)s") % {"school": draft.school},
            _("It is not sent yet: %(event)s.") % {"event": draft.night.event.title},
            reverse("registrations:own-booking", args=[draft.pk]),
            _("Go on with the booking"),
            draft.night.bookings_close_at,
        )
        for draft in drafts
        if draft.night.bookings_are_open(now)
    ]
    owned = BookingPerson.objects.filter(user=user, role=BookingRole.OWNER, joined_at__isnull=False)
    asking = BookingPerson.objects.filter(
        booking__in=owned.values("booking"), joined_at__isnull=True, booking__night__event__ends_at__gt=now
    )
    answers = [
        Step(
            _("%(person)s wants to share your booking") % {"person": person.user},
            _("You have booked the same class: %(school)s.") % {"school": person.booking.school},
            reverse("registrations:own-booking", args=[person.booking_id]) + "#people",
            _("Answer"),
        )
        for person in asking.select_related("user", "booking__school")
    ]
    return steps + answers


def stages(event: Event, at: datetime) -> list[Stage]:
    """When the schools' booking closes; companies have a time of their own."""
    night = Night.objects.filter(event=event).first() if event.takes_schools else None
    return [Stage(_("Booking closes"), night.bookings_close_at <= at, night.bookings_close_at)] if night else []


def registered(event: Event) -> int:
    """How many bookings the organiser has in hand."""
    return Booking.objects.filter(night__event=event, state=BookingState.SENT).count()


def tell_of_cancellation(event: Event, by: User, at: datetime) -> None:
    """A letter to everybody who shares a booking of the evening."""
    sent = Booking.objects.filter(night__event=event, state=BookingState.SENT)
    for booking in sent.select_related("school", "night__event__issuer"):
        write_to_all(booking=booking, name="event_cancelled", context={})
