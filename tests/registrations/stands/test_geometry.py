"""Boxes on a floor: worked by hand, and properties that hold for every floor."""

from hypothesis import given
from hypothesis import strategies as st

from registrations.stands.geometry import (
    BESIDE_CM,
    OPPOSITE,
    Box,
    adjacent_pairs,
    is_corner,
    nearest,
    side_of,
    sides_taken,
    square_metres,
    values_of,
    whole_square_metres,
)

BOXES = st.builds(Box, st.integers(0, 2000), st.integers(0, 2000), st.integers(50, 600), st.integers(50, 600))


def test_square_metres_come_from_centimetres():
    assert square_metres(Box(0, 0, 300, 250)) == 7.5
    assert whole_square_metres(Box(0, 0, 300, 250)) == 7
    assert whole_square_metres(Box(0, 0, 300, 300)) == 9


def test_touching_is_not_overlapping():
    assert not Box(0, 0, 300, 300).overlaps(Box(300, 0, 300, 300))
    assert Box(0, 0, 300, 300).overlaps(Box(299, 299, 300, 300))


def test_inside_is_wholly_inside():
    assert Box(1700, 1200, 300, 300).is_inside(2000, 1500)
    assert not Box(1701, 1200, 300, 300).is_inside(2000, 1500)
    assert not Box(-1, 0, 300, 300).is_inside(2000, 1500)


def test_neighbours_share_an_edge_across_half_a_metre_at_most():
    one = Box(0, 0, 300, 300)
    assert side_of(one, Box(300, 0, 300, 300)) == "right"
    assert side_of(one, Box(350, 0, 300, 300)) == "right"
    assert side_of(one, Box(351, 0, 300, 300)) == ""
    assert side_of(one, Box(0, 300, 300, 300)) == "below"


def test_neighbours_share_at_least_half_of_the_shorter_edge():
    one = Box(0, 0, 300, 300)
    assert side_of(one, Box(300, 150, 300, 300)) == "right"
    assert side_of(one, Box(300, 160, 300, 300)) == ""
    assert side_of(one, Box(300, 300, 300, 300)) == ""


def test_a_corner_is_open_on_two_sides_that_meet():
    assert is_corner([])
    assert is_corner(["left"])
    assert is_corner(["left", "below"])
    assert not is_corner(["left", "right"])
    assert not is_corner(["above", "below", "right"])


def test_values_near_the_entrance_and_at_corners_are_higher():
    # A hall of 3 × 4 m with the entrance in a corner: the farthest corner is 5 m away.
    boxes = {"near": Box(0, 300, 100, 100), "far": Box(200, 0, 100, 100)}
    values = values_of(boxes, (0, 400), 300, 400)
    # Middles (50, 350) and (250, 50): 70.7 and 430.1 cm from the entrance, so 0.859 and 0.140 of 70; both are corners.
    assert values == {"near": 60 + 30, "far": 10 + 30}


def test_nearest_are_neighbours_first():
    target = Box(0, 0, 300, 300)
    boxes = {"over": Box(100, 351, 100, 100), "beside": Box(300, 0, 900, 300), "away": Box(900, 900, 100, 100)}
    assert nearest(target, boxes, 2) == ["beside", "over"]


@given(BOXES, BOXES)
def test_being_neighbours_is_mutual(one, other):
    assert (side_of(one, other) == "") == (side_of(other, one) == "")
    if side := side_of(one, other):
        assert side_of(other, one) == OPPOSITE[side]
        assert not one.overlaps(other)


@given(st.lists(BOXES, max_size=12))
def test_pairs_are_those_that_a_look_at_every_two_finds(boxes):
    named = dict(enumerate(boxes))
    expected = [(a, b) for a in named for b in named if a < b and side_of(named[a], named[b])]
    assert adjacent_pairs(named) == expected
    taken = sides_taken(named)
    assert all(OPPOSITE[side] == taken[other][key] for key in taken for other, side in taken[key].items())


@given(st.lists(BOXES, max_size=8), st.integers(0, 2600), st.integers(0, 2600))
def test_values_lie_between_0_and_100(boxes, x, y):
    values = values_of(dict(enumerate(boxes)), (x, y), 2600, 2600)
    assert all(0 <= value <= 100 for value in values.values())


@given(BOXES, st.integers(0, BESIDE_CM))
def test_a_stand_that_is_shifted_by_its_width_is_beside(box, gap):
    assert side_of(box, Box(box.right + gap, box.y, box.width, box.depth)) == "right"
