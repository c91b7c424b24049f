"""From the rows to a reallocation: what was told, and what has fallen away since."""

import pytest
from django.utils import timezone

from events.nights.models import ShareBasis
from registrations.allocation import reallocations
from registrations.allocation.instances import build_instance
from registrations.allocation.models import ProposalKind, ProposalState, Visit
from registrations.allocation.pictures import effective
from registrations.allocation.reallocations import NothingPublished, ask_for_reallocation, build_reallocation
from registrations.allocation.timetables import write_timetables
from registrations.bookings.places import services
from registrations.bookings.places.numbers import change_numbers
from registrations.bookings.states import ClassState
from registrations.stations.models import ClosedRound
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    return evening(share_basis=ShareBasis.EQUAL)


def publish(night):
    """The rows as they are, as if a proposal had said so."""
    return nf.ProposalFactory(
        night=night,
        instance=build_instance(night),
        solution=reallocations.announced_now(night),
        state=ProposalState.DONE,
        published_at=timezone.now(),
    )


def test_before_publishing_there_is_nothing_to_keep(night):
    with pytest.raises(NothingPublished):
        build_reallocation(night)


def test_nothing_has_happened(night):
    one = placed(night)
    publish(night)

    made = build_reallocation(night)

    assert (made["format"], made["events"]) == ("alloc.realloc/1", [])
    assert made["announced"]["assignments"] == [{"group": f"c{one.pk}", "wave": f"w{night.first.pk}"}]
    assert len(made["announced"]["visits"]) == 4
    assert effective(made) == build_instance(night)


def test_a_place_given_back_is_a_cancelled_group(night):
    gone, stays = placed(night), placed(night)
    publish(night)
    services.give_back(school_class=gone, by=factories.UserFactory(), at=factories.NOW)

    made = build_reallocation(night)

    assert made["events"] == [{"type": "cancel_group", "group": f"c{gone.pk}"}]
    assert {row["id"] for row in made["base"]["groups"]} == {f"c{gone.pk}", f"c{stays.pk}"}
    assert {row["group"] for row in made["announced"]["assignments"]} == {f"c{gone.pk}", f"c{stays.pk}"}
    assert effective(made)["groups"] == build_instance(night)["groups"]


def test_a_class_that_asks_again_takes_part_like_any_other(night):
    again, by = placed(night), factories.UserFactory()
    publish(night)
    services.give_back(school_class=again, by=by, at=factories.NOW)
    services.queue_again(school_class=again, by=by, at=factories.NOW)

    made = build_reallocation(night)

    assert (made["events"], made["announced"]["assignments"]) == ([], [])
    assert [row["id"] for row in made["base"]["groups"]] == [f"c{again.pk}"]


def test_a_cancelled_station_that_somebody_was_sent_to(night):
    placed(night, sizes=(10,))  # goes to stations 1 and 2
    publish(night)
    for spot in (night.spots[1], night.spots[2]):
        spot.cancelled_at = timezone.now()
        spot.save()

    made = build_reallocation(night)

    assert made["events"] == [{"type": "cancel_station", "station": f"s{night.spots[1].pk}"}]
    assert len(made["base"]["stations"]) == 2
    assert len(made["announced"]["visits"]) == 2


def test_a_round_that_was_closed_on_somebody(night):
    placed(night, sizes=(10,))  # is at station 1 in round 1
    publish(night)
    ClosedRound.objects.create(station=night.spots[0], wave=night.first, round=1)
    ClosedRound.objects.create(station=night.spots[0], wave=night.first, round=4)

    made = build_reallocation(night)

    first = next(row for row in made["base"]["stations"] if row["id"] == f"s{night.spots[0].pk}")
    assert made["events"] == [{"type": "close_round", "station": first["id"], "wave": f"w{night.first.pk}", "round": 1}]
    assert first["closed"] == [[f"w{night.first.pk}", 4]]


def test_an_admission_that_was_cut(night):
    placed(night), placed(night)
    publish(night)
    night.first.capacity = 30
    night.first.save()

    made = build_reallocation(night)

    assert made["events"] == [{"type": "cut_wave", "wave": f"w{night.first.pk}", "capacity_less": 10}]
    assert made["base"]["waves"][0]["capacity"] == 40
    assert effective(made)["waves"][0]["capacity"] == 30


def test_more_room_is_simply_there(night):
    placed(night)
    nf.SchoolClassFactory(booking__night=night, state=ClassState.WAITING)
    publish(night)
    night.first.capacity = 90
    night.first.save()

    made = build_reallocation(night)

    assert (made["events"], made["base"]["waves"][0]["capacity"]) == ([], 90)


def test_changed_numbers_keep_the_teams_that_were_told(night):
    one = placed(night, sizes=(10, 9))
    publish(night)
    change_numbers(school_class=one, pupils=22, adults=2, by=factories.UserFactory(), at=factories.NOW)

    made = build_reallocation(night)

    assert [team["size"] for team in made["base"]["groups"][0]["teams"]] == [11, 11]
    assert len(made["announced"]["visits"]) == 4


def test_the_proposal_is_made_by_the_same_machinery(night):
    placed(night)
    publish(night)

    made = ask_for_reallocation(night=night, seconds=5, seed=1, note="", by=factories.UserFactory(), at=factories.NOW)

    assert (made.kind, made.state) == (ProposalKind.REALLOCATION, ProposalState.QUEUED)


@pytest.mark.parametrize("rows", [1, 3])
def test_building_needs_the_same_queries_for_one_class_and_three(night, rows, django_assert_num_queries):
    made = [placed(night, sizes=(5,)) for _ in range(rows + 1)]
    publish(night)
    services.give_back(school_class=made[0], by=factories.UserFactory(), at=factories.NOW)
    night.spots[0].cancelled_at = timezone.now()
    night.spots[0].save()

    with django_assert_num_queries(16):
        build_reallocation(night)


def test_teams_keep_the_number_on_their_sheet(night):
    """One of three teams is no more: the others are still 1 and 3, wherever they go."""
    one = placed(night, sizes=(9, 1, 9))
    one.teams.get(number=2).delete()
    one.pupils = 18
    one.save()
    instance = build_instance(night)

    write_timetables([one], instance, {one.pk: {f"c{one.pk}-3": [(1, night.spots[0].pk)]}})

    assert list(one.teams.values_list("number", flat=True)) == [1, 3]
    assert list(Visit.objects.values_list("team__number", flat=True)) == [3]
