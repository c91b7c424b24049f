"""When the organiser moves the times of an admission, the schools that have places in it are told."""

from collections import defaultdict
from datetime import datetime

from django.utils.translation import ngettext

from events.access.models import User
from events.nights.hooks import Retimed
from events.nights.models import Night
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import SchoolClass


def tell_schools(night: Night, retimed: list[Retimed], by: User, at: datetime) -> list[str]:
    """For ``nights.hooks.when_retimed``: one letter a booking, with each admission that its classes come in."""
    if not night.event.takes_decisions(at):
        return []
    moved = {one.wave.pk: one for one in retimed}
    rows = SchoolClass.objects.for_night(night).holding().filter(wave__in=moved).select_related("booking__school")
    by_booking: defaultdict[int, list[SchoolClass]] = defaultdict(list)
    for row in rows.order_by("booking", "grade", "label", "pk"):
        by_booking[row.booking_id].append(row)
    for classes in by_booking.values():
        booking = classes[0].booking
        booking.night = night
        write_to_all(booking=booking, name="places/retimed", context={"admissions": _admissions(classes, moved)})
    text = ngettext(
        "%(n)s school is told of the new times by e-mail.",
        "%(n)s schools are told of the new times by e-mail.",
        len(by_booking),
    )
    return [text % {"n": len(by_booking)}] if by_booking else []


def _admissions(classes: list[SchoolClass], moved: dict[int, Retimed]) -> list[tuple[str, Retimed]]:
    """The classes' names with their admission, in the order of the evening."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for row in classes:
        assert row.wave_id is not None
        names[row.wave_id].append(row.label)
    return [(", ".join(names[pk]), one) for pk, one in moved.items() if pk in names]
