"""From rows to what is solved: worked by hand on four stands."""

from datetime import timedelta
from itertools import pairwise

import pytest

from events.municipalities.models import Municipality
from registrations.placement.instances import (
    Ground,
    HallRow,
    StandRow,
    build_instance,
    exhibitor_id,
    positions_of,
    stand_id,
)
from registrations.placement.loading import load_ground
from registrations.placement.models import NeighbourWish, StandWish
from registrations.placement.offers import decline_stand
from registrations.stands.geometry import Box
from registrations.stands.models import PlacingState, StandHold
from tests.order_factories import a_package
from tests.registrations.placement.floors import an_exhibitor
from tests.stand_factories import PlacingFactory

HALL = HallRow(1, 1200, 1000, (600, 1000))


def row(pk: int, **facts) -> StandRow:
    return StandRow(pk=pk, hall=1, number=f"A{pk}", box=Box(300 * (pk - 1), 0, 300, 300), **facts)


def test_positions_follow_from_the_drawing_unless_they_are_set():
    found = positions_of(Ground(halls=(HALL,), stands=(row(1), row(2), row(3, value=99), row(4))))

    assert [found[pk].is_corner for pk in (1, 2, 3, 4)] == [True, False, False, True]
    assert [pk for pk in (1, 2, 3, 4) if found[pk].is_near] == [2]
    assert found[3].value == 99
    # A1: 961.8 of 1166.2 cm away, (1 - 0.825) · 70 = 12, and 30 for the corner; A2: 863.1 cm, 18.
    assert (found[1].value, found[2].value) == (42, 18)


def test_an_instance_says_who_needs_what(event, stands, now):
    package = a_package(event, rank=2, stand_m2=9, power_w=400)
    alfa = an_exhibitor(event, "Alfa AB", package=package, field=" Livsmedel  och Dryck")
    beta = an_exhibitor(event, "Beta AB", field="livsmedel och dryck")
    gamma = an_exhibitor(event, "Gamma AB", organisation__municipality=None)
    StandWish.objects.create(exhibitor=alfa, power_w=1500, corner=True, apart_from_field=True)
    NeighbourWish.objects.create(exhibitor=alfa, other=gamma, kind="near")

    instance, fixed = build_instance(load_ground(event, now), "fair")

    assert fixed == {}
    assert [one["size"] for one in instance["stands"]] == [9, 9, 9, 9]
    assert instance["adjacent"] == [[stand_id(a.pk), stand_id(b.pk)] for a, b in pairwise(stands)]
    first, second, third = instance["exhibitors"]
    assert first == {
        "id": exhibitor_id(alfa.pk),
        "municipality": "1281",
        "field": "livsmedel och dryck",
        "package": 2,
        "registered_at": alfa.applied_at.isoformat(),
        "min_size": 9,
        "power_w": 1500,
        "near": [exhibitor_id(gamma.pk)],
        "not_near": [exhibitor_id(beta.pk)],
        "corner": True,
        "entrance": False,
        "refused": [],
    }
    assert (second["package"], second["min_size"], second["power_w"]) == (10, 0, 0)
    assert third["municipality"] == f"-{gamma.pk}"


def test_a_wanted_neighbour_in_the_same_line_of_business_is_no_competitor(event, stands, now):
    alfa, beta = (an_exhibitor(event, f"{name} AB", field="it") for name in ("Alfa", "Beta"))
    StandWish.objects.create(exhibitor=alfa, apart_from_field=True)
    NeighbourWish.objects.create(exhibitor=alfa, other=beta, kind="near")

    instance, _fixed = build_instance(load_ground(event, now))

    assert instance["exhibitors"][0]["not_near"] == []


def test_stands_that_cannot_be_given_are_left_out(event, stands, companies, now):
    blocked, held, over, taken = stands
    blocked.blocked_at = now
    blocked.save()
    StandHold.objects.create(stand=held, exhibitor=companies[0], until_at=now + timedelta(minutes=5))
    StandHold.objects.create(stand=over, exhibitor=companies[0], until_at=now)
    gone = PlacingFactory(stand=taken).exhibitor
    gone.state = "withdrawn"
    gone.save()

    instance, fixed = build_instance(load_ground(event, now))

    assert [one["number"] for one in instance["stands"]] == [over.number]
    assert fixed == {}
    assert instance["adjacent"] == []


def test_a_stand_given_by_hand_is_fixed_even_where_it_is_too_small(event, stands, now):
    alfa = an_exhibitor(event, "Alfa AB", package=a_package(event, stand_m2=18, power_w=3000))
    PlacingFactory(stand=stands[1], exhibitor=alfa, state=PlacingState.CONFIRMED)

    instance, fixed = build_instance(load_ground(event, now))

    assert fixed == {exhibitor_id(alfa.pk): stand_id(stands[1].pk)}
    assert instance["given"] == [exhibitor_id(alfa.pk)]
    needs = instance["exhibitors"][0]
    assert (needs["min_size"], needs["power_w"]) == (9, 500)


def test_a_stand_that_was_said_no_to_is_refused_unless_it_is_given_again(event, stands, companies, organiser, now):
    alfa, beta = companies[:2]
    for company, stand in ((alfa, stands[0]), (beta, stands[1])):
        PlacingFactory(stand=stand, exhibitor=company, told_at=now)
        decline_stand(exhibitor=company, stand=stand, by=organiser, at=now)
    PlacingFactory(stand=stands[1], exhibitor=beta)  # by hand, when it had changed its mind

    keep = {exhibitor_id(alfa.pk): stand_id(stands[0].pk)}
    instance, fixed = build_instance(load_ground(event, now), keep=keep)

    assert [one["refused"] for one in instance["exhibitors"]] == [[stand_id(stands[0].pk)], [], [], []]
    assert fixed == {exhibitor_id(beta.pk): stand_id(stands[1].pk)}


def test_what_is_kept_must_still_be_possible(event, stands, companies, now):
    alfa, beta, gamma, _delta = companies
    PlacingFactory(stand=stands[0], exhibitor=beta)
    keep = {
        exhibitor_id(alfa.pk): stand_id(stands[0].pk),  # Beta's by now
        exhibitor_id(beta.pk): stand_id(stands[3].pk),  # has another
        exhibitor_id(gamma.pk): stand_id(stands[2].pk),
        "e999999": stand_id(stands[1].pk),
    }

    instance, fixed = build_instance(load_ground(event, now), keep=keep)

    assert fixed == {
        exhibitor_id(beta.pk): stand_id(stands[0].pk),
        exhibitor_id(gamma.pk): stand_id(stands[2].pk),
    }
    assert instance["given"] == [exhibitor_id(beta.pk)]


@pytest.mark.parametrize("many", [1, 3])
def test_the_ground_is_loaded_in_a_constant_number_of_queries(event, stands, now, many, django_assert_num_queries):
    Municipality.objects.get_or_create(code="1281", name="Lund")
    package = a_package(event)
    for number in range(many):
        one = an_exhibitor(event, f"Bolag{number} AB", package=package)
        StandWish.objects.create(exhibitor=one)
    with django_assert_num_queries(11):
        load_ground(event, now)
