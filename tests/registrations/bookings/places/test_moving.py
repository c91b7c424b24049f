"""The bus is late: a class comes in later, and nobody else is moved."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.mail.models import Letter
from events.nights.models import ShareBasis
from registrations.allocation.models import Team, Visit
from registrations.bookings.places.moving import move_to_wave, options
from registrations.bookings.places.refusals import AlreadyIn, NoTimetable, WaveTooSmall
from registrations.bookings.states import ClassState
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed
from tests.registrations.bookings.places.test_services import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    made = evening(share_basis=ShareBasis.EQUAL)
    made.later = nf.WaveFactory(night=made, starts_at=made.first.starts_at + timedelta(hours=2), capacity=40)
    return made


@pytest.fixture
def by():
    return factories.UserFactory()


def visits(school_class) -> list[tuple]:
    rows = Visit.objects.filter(team__school_class=school_class)
    return sorted(rows.values_list("team__number", "station", "round"))


def test_one_tap_moves_the_class_with_teams_and_stations(night, by):
    school_class = placed(night, state=ClassState.CONFIRMED)
    teams = set(Team.objects.values_list("pk", flat=True))

    moved = move_to_wave(school_class=school_class, wave=night.later, by=by, at=night.first.starts_at)

    school_class.refresh_from_db()
    assert [row.pk for row in moved] == [school_class.pk]
    assert (school_class.wave, school_class.state) == (night.later, ClassState.CONFIRMED)
    assert set(Team.objects.values_list("pk", flat=True)) == teams
    assert len(visits(school_class)) == 4
    assert AuditEntry.objects.about(school_class).get().verb == "place.moved_by_hand"
    assert Letter.objects.filter(to="lena@skola.example").count() == 1


def test_those_who_share_the_bus_come_too(night, by):
    one, other = placed(night, bus="1"), placed(night, bus=" 1 ")
    stays = placed(night, bus="2")

    moved = move_to_wave(school_class=one, wave=night.later, by=by, at=night.first.starts_at)

    assert [row.pk for row in moved] == [one.pk, other.pk]
    stays.refresh_from_db()
    assert stays.wave == night.first


def test_nobody_else_is_moved(night, by):
    there = placed(night, wave=night.later)
    before = visits(there)

    move_to_wave(school_class=placed(night), wave=night.later, by=by, at=night.first.starts_at)

    assert visits(there) == before


def test_an_admission_that_is_full_is_refused(night, by):
    placed(night, wave=night.later, sizes=(15, 15))

    with pytest.raises(WaveTooSmall) as refusal:
        move_to_wave(school_class=placed(night), wave=night.later, by=by, at=night.first.starts_at)

    assert refusal.value.facts == {"free": 10, "pupils": 20}


def test_no_room_at_the_stations_leaves_everybody_where_they_were(night, by):
    """Only two stations are left for two visits, and both are full in every round."""
    for spot in night.spots:
        spot.capacity = 10
        spot.save()
    full = [[(spot, number)] for number in (1, 2, 3, 4) for spot in night.spots[:1]]
    placed(night, wave=night.later, sizes=(5, 5, 5, 5), visits=full)
    night.spots[2].delete()
    school_class = placed(night, sizes=(9,), visits=[[(night.spots[0], 1), (night.spots[1], 2)]])

    with pytest.raises(NoTimetable):
        move_to_wave(school_class=school_class, wave=night.later, by=by, at=night.first.starts_at)

    school_class.refresh_from_db()
    assert school_class.wave == night.first


def test_rounds_that_have_begun_are_not_given(night, by):
    school_class = placed(night)
    at = night.later.starts_at + timedelta(minutes=15)  # the first round began five minutes ago

    move_to_wave(school_class=school_class, wave=night.later, by=by, at=at)

    assert min(row[2] for row in visits(school_class)) >= 2


def test_an_admission_with_too_few_rounds_left_is_not_offered(night):
    school_class = placed(night)

    assert [one.wave for one in options(school_class, night.first.starts_at)] == [night.later]
    assert options(school_class, night.later.starts_at + timedelta(minutes=61)) == []


def test_a_class_that_has_come_in_stays(night, by):
    school_class = placed(night)
    arrive(school_class)

    with pytest.raises(AlreadyIn):
        move_to_wave(school_class=school_class, wave=night.later, by=by, at=night.first.starts_at)


def test_a_second_tap_moves_nobody(night, by):
    school_class = placed(night)
    move_to_wave(school_class=school_class, wave=night.later, by=by, at=night.first.starts_at)

    assert move_to_wave(school_class=school_class, wave=night.later, by=by, at=night.first.starts_at) == []
