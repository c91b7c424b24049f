from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.strata import NOTHING, Group, coarsened


def told(groups: list[Group], *, known: dict[Group, int] | None = None, below: int = 5) -> list[Group]:
    return list(coarsened(dict(enumerate(groups)), {}, told=known or {}, below=below).values())


def test_large_groups_are_told_whole():
    group = Group(municipality="Malmö", school="Norra", grade="9")

    assert told([group] * 5) == [group] * 5


def test_small_groups_lose_what_is_least_needed_first():
    """Three of one company and three of another of the same town: together they are six of the town."""
    groups = [Group(municipality="Malmö", company="A")] * 3 + [Group(municipality="Malmö", company="B")] * 3

    assert told(groups) == [Group(municipality="Malmö")] * 6


def test_group_that_stays_too_small_tells_nothing():
    assert told([Group(municipality="Malmö", company="A")] * 4) == [NOTHING] * 4


def test_newcomers_join_a_group_that_others_have():
    group = Group(municipality="Malmö")

    assert told([group], known={group: 7}) == [group]


def test_newcomers_are_not_told_by_those_who_were_told_less():
    """Four were invited before and tell nothing; a fifth alone would stand out."""
    assert told([Group(municipality="Malmö")], known={NOTHING: 4}) == [NOTHING]


GROUPS = st.builds(
    Group,
    kind=st.sampled_from(["", "a", "b"]),
    municipality=st.sampled_from(["", "Malmö", "Lund"]),
    school=st.sampled_from(["", "N", "S"]),
    company=st.sampled_from(["", "A", "B", "C"]),
)


@given(st.lists(GROUPS, max_size=60), st.integers(1, 7))
@pytest.mark.filterwarnings("error")
def test_nobody_is_told_in_a_group_that_is_too_small(groups, below):
    shown = told(groups, below=below)

    counts = Counter(shown)
    assert [group for group in shown if group != NOTHING and counts[group] < below] == []
    for before, after in zip(groups, shown, strict=True):
        assert all(now in {"", was} for was, now in zip(before, after, strict=True))
