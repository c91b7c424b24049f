"""The school's answer: yes, no, and yes please after all."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.allocation.models import Team, Visit
from registrations.bookings.models import BookingPerson
from registrations.bookings.places import services
from registrations.bookings.places.refusals import AlreadyIn, EveningOver, WrongState
from registrations.bookings.services import cancel_booking
from registrations.bookings.states import ClassState
from registrations.checkin.models import Scan
from registrations.tickets.models import TicketState
from tests import factories
from tests import night_factories as nf
from tests.door_factories import let_in
from tests.registrations.bookings.places.evening import ANSWER_BY, evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.UserFactory(name="Lena Lärare", email="lena.larare@skola.example")


def test_confirm_says_that_the_class_comes(now, teacher):
    school_class = placed(evening())

    services.confirm_place(school_class=school_class, by=teacher, at=now)

    school_class.refresh_from_db()
    assert (school_class.state, school_class.answered_at) == (ClassState.CONFIRMED, now)
    assert AuditEntry.objects.about(school_class).get().verb == "place.confirmed"


def test_confirm_writes_to_the_contact_and_to_everybody_who_shares_the_booking(now, teacher):
    school_class = placed(evening(), booking__contact_email="Lena@Skola.example")
    owner = school_class.booking.people.get().user
    BookingPerson.objects.create(booking=school_class.booking, user=teacher, asked_at=now)  # has asked, is not in

    services.confirm_place(school_class=school_class, by=teacher, at=now)

    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(["lena@skola.example", owner.email.lower()])


def test_confirm_twice_is_once(now, teacher):
    school_class = placed(evening())
    services.confirm_place(school_class=school_class, by=teacher, at=now)
    letters = Letter.objects.count()

    services.confirm_place(school_class=school_class, by=teacher, at=now + timedelta(minutes=1))

    assert Letter.objects.count() == letters
    assert AuditEntry.objects.about(school_class).count() == 1


def test_confirm_is_possible_after_the_day_as_long_as_the_place_is_there(now, teacher):
    school_class = placed(evening())

    services.confirm_place(school_class=school_class, by=teacher, at=ANSWER_BY + timedelta(days=2))

    school_class.refresh_from_db()
    assert school_class.state == ClassState.CONFIRMED


@pytest.mark.parametrize("state", [ClassState.WAITING, ClassState.CANCELLED, ClassState.GIVEN_BACK])
def test_confirm_without_a_place_is_refused(now, teacher, state):
    school_class = nf.SchoolClassFactory(booking__night=evening(), state=state)

    with pytest.raises(WrongState):
        services.confirm_place(school_class=school_class, by=teacher, at=now)


def test_confirm_after_the_evening_is_refused(teacher):
    night = evening()
    school_class = placed(night)

    with pytest.raises(EveningOver):
        services.confirm_place(school_class=school_class, by=teacher, at=night.event.ends_at)


def test_a_substitute_confirms_without_an_account(now):
    school_class = placed(evening())

    services.confirm_place(school_class=school_class, by=None, at=now)

    assert AuditEntry.objects.about(school_class).get().actor is None


def test_confirm_all_takes_those_that_wait_for_an_answer_and_sends_one_receipt(now, teacher):
    night = evening()
    booking = nf.BookingFactory(night=night, contact_email="")
    first, second = placed(night, booking=booking), placed(night, booking=booking)
    placed(night, booking=booking, state=ClassState.CONFIRMED)
    nf.SchoolClassFactory(booking=booking, state=ClassState.WAITING)

    done = services.confirm_all(booking=booking, by=teacher, at=now)

    assert {one.pk for one in done} == {first.pk, second.pk}
    assert Letter.objects.count() == 1
    assert services.confirm_all(booking=booking, by=teacher, at=now) == []


@pytest.mark.parametrize("state", ClassState.holding())
def test_give_back_frees_place_teams_and_ticket_at_once(now, teacher, state):
    school_class = placed(evening(), state=state)

    services.give_back(school_class=school_class, by=teacher, at=now)

    school_class.refresh_from_db()
    assert (school_class.state, school_class.wave, school_class.answered_at) == (ClassState.GIVEN_BACK, None, now)
    assert (Team.objects.count(), Visit.objects.count()) == (0, 0)
    assert school_class.ticket.state == TicketState.CANCELLED
    assert AuditEntry.objects.about(school_class).get().verb == "place.given_back"
    assert Letter.objects.filter(to="lena@skola.example").count() == 1


def test_give_back_twice_is_once(now, teacher):
    school_class = placed(evening())
    services.give_back(school_class=school_class, by=teacher, at=now)
    letters = Letter.objects.count()

    services.give_back(school_class=school_class, by=teacher, at=now)

    assert (Letter.objects.count(), AuditEntry.objects.about(school_class).count()) == (letters, 1)


def test_give_back_of_a_class_that_has_come_in_is_refused(now, teacher):
    school_class = placed(evening(), state=ClassState.CONFIRMED)
    arrive(school_class)

    with pytest.raises(AlreadyIn):
        services.give_back(school_class=school_class, by=teacher, at=now)


def test_queue_again_puts_the_class_on_the_waiting_list(now, teacher):
    school_class = placed(evening())
    services.give_back(school_class=school_class, by=teacher, at=now)

    services.queue_again(school_class=school_class, by=teacher, at=now)

    school_class.refresh_from_db()
    assert (school_class.state, school_class.wave, school_class.outcome["code"]) == ("waiting", None, "gave_back")


def test_queue_again_needs_a_place_given_back(now, teacher):
    with pytest.raises(WrongState):
        services.queue_again(school_class=placed(evening()), by=teacher, at=now)


def test_queue_again_is_no_use_in_a_cancelled_booking(now, teacher):
    """A reallocation does not look there: the school would wait for nothing."""
    school_class = placed(evening())
    services.give_back(school_class=school_class, by=teacher, at=now)
    cancel_booking(booking=school_class.booking, by=teacher, at=now)

    with pytest.raises(WrongState):
        services.queue_again(school_class=school_class, by=teacher, at=now)


def arrive(school_class) -> Scan:
    return let_in(school_class.ticket, at=school_class.booking.night.event.starts_at)
