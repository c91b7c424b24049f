"""What a school does with a class's place: says yes, gives it back, and takes that back again.

Whoever hands out or frees a place takes the event's row first, then the class's. Doing the same thing twice is doing
it once.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from registrations.allocation.models import Team
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.places.refusals import AlreadyIn, EveningOver, WrongState
from registrations.bookings.states import BookingState, ClassState
from registrations.checkin.models import Presence
from registrations.tickets.services import cancel_class_ticket

CONFIRMED = audit.verb("place.confirmed", _("confirmed the place"))
GIVEN_BACK = audit.verb("place.given_back", _("gave the place back"))
QUEUES_AGAIN = audit.verb("place.queues_again", _("asked for a place again"))


@transaction.atomic
def confirm_place(*, school_class: SchoolClass, by: User | None, at: datetime) -> SchoolClass:
    """The school says that the class comes. ``by=None`` is a substitute with a link.

    Also possible after the day to answer by, as long as nobody has taken the place back. Raises WrongState,
    EveningOver.
    """
    event, school_class = lock_class(school_class)
    if school_class.state == ClassState.CONFIRMED:
        return school_class
    _refuse_over(event, at)
    if school_class.state != ClassState.OFFERED:
        raise WrongState
    _confirm(school_class, by, at)
    write_to_all(booking=school_class.booking, name="places/confirmed", context={"classes": [school_class]})
    return school_class


@transaction.atomic
def confirm_all(*, booking: Booking, by: User | None, at: datetime) -> list[SchoolClass]:
    """Every class of ``booking`` that waits for an answer comes; one receipt. Gives those that were confirmed now.

    Raises EveningOver.
    """
    event = Event.objects.locked(booking.night.event_id)
    _refuse_over(event, at)
    rows = list(_locked_classes().filter(booking=booking, state=ClassState.OFFERED))
    for school_class in rows:
        _confirm(school_class, by, at)
    if rows:
        write_to_all(booking=booking, name="places/confirmed", context={"classes": rows})
    return rows


@transaction.atomic
def give_back(*, school_class: SchoolClass, by: User, at: datetime) -> SchoolClass:
    """The class does not come: its place is free for the waiting list at once, and its ticket stops working.

    Raises WrongState, AlreadyIn, EveningOver.
    """
    event, school_class = lock_class(school_class)
    if school_class.state == ClassState.GIVEN_BACK:
        return school_class
    _refuse_over(event, at)
    if school_class.state not in ClassState.holding():
        raise WrongState
    refuse_arrived(school_class)
    with audit.change(school_class, GIVEN_BACK, by=by, at=at):
        free_place(school_class=school_class, state=ClassState.GIVEN_BACK, at=at)
        school_class.answered_at = at
        school_class.save(update_fields=["answered_at"])
    write_to_all(booking=school_class.booking, name="places/given_back", context={"school_class": school_class})
    return school_class


@transaction.atomic
def queue_again(*, school_class: SchoolClass, by: User, at: datetime) -> SchoolClass:
    """A class that gave its place back wants one again: it is on the waiting list, the place is gone.

    Raises WrongState (also when the booking is cancelled: nobody would find it there), EveningOver.
    """
    event, school_class = lock_class(school_class)
    if school_class.state == ClassState.WAITING:
        return school_class
    _refuse_over(event, at)
    if school_class.state != ClassState.GIVEN_BACK or school_class.booking.state != BookingState.SENT:
        raise WrongState
    with audit.change(school_class, QUEUES_AGAIN, by=by, at=at):
        school_class.state = ClassState.WAITING
        school_class.outcome = {"code": "gave_back", "numbers": {}, "cost": {}}
        school_class.answered_at = None
        school_class.save(update_fields=["state", "outcome", "answered_at"])
    write_to_all(booking=school_class.booking, name="places/queues_again", context={"school_class": school_class})
    return school_class


def free_place(*, school_class: SchoolClass, state: ClassState, at: datetime) -> None:
    """Take the place from a class that the caller has locked (the event first), and leave it in ``state``.

    Its teams, their visits and its ticket go with it. The caller leaves the trail and writes the letter.
    """
    school_class.state, school_class.wave, school_class.answer_by_at = state, None, None
    school_class.save(update_fields=["state", "wave", "answer_by_at"])
    Team.objects.filter(school_class=school_class).delete()
    cancel_class_ticket(school_class=school_class, at=at)


def lock_class(school_class: SchoolClass) -> tuple[Event, SchoolClass]:
    """The event's row and the class's, locked in the order of the house, as they are now."""
    event = Event.objects.locked(school_class.booking.night.event_id)
    return event, _locked_classes().get(pk=school_class.pk)


def refuse_arrived(school_class: SchoolClass) -> None:
    """Raises AlreadyIn when the door has let the class in."""
    if Presence.objects.arrived().filter(ticket__school_class=school_class).exists():
        raise AlreadyIn


def _confirm(school_class: SchoolClass, by: User | None, at: datetime) -> None:
    with audit.change(school_class, CONFIRMED, by=by, at=at):
        school_class.state = ClassState.CONFIRMED
        school_class.answered_at = at
        school_class.save(update_fields=["state", "answered_at"])


def _locked_classes():  # type: ignore[no-untyped-def]
    rows = SchoolClass.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("booking__school__municipality", "booking__night__event", "wave")


def _refuse_over(event: Event, at: datetime) -> None:
    if not event.takes_decisions(at):
        raise EveningOver
