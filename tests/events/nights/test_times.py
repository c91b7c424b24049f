"""Rounds and walks, by hand."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.nights.times import Rhythm, rounds_lost, rounds_of

FIVE = datetime(2027, 4, 22, 15, 0, tzinfo=UTC)
USUAL = Rhythm(welcome=10, round=15, transition=5)


def test_rounds_follow_the_welcome_and_each_other():
    rounds = rounds_of(FIVE, 3, USUAL)

    assert [(r.number, f"{r.starts_at:%H.%M}", f"{r.ends_at:%H.%M}") for r in rounds] == [
        (1, "15.10", "15.25"),
        (2, "15.30", "15.45"),
        (3, "15.50", "16.05"),
    ]


@pytest.mark.parametrize(("walk", "lost"), [(0, 0), (5, 0), (6, 1), (25, 1), (26, 2), (45, 2), (46, 3)])
def test_a_walk_longer_than_the_transition_costs_whole_rounds(walk, lost):
    assert rounds_lost(walk, USUAL) == lost


@given(st.integers(0, 180), st.integers(1, 60), st.integers(0, 60))
def test_rounds_lost_are_the_fewest_that_give_time_to_walk(walk, minutes, transition):
    rhythm = Rhythm(0, minutes, transition)
    lost = rounds_lost(walk, rhythm)

    assert lost * rhythm.step + transition >= walk
    assert lost == 0 or (lost - 1) * rhythm.step + transition < walk


@given(st.integers(0, 20), st.integers(0, 120), st.integers(1, 240), st.integers(0, 120))
def test_rounds_never_overlap(count, welcome, minutes, transition):
    rounds = rounds_of(FIVE, count, Rhythm(welcome, minutes, transition))

    assert len(rounds) == count
    assert all(b.starts_at - a.ends_at == timedelta(minutes=transition) for a, b in itertools.pairwise(rounds))
