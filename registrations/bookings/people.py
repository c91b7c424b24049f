"""Who shares a booking: colleagues are invited or ask, the owner answers and can hand the booking over."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.mail.services import write_letter, write_to_user
from events.programme.models import Event
from registrations.bookings.classes import cancel, drop_from_draft, locked, throw_away
from registrations.bookings.duplicates import key_of
from registrations.bookings.letters import MAIL
from registrations.bookings.models import Booking, BookingPerson, BookingRole, SchoolClass
from registrations.bookings.queries import owners_of
from registrations.bookings.refusals import (
    AlreadyInBooking,
    InvitationWithdrawn,
    LastOwner,
    NoLongerThere,
    TooManyPeople,
)
from registrations.bookings.states import BookingState, ClassState

INVITED = audit.verb("booking.invited", _("invited a colleague to the booking"))
JOINED = audit.verb("booking.joined", _("joined the booking"))
ASKED = audit.verb("booking.asked", _("asked to share the booking"))
LET_IN = audit.verb("booking.let_in", _("let a colleague into the booking"))
TURNED_DOWN = audit.verb("booking.turned_down", _("turned a colleague's request down"))
HANDED_OVER = audit.verb("booking.handed_over", _("handed the booking over to a colleague"))
PERSON_REMOVED = audit.verb("booking.person_removed", _("took a colleague out of the booking"))
JOINED_ANOTHER = audit.verb("booking.joined_another", _("closed the booking: a colleague's has its classes"))
LEFT = audit.verb("booking.left", _("left the booking"))

MOST_PEOPLE = 15
INVITATION_SALT = "registrations.bookings.invitation"
INVITATION_LASTS = timedelta(days=30)


class Invitation(NamedTuple):
    """What stands in an invitation's link: the booking's key, whom it is for, and when it was sent (aware)."""

    booking_pk: int
    email: str
    sent_at: datetime


def invitation_token(booking: Booking, email: str, at: datetime) -> str:
    """The link's text: signed, so that it need not be stored. It works for that address alone."""
    return signing.dumps([booking.pk, email.lower(), at.timestamp()], salt=INVITATION_SALT)


def read_invitation(token: str) -> Invitation | None:
    """The invitation in ``token``; ``None`` when it is none of ours or too old."""
    try:
        pk, email, sent = signing.loads(token, salt=INVITATION_SALT, max_age=INVITATION_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    return Invitation(pk, email, datetime.fromtimestamp(sent, UTC))


def is_withdrawn(booking: Booking, sent_at: datetime) -> bool:
    """Whether somebody has been taken out since: an old invitation must not lead that person in again."""
    return booking.removed_at is not None and sent_at <= booking.removed_at


@transaction.atomic
def invite_colleague(*, booking: Booking, email: str, by: User, at: datetime) -> None:
    """Send ``email`` a link with which its owner joins after signing in. Raises AlreadyInBooking, TooManyPeople."""
    booking = locked(booking)
    people = booking.people.filter(joined_at__isnull=False)
    if people.filter(user__email__iexact=email).exists():
        raise AlreadyInBooking
    if people.count() >= MOST_PEOPLE:
        raise TooManyPeople(most=MOST_PEOPLE)
    audit.record(booking, INVITED, by=by, at=at)
    known = User.objects.filter(email__iexact=email).first()
    write_letter(
        to=email.lower(),
        template=f"{MAIL}/invited",
        context={"booking": booking, "school": booking.school, "by": by, "token": invitation_token(booking, email, at)},
        language=known.language if known else by.language,
        event=booking.night.event,
    )


@transaction.atomic
def join_by_invitation(*, booking: Booking, sent_at: datetime, by: User, at: datetime) -> BookingPerson:
    """``by`` follows an invitation of ``sent_at`` (the caller has read it). Twice is once.

    Raises InvitationWithdrawn, TooManyPeople.
    """
    booking = locked(booking)
    person = booking.people.filter(user=by).first()
    if person and person.joined_at:
        return person
    if is_withdrawn(booking, sent_at):
        raise InvitationWithdrawn
    if booking.people.filter(joined_at__isnull=False).count() >= MOST_PEOPLE:
        raise TooManyPeople(most=MOST_PEOPLE)
    person, _new = BookingPerson.objects.update_or_create(booking=booking, user=by, defaults={"joined_at": at})
    audit.record(booking, JOINED, by=by, at=at)
    for owner in owners_of(booking):
        _tell(owner, "joined", booking, colleague=by)
    return person


@transaction.atomic
def ask_to_share(*, booking: Booking, by: User, at: datetime) -> BookingPerson:
    """``by`` has booked the same class and asks to share this booking instead; its owners are written to. Twice is once.

    Raises AlreadyInBooking.
    """
    booking = locked(booking)
    person, new = BookingPerson.objects.get_or_create(booking=booking, user=by, defaults={"asked_at": at})
    if person.joined_at:
        raise AlreadyInBooking
    if new:
        audit.record(booking, ASKED, by=by, at=at)
        for owner in owners_of(booking):
            _tell(owner, "asked", booking, colleague=by)
    return person


@transaction.atomic
def answer_request(*, person: BookingPerson, welcome: bool, by: User, at: datetime) -> None:
    """Let the colleague in, or not. Whoever is let in no longer books the same classes beside it: they are dropped.

    A request that somebody has answered meanwhile is left as it is.
    """
    event = Event.objects.locked(person.booking.night.event_id)
    booking = locked(person.booking)
    booking.night.event = event
    waiting = booking.people.filter(pk=person.pk, joined_at__isnull=True).select_related("user").first()
    if waiting is None:
        return
    dropped: list[str] = []
    if welcome:
        waiting.joined_at = at
        waiting.save(update_fields=["joined_at"])
        dropped = _drop_doubles(booking, waiting.user, at)
    else:
        waiting.delete()
    audit.record(booking, LET_IN if welcome else TURNED_DOWN, by=by, at=at)
    _tell(waiting.user, "answered", booking, welcome=welcome, dropped=dropped, by=by)


@transaction.atomic
def hand_over(*, person: BookingPerson, by: User, at: datetime) -> None:
    """``person`` becomes responsible, whoever was responsible becomes a colleague. Raises NoLongerThere."""
    booking = locked(person.booking)
    heir = booking.people.filter(pk=person.pk, joined_at__isnull=False).select_related("user").first()
    if heir is None:
        raise NoLongerThere
    if heir.role == BookingRole.OWNER:
        return
    booking.people.filter(role=BookingRole.OWNER).update(role=BookingRole.MEMBER)
    heir.role = BookingRole.OWNER
    heir.save(update_fields=["role"])
    audit.record(booking, HANDED_OVER, by=by, at=at)
    _tell(heir.user, "handed_over", booking, by=by)


@transaction.atomic
def remove_person(*, person: BookingPerson, by: User, at: datetime) -> None:
    """Take a colleague out, or oneself. Raises LastOwner when nobody would be responsible.

    Whoever is taken out has no way back: older invitations stop working, and so do the links that they made.
    """
    booking = locked(person.booking)
    there = booking.people.filter(pk=person.pk, joined_at__isnull=False).first()
    if there is None:
        return
    if there.role == BookingRole.OWNER:
        raise LastOwner
    leaves = there.user_id == by.pk
    if not leaves:
        booking.removed_at = at
        booking.save(update_fields=["removed_at"])
        booking.substitute_links.filter(made_by=there.user_id, revoked_at__isnull=True).update(revoked_at=at)
    audit.record(booking, LEFT if leaves else PERSON_REMOVED, by=by, at=at)
    there.delete()


def _drop_doubles(booking: Booking, colleague: User, at: datetime) -> list[str]:
    """Take the classes of ``booking`` out of the colleague's other bookings of the school; their labels there.

    Only where they have no place yet. A booking that nothing is left in goes too.
    """
    living = booking.classes.exclude(state=ClassState.CANCELLED)
    keys = {key_of(one.label, one.grade) for one in living}
    others = Booking.objects.filter(
        night=booking.night_id, school=booking.school_id, people__user=colleague, people__role=BookingRole.OWNER
    )
    dropped: list[str] = []
    for other in others.exclude(pk=booking.pk).exclude(state=BookingState.CANCELLED).order_by("pk"):
        other = locked(other)
        waiting = other.classes.filter(state__in=[ClassState.APPLIED, ClassState.WAITING])
        doubles = [one for one in waiting if key_of(one.label, one.grade) in keys]
        for one in doubles:
            _drop(other, one, colleague, at)
        dropped += [one.label for one in doubles]
        if doubles and not other.classes.exclude(state=ClassState.CANCELLED).exists():
            _close(other, colleague, at)
    return dropped


def _close(booking: Booking, by: User, at: datetime) -> None:
    """Nothing is left in ``booking``: a draft is thrown away, another is cancelled."""
    if booking.state == BookingState.DRAFT:
        throw_away(booking)
        return
    with audit.change(booking, JOINED_ANOTHER, by=by, at=at):
        booking.state = BookingState.CANCELLED
        booking.save(update_fields=["state"])


def _drop(booking: Booking, one: SchoolClass, by: User, at: datetime) -> None:
    if booking.state == BookingState.DRAFT:
        drop_from_draft(one)
    else:
        cancel(one, by=by, at=at)


def _tell(user: User, name: str, booking: Booking, **context: object) -> None:
    colleague = context.get("colleague")
    if isinstance(colleague, User):  # one who has given no name: the address once, not twice
        context["called"] = colleague.name or colleague.email.partition("@")[0]
    write_to_user(
        user=user,
        template=f"{MAIL}/{name}",
        context={"booking": booking, "school": booking.school, **context},
        event=booking.night.event,
    )


# Where everybody can have an address: sharing one makes nobody a colleague.
ANYBODYS = set("gmail.com hotmail.com hotmail.se icloud.com live.se me.com outlook.com telia.com yahoo.se".split())


def same_employer(one: User, other: User) -> bool:
    """Whether both have an address of one employer, so that the one may read the other's name."""
    domains = {user.email.lower().rpartition("@")[2] for user in (one, other)}
    return len(domains) == 1 and not domains & ANYBODYS
