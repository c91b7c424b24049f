"""Other numbers for a class that has its place."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.mail.models import Letter
from registrations.allocation.models import Team
from registrations.bookings.places.numbers import change_numbers
from registrations.bookings.places.refusals import (
    AlreadyIn,
    NoRoom,
    NotEnoughRoom,
    NumbersChanged,
    TooFewForNeeds,
    TooLateToChange,
    WrongState,
)
from registrations.bookings.places.tasks import send_receipt
from registrations.bookings.states import ClassState
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed
from tests.registrations.bookings.places.test_services import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.UserFactory()


def sizes(school_class) -> list[int]:
    return list(Team.objects.filter(school_class=school_class).values_list("size", flat=True))


def test_more_pupils_grow_the_teams_and_the_ticket(now, teacher):
    school_class = placed(evening(), sizes=(10, 9))

    change_numbers(school_class=school_class, pupils=21, adults=3, by=teacher, at=now)

    school_class.refresh_from_db()
    assert (school_class.pupils, school_class.adults, sizes(school_class)) == (21, 3, [11, 10])
    assert school_class.ticket.headcount == 21
    assert AuditEntry.objects.about(school_class).get().changes == {"pupils": [19, 21], "adults": [2, 3]}


def test_as_many_as_fit_are_named_and_nothing_is_written(now, teacher):
    school_class = placed(evening(wave_capacity=22), sizes=(10, 10))

    with pytest.raises(NotEnoughRoom) as refusal:
        change_numbers(school_class=school_class, pupils=24, adults=2, by=teacher, at=now)

    assert refusal.value.facts == {"fits": 2, "wanted": 4, "pupils": 22}
    school_class.refresh_from_db()
    assert (school_class.pupils, sizes(school_class)) == (20, [10, 10])


def test_other_classes_at_the_same_station_take_its_seats(now, teacher):
    """Station 1 takes 20 at a time; in round 1 it has this class's team of 10 and another's of 9."""
    night = evening(stations=1, capacity=20)
    spot = night.spots[0]
    school_class = placed(night, sizes=(10,), visits=[[(spot, 1)]])
    placed(night, sizes=(9,), visits=[[(spot, 1)]])

    with pytest.raises(NotEnoughRoom) as refusal:
        change_numbers(school_class=school_class, pupils=12, adults=2, by=teacher, at=now)

    assert refusal.value.facts["fits"] == 1


def test_a_long_visit_takes_seats_in_every_round_of_it(now, teacher):
    night = evening(stations=1, capacity=20)
    spot = night.spots[0]
    spot.duration = 2
    spot.save()
    school_class = placed(night, sizes=(10,), visits=[[(spot, 1)]])
    placed(night, sizes=(10,), visits=[[(spot, 2)]])

    with pytest.raises(NoRoom):
        change_numbers(school_class=school_class, pupils=11, adults=2, by=teacher, at=now)


def test_the_places_of_the_evening_bind(now, teacher):
    night = evening(places=20)
    with pytest.raises(NoRoom):
        change_numbers(school_class=placed(night), pupils=21, adults=2, by=teacher, at=now)


def test_fewer_pupils_free_places(now, teacher):
    school_class = placed(evening(), sizes=(10, 9))

    changed = change_numbers(school_class=school_class, pupils=14, adults=2, by=teacher, at=now)

    assert (changed.freed, sizes(school_class)) == (5, [7, 7])


def test_fewer_than_its_wheelchairs_is_refused(now, teacher):
    school_class = placed(evening(), sizes=(3,), needs={"wheelchair": 2})

    with pytest.raises(TooFewForNeeds):
        change_numbers(school_class=school_class, pupils=1, adults=2, by=teacher, at=now)


def test_the_same_number_again_writes_nothing(now, teacher):
    school_class = placed(evening())

    change_numbers(school_class=school_class, pupils=20, adults=2, by=teacher, at=now)

    assert not AuditEntry.objects.about(school_class).exists()


def test_a_number_that_somebody_else_changed_is_not_overwritten(now, teacher):
    school_class = placed(evening())

    with pytest.raises(NumbersChanged) as refusal:
        change_numbers(school_class=school_class, pupils=19, adults=2, by=teacher, at=now, seen=18)

    assert refusal.value.facts == {"pupils": 20}


def test_from_the_admission_on_the_door_counts(teacher):
    night = evening()

    with pytest.raises(TooLateToChange):
        change_numbers(school_class=placed(night), pupils=19, adults=2, by=teacher, at=night.first.starts_at)


def test_a_class_that_came_in_early_is_counted(now, teacher):
    school_class = placed(evening())
    arrive(school_class)

    with pytest.raises(AlreadyIn):
        change_numbers(school_class=school_class, pupils=19, adults=2, by=teacher, at=now)


def test_a_class_without_a_place_changes_its_booking_instead(now, teacher):
    school_class = nf.SchoolClassFactory(booking__night=evening(), state=ClassState.WAITING)

    with pytest.raises(WrongState):
        change_numbers(school_class=school_class, pupils=19, adults=2, by=teacher, at=now)


def test_many_taps_are_one_receipt(now, teacher):
    school_class = placed(evening())
    for step in range(1, 4):
        change_numbers(
            school_class=school_class, pupils=20 + step, adults=2, by=teacher, at=now + timedelta(seconds=step)
        )
    school_class.refresh_from_db()

    answers = [send_receipt.func(school_class.pk, school_class.version - back) for back in (2, 1, 0)]

    assert answers == ["nothing to do", "nothing to do", "written"]
    assert "23 elever" in Letter.objects.first().text or "23 pupils" in Letter.objects.first().text
