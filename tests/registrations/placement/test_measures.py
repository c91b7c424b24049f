"""What an arrangement comes to: worked by hand, and the same as the solver counts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.allocation.solver.stands import StandsInstance, solve_stands
from registrations.placement.measures import Measured, Wish, effect, fits, moved, objective_by_hand, picture
from tests.allocation_stands_instances import stands as made_up


def an_instance() -> dict:
    """s1–s4 in a row; e1 wants e2 beside it and a corner, e2 the entrance, e3 nothing near e1; e1 has the finer package."""
    return {
        "format": "alloc.stands/1",
        "stands": [
            {"id": f"s{n}", "size": 9, "power_w": power, "value": value, "corner": n in {1, 4}, "entrance": n == 2}
            for n, power, value in ((1, 0, 40), (2, 500, 20), (3, 500, 20), (4, 500, 40))
        ],
        "adjacent": [["s1", "s2"], ["s2", "s3"], ["s3", "s4"]],
        "exhibitors": [
            an_exhibitor("e1", package=1, near=["e2"], corner=True),
            an_exhibitor("e2", entrance=True),
            an_exhibitor("e3", not_near=["e1"], power_w=500),
        ],
        "given": [],
    }


def an_exhibitor(ident, **facts) -> dict:
    return {
        "id": ident,
        "municipality": "lund",
        "field": "",
        "package": 2,
        "registered_at": "2027-01-01T00:00:00",
        "min_size": 9,
        "power_w": 0,
        "near": [],
        "not_near": [],
        "corner": False,
        "entrance": False,
    } | facts


GOOD = {"e1": "s1", "e2": "s2", "e3": "s4"}


def test_a_picture_is_what_one_counts_by_hand():
    assert picture(an_instance(), GOOD) == {
        "placed": [3, 3],
        "stands": 4,
        "competitors": 0,
        "values": {"1": [40, 1], "2": [60, 2]},
        "near": [1, 1],
        "corner": [1, 1],
        "entrance": [1, 1],
        "same": 1,
    }


def test_the_solver_finds_the_arrangement_that_is_best_by_hand():
    """The finest gets a corner (40); then the other corner and 20; then e2 beside e1, and e3 apart from it."""
    solution = solve_stands(StandsInstance.from_json(an_instance()), seconds=5)

    at = {row.exhibitor: row.stand for row in solution.assignments}
    assert at in (GOOD, {"e1": "s4", "e2": "s3", "e3": "s1"})[:1]  # s1 has no power for e3
    assert solution.status == "optimal"
    assert Measured(an_instance(), at).level_values() == [[1, 1, 1], 0, [40, 60], 1, 1]


def test_an_effect_tells_what_is_won_and_lost():
    found = effect(an_instance(), GOOD, moved(GOOD, "e3", "s2"))

    assert found.moved == [("e2", "s2", "s4"), ("e3", "s4", "s2")]
    assert found.new_competitors == [("e1", "e3")]
    assert found.gone_competitors == []
    assert found.lost == [Wish("e1", "near", "e2"), Wish("e2", "entrance")]
    assert found.gained == []
    assert (found.before["near"], found.after["near"]) == ([1, 1], [0, 1])


def test_a_move_takes_changes_places_or_leaves():
    assert moved(GOOD, "e3", "s3") == {"e1": "s1", "e2": "s2", "e3": "s3"}
    assert moved(GOOD, "e3", "s2") == {"e1": "s1", "e2": "s4", "e3": "s2"}
    assert moved(GOOD, "e3", "") == {"e1": "s1", "e2": "s2"}
    assert moved({"e1": "s1"}, "e2", "s1") == {"e2": "s1"}


def test_bounds_hold_until_a_level_is_another():
    before = [
        {"name": "a", "sense": "max", "value": 5, "bound": 5, "proven": True},
        {"name": "b", "sense": "min", "value": 2, "bound": 1, "proven": False},
        {"name": "c", "sense": "max", "value": 7, "bound": 9, "proven": False},
    ]

    found = objective_by_hand(before, [5, 3, 9])

    assert [(row["value"], row["bound"], row["proven"]) for row in found] == [
        (5, 5, True),
        (3, 1, False),
        (9, None, False),
    ]


@settings(max_examples=5)
@given(st.integers(1, 1000), st.integers(-3, 4))
def test_the_levels_are_those_of_the_solver_and_every_stand_fits(seed, spare):
    instance = made_up(exhibitors=12, spare=spare, columns=4, seed=seed)

    solution = solve_stands(StandsInstance.from_json(instance), seconds=0.3, seed=seed)

    at = {row.exhibitor: row.stand for row in solution.assignments}
    assert Measured(instance, at).level_values() == solution.values
    stands = {row["id"]: row for row in instance["stands"]}
    assert len(set(at.values())) == len(at)
    assert all(fits(row, stands[at[row["id"]]]) for row in instance["exhibitors"] if row["id"] in at)
