"""What is decided by hand needs a why, and keeps to the hard rules."""

import pytest

from events.access.models import AuditEntry
from registrations.allocation import hand
from registrations.allocation.models import HandPlacing
from registrations.bookings.states import ClassState
from tests.night_factories import SchoolClassFactory

pytestmark = pytest.mark.django_db


def place(row, by, at, *, wave=None, gets_a_place=True, note="Lovat"):
    return hand.place_by_hand(school_class=row, gets_a_place=gets_a_place, wave=wave, note=note, by=by, at=at)


def test_a_decision_is_kept_with_its_why_and_trail(one, waves, organiser, now):
    made = place(one, organiser, now, wave=waves[0])

    assert (made.gets_a_place, made.wave, made.note, made.by) == (True, waves[0], "Lovat", organiser)
    entry = AuditEntry.objects.get(verb=hand.PLACED)
    assert entry.changes == {"gets a place": [None, True], "wave": [None, waves[0].pk]}


def test_a_new_decision_replaces_the_old(one, waves, organiser, now):
    place(one, organiser, now, wave=waves[0])
    place(one, organiser, now, gets_a_place=False, wave=waves[0])

    row = HandPlacing.objects.get()
    assert (row.gets_a_place, row.wave) == (False, None)


def test_a_decision_is_taken_back_once(one, organiser, now):
    place(one, organiser, now)

    assert hand.release(school_class=one, by=organiser, at=now)
    assert not hand.release(school_class=one, by=organiser, at=now)
    assert AuditEntry.objects.filter(verb=hand.RELEASED).count() == 1


def refused(row, by, at, **values) -> str:
    with pytest.raises(hand.CannotLock) as refusal:
        place(row, by, at, **values)
    assert "9A" in str(refusal.value)
    assert not HandPlacing.objects.filter(school_class=row).exists()
    return refusal.value.rule


def test_a_time_that_the_school_has_said_no_to_is_refused(one, waves, organiser, now):
    one.possible_waves.set([waves[0]])

    assert refused(one, organiser, now, wave=waves[1]) == "wave_not_possible"


def test_more_pupils_than_places_are_refused(one, other, organiser, now):
    place(other, organiser, now)

    assert refused(one, organiser, now) == "places_full"


def test_the_same_class_twice_is_refused(night, one, organiser, now):
    twin = SchoolClassFactory(booking__night=night, booking__school=one.booking.school, label="9 a", pupils=5)
    place(twin, organiser, now)

    assert refused(one, organiser, now) == "duplicate_class"


def test_two_times_for_one_bus_are_refused(night, one, waves, organiser, now):
    one.bus = "1"
    one.save()
    mate = SchoolClassFactory(booking=one.booking, label="9C", pupils=5, bus="1")
    place(mate, organiser, now, wave=waves[0])

    assert refused(one, organiser, now, wave=waves[1]) == "bus_cannot_meet"


def test_a_class_that_finds_too_few_stations_is_refused(night, one, organiser, now):
    night.stations.update(youngest_grade=12)

    assert refused(one, organiser, now) == "no_timetable"


def test_no_place_is_never_impossible(one, night, organiser, now):
    night.stations.update(youngest_grade=12)

    assert not place(one, organiser, now, gets_a_place=False).gets_a_place


def test_a_cancelled_class_takes_no_part(one, organiser, now):
    one.state = ClassState.CANCELLED
    one.save()

    with pytest.raises(hand.NotInTheAllocation):
        place(one, organiser, now)
