"""Two colleagues booked the same class: one of the two bookings keeps it, and both share that booking."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.mail.services import write_letter
from events.programme.models import Event
from registrations.bookings.letters import MAIL
from registrations.bookings.models import Booking, BookingPerson, BookingRole, SchoolClass
from registrations.bookings.refusals import EveningOver
from registrations.bookings.states import BookingState, ClassState

MERGED = audit.verb("booking.merged", _("merged the class with a colleague's"))
EMPTIED = audit.verb("booking.emptied", _("closed the booking: its last class was merged into another booking"))


class NotTwins(Refusal):
    code = "not_twins"
    message = _(
        "Only two classes of the same school that both want to come can be merged. Somebody may have done it already."
    )


class HasAPlace(Refusal):
    code = "has_a_place"
    message = _("%(label)s has a place already. Keep that one, or take its place back first.")


@transaction.atomic
def merge_classes(*, keep: SchoolClass, drop: SchoolClass, by: User, at: datetime) -> SchoolClass:
    """``keep`` stays as it is; ``drop`` is cancelled and points to it, and its booking's people join the kept booking.

    What is asked about ``drop`` is asked about ``keep`` from now on. A booking that has no class left is closed. Both
    sides are written to. Raises NotTwins, HasAPlace, EveningOver; then nothing is written.
    """
    event = Event.objects.locked(keep.event_id)
    if not event.takes_decisions(at):
        raise EveningOver
    bookings = _locked_bookings({keep.booking_id, drop.booking_id})
    keep, drop = _again(keep, bookings), _again(drop, bookings)
    _refuse_unless_twins(keep, drop)
    if drop.state in ClassState.holding():
        raise HasAPlace(label=drop.label)
    with audit.change(drop, MERGED, by=by, at=at):
        drop.state, drop.merged_into = ClassState.CANCELLED, keep
        drop.version += 1
        drop.save(update_fields=["state", "merged_into", "version"])
    drop.requests.update(school_class=keep, booking=keep.booking)
    both = _people(keep.booking, drop.booking)
    if keep.booking != drop.booking:
        _share(keep.booking, drop.booking, at)
        _close_if_empty(drop.booking, by, at)
    for address, language in both.items():
        context = {"booking": keep.booking, "school": keep.booking.school, "keep": keep, "drop": drop, "by": by}
        write_letter(to=address, template=f"{MAIL}/organiser/merged", context=context, language=language, event=event)
    return keep


def _locked_bookings(pks: set[int]) -> dict[int, Booking]:
    rows = Booking.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return {row.pk: row for row in rows.select_related("school", "night__event").filter(pk__in=pks)}


def _again(one: SchoolClass, bookings: dict[int, Booking]) -> SchoolClass:
    row = SchoolClass.objects.select_for_update(of=("self",), no_key=True).get(pk=one.pk)
    row.booking = bookings[row.booking_id]
    return row


def _refuse_unless_twins(keep: SchoolClass, drop: SchoolClass) -> None:
    one, other = keep.booking, drop.booking
    alike = keep.pk != drop.pk and (one.night_id, one.school_id) == (other.night_id, other.school_id)
    alive = all(row.state in ClassState.wanting() and row.booking.state == BookingState.SENT for row in (keep, drop))
    if not (alike and alive):
        raise NotTwins


def _people(*bookings: Booking) -> dict[str, str]:
    """Address → language of everybody who shares one of ``bookings``, and of their contact persons."""
    people: dict[str, str] = {}
    for booking in bookings:
        users = [row.user for row in booking.people.filter(joined_at__isnull=False).select_related("user")]
        people |= {user.email.lower(): user.language for user in users}
        if booking.contact_email:
            people.setdefault(booking.contact_email.lower(), users[0].language if users else "")
    return people


def _share(kept: Booking, left: Booking, at: datetime) -> None:
    known = set(kept.people.filter(joined_at__isnull=False).values_list("user", flat=True))
    for person in left.people.filter(joined_at__isnull=False).exclude(user__in=known):
        BookingPerson.objects.update_or_create(
            booking=kept, user=person.user, defaults={"role": BookingRole.MEMBER, "joined_at": at}
        )


def _close_if_empty(booking: Booking, by: User, at: datetime) -> None:
    if booking.classes.filter(state__in=ClassState.wanting()).exists():
        return
    with audit.change(booking, EMPTIED, by=by, at=at):
        booking.state = BookingState.CANCELLED
        booking.save(update_fields=["state"])
