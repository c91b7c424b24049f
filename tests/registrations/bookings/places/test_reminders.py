"""Reminders to schools that have not answered, and what the organiser decides about them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.allocation.models import Team
from registrations.bookings.places import deciding, services
from registrations.bookings.places.refusals import DayPassed, NotDueYet, WrongState
from registrations.bookings.places.reminders import remind_now, send_due_reminders
from registrations.bookings.states import ClassState
from registrations.tickets.models import TicketState
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import ANSWER_BY, evening, placed

pytestmark = pytest.mark.django_db
DUE = ANSWER_BY - timedelta(days=2)
LATE = ANSWER_BY + timedelta(hours=1)


@pytest.fixture
def by():
    return factories.UserFactory(name="Olle")


def quiet(booking):
    """Only the owner is written to."""
    booking.contact_email = ""
    booking.save()
    return booking


def test_one_letter_a_booking_names_all_its_unanswered_classes():
    night = evening()
    booking = quiet(nf.BookingFactory(night=night))
    placed(night, booking=booking, label="9A")
    placed(night, booking=booking, label="9B")
    placed(night, booking=booking, label="9C", state=ClassState.CONFIRMED)

    assert send_due_reminders(at=DUE) == 1

    text = Letter.objects.get().text
    assert [label in text for label in ("9A", "9B", "9C")] == [True, True, False]


def test_twice_in_a_row_is_once():
    placed(evening())
    send_due_reminders(at=DUE)

    assert send_due_reminders(at=DUE + timedelta(minutes=15)) == 0


def test_nobody_is_reminded_too_early_or_of_a_cancelled_evening(now):
    night = evening()
    placed(night)
    assert send_due_reminders(at=now) == 0

    night.event.state = "cancelled"
    night.event.save()

    assert send_due_reminders(at=DUE) == 0


def test_tend_reminds(capsys):
    """The command asks the real clock."""
    at = timezone.now()
    days = {"registration_opens_at": -9, "registration_closes_at": -1, "starts_at": 9, "ends_at": 10}
    night = evening(**{f"event__{name}": at + timedelta(days=number) for name, number in days.items()})
    school_class = placed(night)
    school_class.told_at, school_class.answer_by_at = at - timedelta(days=9), at + timedelta(days=1)
    school_class.save()

    call_command("tend", "--no-erasing")

    assert "1 bookings reminded" in capsys.readouterr().out


def test_the_button_reminds_whatever_the_day(by):
    school_class = placed(evening())
    quiet(school_class.booking)

    assert remind_now(classes=[school_class], by=by, at=LATE) == 1
    assert remind_now(classes=[school_class], by=by, at=LATE + timedelta(minutes=1)) == 0  # a second click

    assert Letter.objects.count() == 1
    assert AuditEntry.objects.about(school_class).get().verb == "place.reminded"


def test_a_place_is_not_taken_back_while_the_school_may_answer(now, by):
    with pytest.raises(NotDueYet):
        deciding.withdraw_place(school_class=placed(evening()), by=by, at=now)


def test_taking_back_frees_the_place_and_says_why(by):
    school_class = placed(evening())

    deciding.withdraw_place(school_class=school_class, by=by, at=LATE, message="Vi ringde två gånger.")

    school_class.refresh_from_db()
    assert (school_class.state, school_class.wave, school_class.outcome["code"]) == ("given_back", None, "no_answer")
    assert not Team.objects.exists()
    assert school_class.ticket.state == TicketState.CANCELLED
    assert "Vi ringde" in Letter.objects.first().text


def test_taking_back_many_leaves_those_that_answered_meanwhile(by):
    night = evening()
    silent, quick = placed(night), placed(night)
    services.confirm_place(school_class=quick, by=None, at=LATE)

    outcome = deciding.withdraw_many(classes=[silent, quick], by=by, at=LATE)

    assert [one.pk for one in outcome.done] == [silent.pk]
    assert [(one.pk, type(refusal)) for one, refusal in outcome.refused] == [(quick.pk, WrongState)]


def test_extending_moves_the_day_and_writes_once_a_booking(by):
    night = evening()
    booking = quiet(nf.BookingFactory(night=night))
    classes = [placed(night, booking=booking), placed(night, booking=booking)]
    until = LATE + timedelta(days=3)

    deciding.extend_answer(classes=classes, until=until, by=by, at=LATE)

    classes[0].refresh_from_db()
    assert classes[0].answer_by_at == until
    assert Letter.objects.count() == 1
    assert deciding.extend_answer(classes=classes, until=until, by=by, at=LATE) == []


def test_extending_beyond_the_evening_is_refused(by):
    night = evening()
    with pytest.raises(DayPassed):
        deciding.extend_answer(classes=[placed(night)], until=night.event.starts_at, by=by, at=LATE)
