"""What is asked about bookings: a school's own pages, and who else has booked the same class."""

from datetime import datetime

from django.db.models import QuerySet

from events.access.models import AuditEntry, User
from events.nights.models import Wave
from registrations.bookings.counts import LARGE_CLASS
from registrations.bookings.duplicates import key_of
from registrations.bookings.models import Booking, BookingPerson, SchoolClass
from registrations.bookings.states import BookingState, ClassState

HISTORY_SHOWN = 30
# What the organiser weighs before anybody is told: points for a reason, and what is decided by hand.
ORGANISERS_ALONE = frozenset({"booking.scored", "class.placed_by_hand", "class.released"})


def shared_bookings(user: User) -> QuerySet[Booking]:
    """The bookings that ``user`` shares, the latest evening first, with school and event at hand."""
    rows = Booking.objects.filter(people__user=user, people__joined_at__isnull=False)
    return rows.select_related("school", "night__event__venue").order_by("-night__event__starts_at", "-pk")


def classes_of(booking: Booking) -> list[SchoolClass]:
    """The classes in the order in which they were added, with times, wishes and admission, each knowing its booking."""
    rows = booking.classes.select_related("wave").prefetch_related("possible_waves", "wishes__station", "wishes__field")
    found = list(rows.order_by("pk"))
    for one in found:
        one.booking = booking
    return found


def living(classes: list[SchoolClass]) -> list[SchoolClass]:
    """Those that are still meant to come."""
    return [one for one in classes if one.state != ClassState.CANCELLED]


def share_a_bus(classes: list[SchoolClass]) -> bool:
    """Whether all of ``classes`` come with the same bus, whoever has named it."""
    return len({one.bus for one in classes}) == 1 and bool(classes[0].bus)


def twins_of(school_class: SchoolClass) -> list[SchoolClass]:
    """Classes of the same name at the same school that others have booked at the same evening.

    Drafts are left out: they are their owners' alone.
    """
    booking = school_class.booking
    key = key_of(school_class.label, school_class.grade)
    others = SchoolClass.objects.filter(
        booking__night=booking.night_id, booking__school=booking.school_id, booking__state=BookingState.SENT
    )
    others = others.exclude(booking=booking).exclude(state=ClassState.CANCELLED)
    rows = others.select_related("booking__school", "booking__night__event").order_by("booking__sent_at", "pk")
    return [one for one in rows if key and key_of(one.label, one.grade) == key]


def unsettled_twin(classes: list[SchoolClass]) -> SchoolClass | None:
    """The first of ``classes`` that a colleague has booked too, and of which nobody has said what is meant."""
    return next((one for one in classes if not one.beside_twin and twins_of(one)), None)


def owners_of(booking: Booking) -> list[User]:
    owners = booking.people.filter(role="owner", joined_at__isnull=False).select_related("user")
    return [person.user for person in owners]


def asking(booking: Booking) -> QuerySet[BookingPerson]:
    """Those who have asked to share ``booking`` and wait for an answer."""
    return booking.people.filter(joined_at__isnull=True, asked_at__isnull=False).select_related("user")


def history_of(booking: Booking, classes: list[SchoolClass]) -> QuerySet[AuditEntry]:
    """What has happened to the booking and its classes, the latest first, as the organiser reads it."""
    return AuditEntry.objects.about(booking, *classes)[:HISTORY_SHOWN]


def schools_history_of(booking: Booking, classes: list[SchoolClass]) -> QuerySet[AuditEntry]:
    """The same as the school reads it: without what is the organiser's alone."""
    entries = AuditEntry.objects.about(booking, *classes).exclude(verb__in=ORGANISERS_ALONE)
    return entries[:HISTORY_SHOWN]


def largest_wave(booking: Booking) -> int | None:
    """How many pupils the largest admission takes; ``None`` when there is none yet."""
    sizes = [wave.capacity for wave in Wave.objects.filter(night=booking.night_id)]
    return max(sizes, default=None)


def doubts(classes: list[SchoolClass], largest: int | None) -> list[tuple[str, SchoolClass]]:
    """What is allowed but probably not meant: ``no_adults``, ``over_wave`` (fits in no admission), ``large``."""
    found = []
    for one in living(classes):
        if not one.adults:
            found.append(("no_adults", one))
        if largest is not None and one.pupils > largest:
            found.append(("over_wave", one))
        elif one.pupils > LARGE_CLASS:
            found.append(("large", one))
    return found


def is_settled(booking: Booking, at: datetime) -> bool:
    """Whether nothing more happens in the booking: cancelled, or its evening is."""
    return booking.state == BookingState.CANCELLED or not booking.night.event.takes_decisions(at)
