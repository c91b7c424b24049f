"""Links with which a substitute stands in without signing in: made, read, revoked. Only a hash of each is stored."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.mail.services import write_letter
from events.programme.models import Event
from registrations.bookings.classes import locked
from registrations.bookings.letters import MAIL
from registrations.bookings.models import Booking, SchoolClass, SubstituteLink
from registrations.bookings.places.numbers import Changed, change_numbers
from registrations.bookings.places.services import confirm_place
from registrations.bookings.refusals import EveningOver, LinkRevoked, LinkTooLate, WrongState
from registrations.bookings.states import BookingState

LINK_MADE = audit.verb("booking.link_made", _("made a link for a substitute"))
LINK_REVOKED = audit.verb("booking.link_revoked", _("revoked a substitute's link"))
SUBSTITUTE_CONFIRMED = audit.verb("booking.substitute_confirmed", _("let a substitute confirm the place"))
SUBSTITUTE_CHANGED = audit.verb("booking.substitute_changed", _("let a substitute change the numbers"))

# The use is noted at most so often: a page that is read must not write each time.
NOTED_EVERY = timedelta(minutes=10)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_link(
    *, booking: Booking, name: str, until: date, by: User, at: datetime, email: str = ""
) -> tuple[SubstituteLink, str]:
    """A link for ``name`` until the end of the day ``until`` (Stockholm), and its token, which is not stored.

    An older link of the booking stops working. With ``email`` the link is sent there. Raises LinkTooLate, WrongState,
    EveningOver.
    """
    booking = locked(booking)
    event = booking.night.event
    if not event.takes_decisions(at):
        raise EveningOver
    if booking.state != BookingState.SENT:
        raise WrongState
    last_day = timezone.localtime(event.ends_at).date()
    if not timezone.localtime(at).date() <= until <= last_day:
        raise LinkTooLate
    booking.substitute_links.filter(revoked_at__isnull=True).update(revoked_at=at)
    token = secrets.token_urlsafe(24)
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    link = SubstituteLink.objects.create(
        booking=booking, name=name, token_hash=hash_of(token), made_by=by, made_at=at, expires_at=ends
    )
    audit.record(booking, LINK_MADE, by=by, at=at, changes={"until": [None, ends.date().isoformat()]})
    if email:
        write_letter(
            to=email.lower(),
            template=f"{MAIL}/substitute",
            context={"booking": booking, "school": booking.school, "by": by, "token": token, "until": until},
            language=by.language,
            event=event,
        )
    return link, token


@transaction.atomic
def revoke_link(*, link: SubstituteLink, by: User, at: datetime) -> None:
    """The link stops working at once. Twice is once."""
    booking = locked(link.booking)
    if booking.substitute_links.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=at):
        audit.record(booking, LINK_REVOKED, by=by, at=at)


def find_link(token: str, at: datetime) -> SubstituteLink | None:
    """The link that ``token`` opens at ``at``; ``None`` when it is revoked, too old or none of ours."""
    rows = SubstituteLink.objects.filter(token_hash=hash_of(token), revoked_at__isnull=True, expires_at__gt=at)
    rows = rows.exclude(booking__state=BookingState.DRAFT)
    return rows.select_related("booking__school", "booking__night__event__venue", "made_by").first()


@transaction.atomic
def change_numbers_by_link(
    *, link: SubstituteLink, school_class: SchoolClass, pupils: int, adults: int, seen: int, at: datetime
) -> Changed:
    """Other numbers for a placed class, as its substitute says them; the trail names who let the substitute in.

    Raises LinkRevoked when that has happened meanwhile, and what ``places.numbers.change_numbers`` raises.
    """
    booking = _lock_open(link, at)
    changed = change_numbers(school_class=school_class, pupils=pupils, adults=adults, by=None, at=at, seen=seen)
    audit.record(booking, SUBSTITUTE_CHANGED, by=link.made_by, at=at)
    return changed


@transaction.atomic
def confirm_by_link(*, link: SubstituteLink, school_class: SchoolClass, at: datetime) -> None:
    """The substitute says that the class comes. Raises LinkRevoked, and what ``places.services.confirm_place`` raises."""
    booking = _lock_open(link, at)
    confirm_place(school_class=school_class, by=None, at=at)
    audit.record(booking, SUBSTITUTE_CONFIRMED, by=link.made_by, at=at)


def _lock_open(link: SubstituteLink, at: datetime) -> Booking:
    """The event's row and the booking's, locked, while the link still works."""
    Event.objects.locked(link.booking.night.event_id)
    booking = locked(link.booking)
    if not booking.substitute_links.filter(pk=link.pk, revoked_at__isnull=True, expires_at__gt=at).exists():
        raise LinkRevoked
    return booking


def note_use(link: SubstituteLink, at: datetime) -> None:
    """Remember that the link was used, so that its maker sees that it arrived."""
    if link.used_at is None or at - link.used_at >= NOTED_EVERY:
        SubstituteLink.objects.filter(pk=link.pk).update(used_at=at)
