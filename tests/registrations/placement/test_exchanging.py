"""Corners and the entrance, after the solver: by hand on a row of stands, and what must hold whatever comes out of it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.placement.exchanging import exchanged
from registrations.placement.measures import Measured, fits, has_refused
from tests.allocation_stands_instances import stands as made_up
from tests.registrations.allocation.solver.small_hall import exhibitor, hall, stand

Json = dict[str, Any]


def a_row(*exhibitors: Json, value: int = 1) -> Json:
    """Four stands side by side; s1 and s4 are corners, s2 is near the entrance."""
    stands = [
        stand(f"s{n}", value=value * n) | {"corner": n in {1, 4}, "entrance": n == 2, "number": f"A{n}"}
        for n in range(1, 5)
    ]
    return hall(stands, list(exhibitors), [("s1", "s2"), ("s2", "s3"), ("s3", "s4")])


def test_somebody_without_the_wish_gives_the_corner_to_somebody_with_it():
    instance = a_row(exhibitor("e1"), exhibitor("e2", corner=True))

    assert exchanged(instance, {}, {"e1": "s1", "e2": "s2"}) == {"e1": "s2", "e2": "s1"}


def test_positions_of_another_worth_change_within_a_package_and_not_between_two():
    one, two = exhibitor("e1", package=1), exhibitor("e2", package=2, corner=True)
    at = {"e1": "s1", "e2": "s2"}

    assert exchanged(a_row(one, two, value=10), {}, at) == at
    assert exchanged(a_row(one, two | {"package": 1}, value=10), {}, at) == {"e1": "s2", "e2": "s1"}


def test_an_empty_stand_is_taken_when_it_is_worth_the_same():
    instance = a_row(exhibitor("e1", corner=True))
    instance["stands"][3]["value"] = 2  # e1 has s3, worth 3: s1 would be worth 1 and s4 2

    assert exchanged(instance, {}, {"e1": "s3"}) == {"e1": "s3"}
    instance["stands"][3]["value"] = 3
    assert exchanged(instance, {}, {"e1": "s3"}) == {"e1": "s4"}


def test_no_wish_for_a_neighbour_is_lost_for_a_corner():
    at = {"e1": "s1", "e2": "s2", "e3": "s3"}
    free = a_row(exhibitor("e1"), exhibitor("e2", corner=True), exhibitor("e3"), value=0)
    bound = a_row(exhibitor("e1"), exhibitor("e2", corner=True, near=["e3"]), exhibitor("e3"), value=0)
    for instance in (free, bound):
        instance["stands"].pop()  # s4 is not there
        instance["adjacent"].pop()

    assert exchanged(free, {}, at) == {"e1": "s2", "e2": "s1", "e3": "s3"}
    assert exchanged(bound, {}, at) == at


def test_no_wish_for_a_neighbour_is_lost_for_a_corner_with_fewer_competitors_either():
    """e2 wants e3 beside it, and e3 does not want e2."""
    instance = a_row(
        exhibitor("e1"), exhibitor("e2", corner=True, near=["e3"]), exhibitor("e3", not_near=["e2"]), value=0
    )
    instance["stands"][3]["corner"] = False
    at = {"e1": "s1", "e2": "s2", "e3": "s3"}

    assert exchanged(instance, {}, at) == at


def test_who_has_the_corner_that_it_asked_for_keeps_it():
    """A lesser package's wish for it would move competitors apart."""
    wanting = exhibitor("e2", package=2, corner=True, not_near=["e3"])
    at = {"e1": "s1", "e2": "s2", "e3": "s3"}
    for has_asked in (True, False):
        instance = a_row(exhibitor("e1", package=1, corner=has_asked), wanting, exhibitor("e3"), value=0)
        instance["stands"][3]["corner"] = False

        assert (exchanged(instance, {}, at) == at) == has_asked


def test_who_is_first_in_priority_gets_the_only_corner():
    instance = a_row(exhibitor("e1"), exhibitor("e3", corner=True), exhibitor("e2", corner=True), value=0)
    instance["stands"][3]["corner"] = False

    found = exchanged(instance, {}, {"e1": "s1", "e2": "s3", "e3": "s4"})

    assert found["e2"] == "s1"  # e2 applied a second before e3


def test_who_was_given_a_stand_or_has_refused_one_is_left_alone():
    at = {"e1": "s1", "e2": "s2"}
    plain, wishing = exhibitor("e1"), exhibitor("e2", corner=True)

    assert exchanged(a_row(plain, wishing), {"e1": "s1"}, at) == at | {"e2": "s2"}
    assert exchanged(a_row(plain | {"refused": ["s2"]}, wishing), {}, at)["e1"] == "s1"
    assert exchanged(a_row(plain, wishing | {"refused": ["s1"]}), {}, at) == at
    assert exchanged(a_row(plain | {"power_w": 1}, wishing), {}, at) == at  # s2 has none


@settings(max_examples=60)
@given(st.data())
def test_no_level_is_worse_and_no_fewer_wishes_come_true(data):
    seed = data.draw(st.integers(1, 1000))
    instance = made_up(exhibitors=12, spare=data.draw(st.integers(0, 4)), columns=4, seed=seed)
    for row in instance["stands"]:
        row |= {"corner": data.draw(st.booleans()), "entrance": data.draw(st.booleans())}
    for row in instance["exhibitors"]:
        row |= {"corner": data.draw(st.booleans()), "entrance": data.draw(st.booleans()), "refused": []}
        row |= {"min_size": 1, "power_w": 0, "package": data.draw(st.integers(1, 2))}
    stands = {row["id"]: row for row in instance["stands"]}
    order = data.draw(st.permutations(sorted(stands)))
    at = dict(zip((row["id"] for row in instance["exhibitors"]), order, strict=False))
    fixed = {ident: at[ident] for ident in sorted(at)[:2]}

    found = exchanged(instance, fixed, at)

    before, after = Measured(instance, at), Measured(instance, found)
    assert levels(after) >= levels(before)
    assert all(new >= old for new, old in zip(levels(after), levels(before), strict=True))
    assert (levels(after) > levels(before)) == (found != at)
    assert after.level_values()[2] == before.level_values()[2]  # no package's positions are worth more or less
    assert found.keys() == at.keys()
    assert len(set(found.values())) == len(found)
    assert fixed.items() <= found.items()
    for row in instance["exhibitors"]:
        there = stands[found[row["id"]]]
        assert fits(row, there)
        assert not has_refused(row, there)


def levels(measured: Measured) -> tuple[Any, ...]:
    """The levels, more is better, with the wishes for a corner and the entrance as the last."""
    placed, competitors, worth, near, same = measured.level_values()
    met = sum(is_met for wish, is_met in measured.wishes().items() if wish.code != "near")
    return placed, -competitors, worth, near, same, met
