"""Two at once: shown on PostgreSQL, and shown to break without the lock."""

from collections.abc import Callable
from threading import Barrier

import pytest

from events.mail.models import Letter
from events.programme.models import EventQuerySet
from registrations.bookings import classes, people, services, substitutes
from registrations.bookings.models import Booking
from registrations.bookings.states import BookingState, ClassState
from tests import night_factories as nf
from tests.factories import UserFactory
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_draft(**facts) -> Booking:
    booking = nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, **facts)
    nf.SchoolClassFactory(booking=booking, label="9A")
    return booking


def unlocked(booking: Booking) -> Booking:
    return Booking.objects.select_related("school", "night__event").get(pk=booking.pk)


def test_a_booking_sent_twice_is_one_with_one_receipt(now):
    teacher = UserFactory(email="lena@skola.example")
    booking = a_draft(owner=teacher)

    told = at_once(*[lambda: services.send_booking(booking=booking, by=teacher, at=now)] * 4)

    assert told == ["done"] * 4
    assert Letter.objects.count() == 1


def test_without_the_locks_there_are_several_receipts(now, monkeypatch):
    """The test above can fail: with nothing locked, everybody finds a draft and writes a receipt."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    found = Barrier(4)

    def find_then_wait(booking):
        row = unlocked(booking)
        found.wait()
        return row

    monkeypatch.setattr(services, "locked", find_then_wait)
    teacher = UserFactory(email="lena@skola.example")
    booking = a_draft(owner=teacher)

    at_once(*[lambda: services.send_booking(booking=booking, by=teacher, at=now)] * 4)

    assert Letter.objects.count() > 1


def test_two_clicks_on_start_are_one_booking(now):
    teacher, night, school = UserFactory(), nf.NightFactory(), nf.SchoolFactory()

    at_once(*[lambda: services.start_booking(night=night, school=school, by=teacher, at=now)] * 4)

    assert Booking.objects.count() == 1


def add(booking, by, now, label="9A") -> Callable[[], object]:
    return lambda: classes.add_class(booking=booking, label=label, grade=9, pupils=20, adults=2, by=by, at=now)


def test_two_colleagues_who_add_the_same_class_add_it_once(now):
    teacher, colleague = UserFactory(), UserFactory()
    booking = nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, owner=teacher)

    told = at_once(add(booking, teacher, now), add(booking, colleague, now, "åk 9 a"))

    assert sorted(told) == ["done", "same_label"]
    assert booking.classes.count() == 1


def test_without_the_bookings_lock_the_class_is_there_twice(now, monkeypatch):
    looked = Barrier(2)

    def look_then_wait(others, label, grade):
        looked.wait()

    monkeypatch.setattr(classes, "locked", unlocked)
    monkeypatch.setattr(classes, "_refuse_same_label", look_then_wait)
    teacher = UserFactory()
    booking = nf.BookingFactory(state=BookingState.DRAFT, sent_at=None, owner=teacher)

    at_once(add(booking, teacher, now), add(booking, teacher, now))

    assert booking.classes.count() == 2


def test_two_bookings_of_one_class_sent_at_once_hear_of_each_other(now):
    one = a_draft(owner=UserFactory())
    other = a_draft(owner=UserFactory(), night=one.night, school=one.school)

    told = at_once(
        *[
            lambda b=booking: services.send_booking(booking=b, by=b.people.get().user, at=now)
            for booking in (one, other)
        ]
    )

    assert sorted(told) == ["done", "twin_found"]


def test_two_colleagues_who_let_each_other_in_do_not_wait_forever(now):
    one_owner, other_owner = UserFactory(), UserFactory()
    one = nf.BookingFactory(owner=one_owner)
    other = nf.BookingFactory(owner=other_owner, night=one.night, school=one.school)
    for booking in (one, other):
        nf.SchoolClassFactory(booking=booking, label="9A")
    asked_one = people.ask_to_share(booking=one, by=other_owner, at=now)
    asked_other = people.ask_to_share(booking=other, by=one_owner, at=now)

    told = at_once(
        lambda: people.answer_request(person=asked_one, welcome=True, by=one_owner, at=now),
        lambda: people.answer_request(person=asked_other, welcome=True, by=other_owner, at=now),
    )

    assert told == ["done", "done"]
    states = [one.classes.get().state, other.classes.get().state]
    assert states.count(ClassState.CANCELLED) == 1


def test_a_link_revoked_while_it_is_used_either_came_first_or_is_refused(now):
    teacher = UserFactory()
    booking = nf.BookingFactory(owner=teacher)
    wave = nf.WaveFactory(night=booking.night)
    one = nf.SchoolClassFactory(booking=booking, state=ClassState.CONFIRMED, wave=wave, pupils=20)
    link, _token = substitutes.make_link(
        booking=booking, name="Vic", until=booking.night.event.ends_at.date(), by=teacher, at=now
    )

    told = at_once(
        lambda: substitutes.revoke_link(link=link, by=teacher, at=now),
        lambda: substitutes.change_numbers_by_link(link=link, school_class=one, pupils=18, adults=2, seen=20, at=now),
    )

    one.refresh_from_db()
    assert (told[1], one.pupils) in {("done", 18), ("link_revoked", 20)}
