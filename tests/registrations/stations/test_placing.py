"""All rows of the organiser's page at once: every one of them, or none."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from registrations.exhibitors.services import EventOver
from registrations.stations import placing
from registrations.stations.models import Station
from registrations.stations.placing import Place
from tests import factories
from tests.night_factories import NightFactory, StationFactory, ZoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return factories.UserFactory()


@pytest.fixture
def night():
    return NightFactory()


def row(station, **other) -> Place:
    values = {"zone": station.zone, "number": station.number, "capacity": station.capacity}
    return Place(pk=station.pk, seen=1, **{**values, **other})


def place(night, user, now, *rows):
    return placing.place_stations(night=night, places=rows, by=user, at=now)


def test_place_stations_saves_only_what_is_new(night, user, now):
    zone = ZoneFactory(night=night)
    same, moved = StationFactory(night=night, number=1), StationFactory(night=night)

    changed = place(night, user, now, row(same), row(moved, zone=zone, number=2, capacity=7))

    assert changed == [moved]
    stored = {s.pk: (s.zone, s.number, s.capacity, s.version) for s in night.stations.all()}
    assert stored == {same.pk: (same.zone, 1, 20, 1), moved.pk: (zone, 2, 7, 2)}
    assert AuditEntry.objects.about(moved).get().changes == {
        "zone": [moved.zone_id, zone.pk],
        "number": [None, 2],
        "capacity": [20, 7],
    }


def test_place_stations_lets_two_swap_numbers(night, user, now):
    one, other = StationFactory(night=night, number=1), StationFactory(night=night, number=2)

    place(night, user, now, row(one, number=2), row(other, number=1))

    assert {s.pk: s.number for s in night.stations.all()} == {one.pk: 2, other.pk: 1}


def test_place_stations_with_one_faulty_row_saves_none_and_blames_it(night, user, now):
    StationFactory(night=night, number=5, name="Fem")  # not among the rows: filtered away
    good, bad = StationFactory(night=night), StationFactory(night=night)

    with pytest.raises(placing.RowsRefused) as refused:
        place(night, user, now, row(good, number=1), row(bad, number=5))

    assert list(refused.value.faults) == [bad.pk]
    assert "Fem" in refused.value.faults[bad.pk]
    assert set(Station.objects.filter(pk__in=[good.pk, bad.pk]).values_list("number", flat=True)) == {None}


def test_place_stations_blames_a_row_that_a_colleague_changed_but_not_one_left_as_it_was(night, user, now):
    mine, untouched = StationFactory(night=night, number=1), StationFactory(night=night, number=2)
    Station.objects.update(version=2)

    with pytest.raises(placing.RowsRefused) as refused:
        place(night, user, now, row(mine, number=9), row(untouched))

    assert list(refused.value.faults) == [mine.pk]


def test_place_stations_of_another_night_are_left_alone(night, user, now):
    theirs = StationFactory(capacity=20)

    assert place(night, user, now, row(theirs, capacity=1)) == []
    assert Station.objects.get(pk=theirs.pk).capacity == 20


def test_place_stations_after_the_event_is_refused(night, user, now):
    with pytest.raises(EventOver):
        place(night, user, now + timedelta(days=400))


def test_number_stations_fills_the_gaps_zone_by_zone(night, user, now):
    far, near = ZoneFactory(night=night, position=2), ZoneFactory(night=night, position=1)
    StationFactory(night=night, zone=far, number=2)
    b, a = StationFactory(night=night, zone=near, name="B"), StationFactory(night=night, zone=near, name="A")
    c = StationFactory(night=night, zone=far, name="C")
    homeless = StationFactory(night=night, zone=None)

    assert placing.number_stations(night=night, by=user, at=now) == 3

    stored = dict(night.stations.values_list("pk", "number"))
    assert (stored[a.pk], stored[b.pk], stored[c.pk], stored[homeless.pk]) == (1, 3, 4, None)
