"""Stands drawn from rows, and their numbers."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.stands.drawing import Rows, draw
from registrations.stands.geometry import Box, adjacent_pairs
from registrations.stands.numbering import Rule, first_free_letter, letter_of, natural, numbers_of

ROWS = st.builds(
    Rows,
    rows=st.integers(1, 12),
    per_row=st.integers(1, 12),
    width=st.integers(50, 600),
    depth=st.integers(50, 600),
    aisle=st.integers(0, 500),
    x=st.integers(0, 1000),
    y=st.integers(0, 1000),
    back_to_back=st.booleans(),
    by_the_wall=st.booleans(),
    rule=st.sampled_from(Rule),
)
NUMBERS = st.text("ABCZ019", max_size=5)


def test_four_rows_of_twelve_back_to_back():
    rows = Rows(rows=4, per_row=12, width=300, depth=300, aisle=300)
    drawn = draw(rows)
    assert len(drawn) == 48
    assert [one.number for one in drawn[:3]] == ["A1", "A2", "A3"]
    assert drawn[-1].number == "D12"
    # Two rows without an aisle, 3 m, two rows: the tops are at 0, 3, 9 and 12 m.
    assert [one.box.y for one in drawn[::12]] == [0, 300, 900, 1200]
    assert rows.needs == (3600, 1500)


def test_the_first_row_may_stand_by_the_wall():
    rows = Rows(rows=4, per_row=1, width=300, depth=300, aisle=300, by_the_wall=True)
    assert [one.box.y for one in draw(rows)] == [0, 600, 900, 1500]


def test_without_backs_every_row_has_its_aisle():
    rows = Rows(rows=3, per_row=2, width=300, depth=200, aisle=250, x=100, y=50, back_to_back=False)
    drawn = draw(rows, first_row=5)
    assert [(one.row, one.col, one.box) for one in drawn[:3]] == [
        (5, 1, Box(100, 50, 300, 200)),
        (5, 2, Box(400, 50, 300, 200)),
        (6, 1, Box(100, 500, 300, 200)),
    ]


def test_odd_and_even_stand_on_either_side():
    assert numbers_of([3, 3, 2], Rule.SIDES) == [["A1", "A3", "A5"], ["A2", "A4", "A6"], ["B1", "B3"]]


def test_straight_through_goes_on_after_what_is_taken():
    assert numbers_of([2, 2], Rule.THROUGH, taken=["7", "A9"]) == [["8", "9"], ["10", "11"]]


def test_letters_go_on_after_what_is_taken():
    assert numbers_of([2], Rule.ROWS, taken=["A1", "C3", "12", "Ö"]) == [["D1", "D2"]]
    assert first_free_letter([]) == 0


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_are_those_of_a_sheet(place, letters):
    assert letter_of(place) == letters


def test_natural_order_puts_2_before_10():
    assert sorted(["A10", "B1", "A2", "10", "9"], key=natural) == ["9", "10", "A2", "A10", "B1"]


@given(ROWS)
def test_no_two_drawn_stands_overlap(rows):
    drawn = draw(rows)
    assert len(drawn) == rows.rows * rows.per_row
    assert not any(one.box.overlaps(other.box) for one, other in combinations(drawn, 2))
    assert all(one.box.is_inside(*rows.needs) for one in drawn)


@given(ROWS)
def test_stands_of_a_row_are_neighbours(rows):
    boxes = {one.number: one.box for one in draw(rows)}
    drawn = draw(rows)
    pairs = set(adjacent_pairs(boxes))
    in_rows = {(a.number, b.number) for a, b in pairwise(drawn) if a.row == b.row}
    assert in_rows <= pairs


@given(st.lists(st.integers(0, 30), max_size=40), st.sampled_from(Rule), st.sets(NUMBERS, max_size=20))
def test_numbers_are_unique_and_none_is_taken(rows, rule, taken):
    numbers = [number for row in numbers_of(rows, rule, taken=taken) for number in row]
    assert len(numbers) == sum(rows)
    assert len(set(numbers)) == len(numbers)
    assert not taken & set(numbers)
