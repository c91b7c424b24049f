"""Two organisers at the same moment: shown on PostgreSQL, and shown to break without the booking's lock."""

from collections.abc import Callable
from threading import Barrier

import pytest
from django.db import connection

from events.programme.models import EventQuerySet
from registrations.bookings import merging, scoring
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.states import ClassState
from tests.factories import NOW, UserFactory
from tests.night_factories import BookingFactory, NightFactory, SchoolClassFactory, SchoolFactory
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def score_at_once() -> tuple[list[str], SchoolClass]:
    one, by = SchoolClassFactory(), UserFactory()
    seen = scoring.seen_as(one)

    def giving(points: int) -> Callable[[], object]:
        return lambda: scoring.score_class(school_class=one, score=points, note="", seen=seen, by=by, at=NOW)

    return sorted(at_once(*[giving(points) for points in (10, 20, 30, 40)])), one


def test_the_first_points_stand_and_the_others_are_told():
    told, one = score_at_once()

    one.refresh_from_db()
    assert told == ["done", "stale", "stale", "stale"]
    assert one.score in {10, 20, 30, 40}


def test_without_the_lock_points_are_overwritten(monkeypatch):
    """The test above can fail: with the booking's row unlocked, all of them believe that they are first."""
    rows = Booking.objects.select_related("school", "night__event")
    monkeypatch.setattr(scoring, "locked", lambda booking: rows.get(pk=booking.pk))
    # Everybody looks before anybody writes: what a busy server does by chance is done here on purpose.
    looked = Barrier(4)
    seen_as = scoring.seen_as

    def look_then_wait(one: SchoolClass) -> str:
        answer = seen_as(one)
        if connection.in_atomic_block:
            looked.wait()
        return answer

    monkeypatch.setattr(scoring, "seen_as", look_then_wait)

    told, _one = score_at_once()

    assert told == ["done"] * 4


def merge_at_once() -> tuple[list[str], list[str]]:
    """One organiser keeps the first class, another the second; what each was told, and the classes' states then."""
    night, school, by = NightFactory(), SchoolFactory(), UserFactory()
    first, second = (
        SchoolClassFactory(booking=BookingFactory(night=night, school=school), label="9A") for _ in range(2)
    )
    told = at_once(
        lambda: merging.merge_classes(keep=first, drop=second, by=by, at=NOW),
        lambda: merging.merge_classes(keep=second, drop=first, by=by, at=NOW),
    )
    return sorted(told), sorted(SchoolClass.objects.values_list("state", flat=True))


def test_two_merges_leave_one_class():
    told, states = merge_at_once()

    assert told == ["done", "not_twins"]
    assert states == [ClassState.APPLIED, ClassState.CANCELLED]


def test_without_the_locks_two_merges_cancel_both(monkeypatch):
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    rows = Booking.objects.select_related("school", "night__event")
    monkeypatch.setattr(merging, "_locked_bookings", lambda pks: {row.pk: row for row in rows.filter(pk__in=pks)})
    monkeypatch.setattr(merging, "_again", lambda one, bookings: _again(one, bookings))
    looked = Barrier(2)
    refuse = merging._refuse_unless_twins

    def look_then_wait(keep: SchoolClass, drop: SchoolClass) -> None:
        refuse(keep, drop)
        looked.wait()

    monkeypatch.setattr(merging, "_refuse_unless_twins", look_then_wait)
    # Who closes whose booking is not what this is about, and the two would wait for each other.
    monkeypatch.setattr(merging, "_share", lambda *args: None)
    monkeypatch.setattr(merging, "_close_if_empty", lambda *args: None)

    told, states = merge_at_once()

    assert told == ["done", "done"]
    assert states == [ClassState.CANCELLED, ClassState.CANCELLED]


def _again(one: SchoolClass, bookings: dict[int, Booking]) -> SchoolClass:
    row = SchoolClass.objects.get(pk=one.pk)
    row.booking = bookings[row.booking_id]
    return row
