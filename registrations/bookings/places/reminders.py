"""Reminders to schools that have places and have not answered: by the clock, or because the organiser says so."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.programme.models import Event
from registrations.bookings.letters import write_to_all
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.places.reminding import is_due
from registrations.bookings.states import ClassState

REMINDED = audit.verb("place.reminded", _("reminded the school to answer"))

# Whoever presses the button again within that time has pressed it once.
AGAIN = timedelta(minutes=30)


def send_due_reminders(*, at: datetime) -> int:
    """One letter to each booking that is due at aware time ``at``; how many bookings. Run it as often as you like."""
    unanswered = SchoolClass.objects.filter(state=ClassState.OFFERED, answer_by_at__gt=at)
    bookings = Booking.objects.filter(classes__in=unanswered).distinct().select_related("night__event")
    return sum(_remind(booking, None, at) for booking in bookings.order_by("pk"))


def remind_now(*, classes: Iterable[SchoolClass], by: User, at: datetime) -> int:
    """A letter to each booking that has one of ``classes`` unanswered, whatever the day is; how many bookings."""
    bookings = {row.booking_id: row.booking for row in classes}
    return sum(_remind(booking, by, at) for booking in bookings.values())


@transaction.atomic
def _remind(booking: Booking, by: User | None, at: datetime) -> int:
    event = Event.objects.locked(booking.night.event_id)
    rows = SchoolClass.objects.select_for_update(of=("self",), no_key=True).select_related("wave")
    classes = list(rows.filter(booking=booking, state=ClassState.OFFERED))
    due = [row for row in classes if (_may_write(row, at) if by else _is_due(row, at))]
    if not due or not event.takes_decisions(at):
        return 0
    SchoolClass.objects.filter(pk__in=[row.pk for row in classes]).update(reminded_at=at)
    for row in due if by else []:
        audit.record(row, REMINDED, by=by, at=at)
    answer_by_at = min((row.answer_by_at for row in classes if row.answer_by_at), default=None)
    late = answer_by_at is None or answer_by_at <= at
    context = {"classes": classes, "answer_by_at": answer_by_at}
    write_to_all(booking=booking, name="places/late_reminder" if late else "places/reminder", context=context)
    return 1


def _is_due(row: SchoolClass, at: datetime) -> bool:
    heard = max((moment for moment in (row.told_at, row.reminded_at) if moment), default=None)
    return bool(row.answer_by_at) and is_due(localtime(row.answer_by_at), heard, at)


def _may_write(row: SchoolClass, at: datetime) -> bool:
    """Whether the button may write again."""
    return row.reminded_at is None or row.reminded_at <= at - AGAIN
