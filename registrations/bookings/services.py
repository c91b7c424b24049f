"""What a school does with its booking: start, say whom to talk to, send, cancel, ask for a change."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.access.services import change_profile
from events.mail.services import write_letter
from events.nights.models import Night
from events.programme.models import Event
from events.versions import take_version
from registrations.bookings.classes import cancel, locked, refuse_unless_changeable, throw_away
from registrations.bookings.counts import too_many
from registrations.bookings.letters import MAIL, write_to_all
from registrations.bookings.models import Booking, BookingPerson, BookingRole, ChangeRequest, RequestKind, SchoolClass
from registrations.bookings.queries import share_a_bus, unsettled_twin
from registrations.bookings.refusals import (
    BookingsClosed,
    ChangesClosed,
    EveningOver,
    Incomplete,
    SchoolClosed,
    TwinFound,
    WrongState,
)
from registrations.bookings.states import BookingState, ClassState
from registrations.schools.models import School

STARTED = audit.verb("booking.started", _("started a booking"))
CHANGED = audit.verb("booking.changed", _("changed the contact person"))
BUS_CHANGED = audit.verb("booking.bus", _("changed whether the classes share a bus"))
SENT = audit.verb("booking.sent", _("sent the booking"))
CANCELLED = audit.verb("booking.cancelled", _("cancelled the booking"))
KEPT_BESIDE = audit.verb("booking.kept_beside", _("said that both classes of the same name come"))
CHANGE_ASKED = audit.verb("booking.change_asked", _("asked for a change"))

CONTACT = ("contact_name", "contact_email", "contact_phone")


@transaction.atomic
def start_booking(*, night: Night, school: School, by: User, at: datetime) -> Booking:
    """``by``'s booking for ``school`` at ``night``: the one there is, drafts first, or a new one. A second click is the same.

    Colleagues may have bookings of their own for the school. Raises BookingsClosed (not for a booking that exists),
    SchoolClosed.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = Booking.objects.filter(night=night, school=school, people__user=by, people__joined_at__isnull=False)
    known = mine.exclude(state=BookingState.CANCELLED).order_by("state", "-pk").first()
    if known:
        return known
    if not night.bookings_are_open(at):
        raise BookingsClosed
    if not School.objects.bookable().filter(pk=school.pk).exists():
        raise SchoolClosed
    last = Booking.objects.of(by).exclude(contact_phone="").order_by("-started_at").first()
    booking = Booking.objects.create(
        night=night,
        school=school,
        contact_name=by.name,
        contact_email=by.email,
        contact_phone=last.contact_phone if last else "",
        started_by=by,
        started_at=at,
    )
    BookingPerson.objects.create(booking=booking, user=by, role=BookingRole.OWNER, joined_at=at)
    audit.created(booking, STARTED, by=by, at=at)
    return booking


@transaction.atomic
def save_contact(
    *, booking: Booking, seen: int, by: User, at: datetime, same_bus: bool | None = None, **fields: str
) -> Booking:
    """Store whom to talk to, and whether the classes come with one bus (``None``: not asked).

    What is as it was is no change, whichever version was seen. Raises Stale, ChangesClosed (also for the bus of a class
    that has been told of its place), EveningOver, WrongState.
    """
    booking = locked(booking)
    refuse_unless_changeable(booking, at)
    classes = list(booking.classes.exclude(state=ClassState.CANCELLED))
    # The organiser may have named a bus that is shared with other schools: it stays until the school says otherwise.
    changes_bus = same_bus is not None and same_bus != share_a_bus(classes)
    bus = bus_of(booking) if same_bus else ""
    moved = [one for one in classes if one.bus != bus] if changes_bus else []
    if any(one.state != ClassState.APPLIED for one in moved):
        raise ChangesClosed
    if not moved and all(getattr(booking, name) == value for name, value in fields.items()):
        return booking
    take_version(booking, seen)
    before = {name: getattr(booking, name) for name in fields}
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.save()
    SchoolClass.objects.filter(pk__in=[one.pk for one in moved]).update(bus=bus)
    if booking.state == BookingState.SENT:
        if before != fields:
            audit.record(booking, CHANGED, by=by, at=at)
        if moved:
            audit.record(booking, BUS_CHANGED, by=by, at=at)
    return booking


def bus_of(booking: Booking) -> str:
    """What a booking's own bus is called: no other booking in the municipality says the same."""
    return f"B{booking.pk}"


def missing_steps(booking: Booking, classes: list[SchoolClass]) -> list[str]:
    """Which steps lack something before the booking can be sent: ``classes``, ``needs``, ``contact``."""
    missing = []
    if not classes:
        missing.append("classes")
    if any(too_many(one.needs, one.pupils) or too_many(one.diets, one.pupils) for one in classes):
        missing.append("needs")
    if not all(getattr(booking, name) for name in CONTACT):
        missing.append("contact")
    return missing


@transaction.atomic
def send_booking(*, booking: Booking, by: User, at: datetime) -> Booking:
    """Hand the booking to the organiser; whoever shares it gets a receipt. A second click changes nothing.

    Raises BookingsClosed, Incomplete, TwinFound, WrongState.
    """
    # Two colleagues who send the same class at once are told of each other: the second waits here for the first.
    event = Event.objects.locked(booking.night.event_id)
    booking = locked(booking)
    if booking.state == BookingState.SENT:
        return booking
    if booking.state != BookingState.DRAFT:
        raise WrongState
    booking.night.event = event
    if not booking.night.bookings_are_open(at):
        raise BookingsClosed
    classes = list(booking.classes.order_by("pk"))
    for one in classes:
        one.booking = booking
    if missing := missing_steps(booking, classes):
        raise Incomplete(missing)
    if twin := unsettled_twin(classes):
        raise TwinFound(label=twin.label, school_class=twin)
    with audit.change(booking, SENT, by=by, at=at):
        booking.state = BookingState.SENT
        booking.sent_at = at
        booking.save(update_fields=["state", "sent_at"])
    if not by.name and by.email.lower() == booking.contact_email.lower():  # colleagues see a name, not an address
        change_profile(user=by, name=booking.contact_name, language=by.language, at=at)
    write_to_all(booking=booking, name="received", context={"classes": classes})
    return booking


@transaction.atomic
def cancel_booking(*, booking: Booking, by: User, at: datetime) -> None:
    """The school does not come: every class is cancelled and everybody is told. A draft is thrown away.

    Classes that have a place give it back first, one by one: then what happens to it is known. Raises EveningOver,
    WrongState.
    """
    event = Event.objects.locked(booking.night.event_id)
    booking = locked(booking)
    if booking.state == BookingState.CANCELLED:
        return
    if not event.takes_decisions(at):
        raise EveningOver
    if booking.state == BookingState.DRAFT:
        throw_away(booking)
        return
    classes = list(booking.classes.exclude(state=ClassState.CANCELLED))
    if any(one.state in ClassState.holding() for one in classes):
        raise WrongState
    for one in classes:
        if one.state != ClassState.GIVEN_BACK:
            cancel(one, by=by, at=at)
    with audit.change(booking, CANCELLED, by=by, at=at):
        booking.state = BookingState.CANCELLED
        booking.save(update_fields=["state"])
    write_to_all(booking=booking, name="cancelled", context={"by": by, "classes": classes, "whole": True})


@transaction.atomic
def keep_beside_twin(*, school_class: SchoolClass, by: User, at: datetime) -> None:
    """``by`` says that the class is meant to stand beside the other of the same name; the organiser sees both."""
    # Whoever saves the class writes the whole row, under the booking's lock.
    booking = locked(school_class.booking)
    one = booking.classes.get(pk=school_class.pk)
    with audit.change(one, KEPT_BESIDE, by=by, at=at):
        one.beside_twin = True
        one.save(update_fields=["beside_twin"])


@transaction.atomic
def ask_for_change(
    *, booking: Booking, kind: str, text: str, school_class: SchoolClass | None, by: User, at: datetime
) -> ChangeRequest:
    """After the deadline: put a wish for a change to the organiser, who is written to. The same words twice are one.

    Raises EveningOver, WrongState.
    """
    booking = locked(booking)
    if not booking.night.event.takes_decisions(at):
        raise EveningOver
    if booking.state != BookingState.SENT:
        raise WrongState
    waiting = booking.requests.filter(granted__isnull=True, kind=kind, text=text, school_class=school_class)
    if known := waiting.first():
        return known
    request = ChangeRequest.objects.create(
        booking=booking, kind=RequestKind(kind), text=text, school_class=school_class, asked_by=by, asked_at=at
    )
    audit.record(booking, CHANGE_ASKED, by=by, at=at, changes={"kind": [None, str(request.get_kind_display())]})
    write_letter(
        to=booking.night.event.contact_email,
        template=f"{MAIL}/change_asked",
        context={"booking": booking, "school": booking.school, "request": request, "by": by},
        event=booking.night.event,
    )
    return request
