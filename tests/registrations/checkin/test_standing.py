"""What records add up to: worked by hand, and the same in whatever order they come."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.checkin.standing import Standing, Told, standing_of, surplus

FIVE = datetime(2027, 10, 21, 15, 0, tzinfo=UTC)


def nonce(n: int) -> UUID:
    return UUID(int=n)


def told(n: int, minute: int, act: str = "enter", heads: int = 27, ref: int | None = None, **also) -> Told:
    ref_nonce = None if ref is None else nonce(ref)
    return Told(nonce(n), act, FIVE + timedelta(minutes=minute), heads, ref=ref_nonce, **also)


def counted(*records: Told, one_person: bool = False) -> tuple[int, int]:
    standing = standing_of(records, one_person=one_person)
    return standing.inside, standing.came


def test_nothing_told_is_nobody_in():
    assert standing_of([], one_person=True) == Standing()


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([told(1, 0)], (27, 27)),
        # The true count is typed once, and once more.
        ([told(1, 0), told(2, 1, "correct", 22, ref=1)], (22, 22)),
        ([told(1, 0), told(2, 1, "correct", 22, ref=1), told(3, 2, "correct", 24, ref=1)], (24, 24)),
        # In parts: 15 at one gate, 12 at the other.
        ([told(1, 0, heads=15), told(2, 7, heads=12)], (27, 27)),
        # Five went out for air, and came back.
        ([told(1, 0), told(2, 20, "leave", 5), told(3, 30, heads=5)], (27, 27)),
        ([told(1, 0), told(2, 20, "leave", 27)], (0, 27)),
        # More go out than came in: somebody was counted wrong, and nobody is less than not there.
        ([told(1, 0, heads=10), told(2, 20, "leave", 12), told(3, 30, heads=4)], (4, 10)),
        # A mistake, undone; and the undoing undone again by a new scan.
        ([told(1, 0), told(2, 1, "undo", ref=1)], (0, 0)),
        ([told(1, 0), told(2, 1, "undo", ref=1), told(3, 2)], (27, 27)),
        # A correction that was a mistake.
        ([told(1, 0), told(2, 1, "correct", 3, ref=1), told(3, 2, "undo", ref=2)], (27, 27)),
        # Looked at and not let in.
        ([told(1, 0, let_in=False)], (0, 0)),
        # What it is about never came.
        ([told(2, 1, "correct", 3, ref=1), told(3, 1, "undo", ref=4)], (0, 0)),
    ],
)
def test_class_by_hand(records, expected):
    assert counted(*records) == expected


def test_one_person_came_once_however_often():
    assert counted(told(1, 0, heads=1), told(2, 5, heads=1), one_person=True) == (2, 1)


def test_who_came_back_without_going_out_is_nobody_new():
    assert counted(told(1, 0, heads=1), told(2, 5, heads=0), one_person=True) == (1, 1)


def test_first_is_the_first_by_the_corrected_clock_whatever_came_first():
    late, early = told(1, 10, gate=1), told(2, 3, gate=2)

    assert standing_of([late, early], one_person=False).first == early


RECORDS = st.lists(
    st.builds(
        lambda n, minute, act, heads, ref, let_in: told(n, minute, act, heads, ref, let_in=let_in),
        st.integers(1, 12),
        st.integers(0, 30),
        st.sampled_from(["enter", "leave", "correct", "undo", "walk_in"]),
        st.integers(0, 30),
        st.integers(1, 12),
        st.booleans(),
    ),
    unique_by=lambda record: record.nonce,
    max_size=12,
)


@given(RECORDS, st.randoms(), st.booleans())
def test_order_and_repetition_change_nothing(records, random, one_person):
    again = records + random.sample(records, len(records) // 2)
    random.shuffle(again)

    assert standing_of(again, one_person=one_person) == standing_of(records, one_person=one_person)


@given(RECORDS)
def test_nobody_is_less_than_not_there_and_no_more_in_than_came(records):
    standing = standing_of(records, one_person=False)

    assert 0 <= standing.inside <= standing.came
    assert (standing.came > 0) == (standing.first is not None)


def over(*records: Told, seats: int = 27, one_person: bool = False, reentry: bool = False) -> list[int]:
    steps = standing_of(records, one_person=one_person).steps
    return [step.told.nonce.int for step in surplus(steps, seats=seats, one_person=one_person, reentry=reentry)]


def test_more_than_the_class_is_for_is_surplus_unless_somebody_said_why():
    assert over(told(1, 0), told(2, 5, heads=3)) == [2]
    assert over(told(1, 0), told(2, 5, heads=3, reason=True)) == []
    assert over(told(1, 0), told(2, 5, "correct", 30, ref=1)) == [1]
    assert over(told(1, 0), told(2, 5, "correct", 30, ref=1, reason=True)) == []
    assert over(told(1, 0, heads=30), told(2, 5, "correct", 26, ref=1)) == []


def test_person_twice_is_surplus_unless_one_may_come_back():
    twice = told(1, 0, heads=1), told(2, 5, heads=1)

    assert over(*twice, seats=1, one_person=True) == [2]
    assert over(*twice, seats=1, one_person=True, reentry=True) == []
    assert over(twice[0], told(3, 2, "leave", 1), twice[1], seats=1, one_person=True) == []
