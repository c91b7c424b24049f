"""How many pupils stations can receive, by hand and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.stations.seats import Offer, Promise, falling, seats_by_round, visits_in

A, B = 1, 2


@pytest.mark.parametrize(
    ("duration", "closed", "rounds", "turns"),
    [
        (1, [], 4, 4),
        (1, [(A, 2)], 4, 3),
        (1, [(B, 2)], 4, 4),  # another admission
        (2, [], 5, 2),
        (2, [(A, 2)], 5, 1),  # 1 | 3 4 | 5
        (2, [(A, 3)], 5, 2),  # 1 2 | 4 5
        (3, [], 2, 0),
    ],
)
def test_turns_are_runs_of_open_rounds(duration, closed, rounds, turns):
    offer = Offer(10, duration, frozenset(closed))

    assert offer.turns(A, rounds) == turns
    assert offer.visits(A, rounds) == 10 * turns


def test_seats_and_visits_add_up_over_stations():
    offers = [Offer(10), Offer(6, closed=frozenset([(A, 1)])), Offer(8, 2)]

    assert seats_by_round(offers, A, 3) == [18, 24, 24]
    assert visits_in(offers, A, 3) == 30 + 12 + 8


def test_nothing_falls_while_everything_fits():
    promises = [Promise(A, 1, 6), Promise(A, 1, 4), Promise(A, 2, 10)]

    assert falling(Offer(10), promises, {A: 2}) == []


def test_everything_falls_at_a_station_that_receives_nobody():
    assert falling(None, [Promise(A, 1, 6)], {A: 2}) == [Promise(A, 1, 6)]


def test_a_closed_round_a_lost_round_and_a_lost_admission_fall():
    promises = [Promise(A, 1, 1), Promise(A, 2, 2), Promise(A, 3, 3), Promise(B, 1, 4)]

    assert falling(Offer(10, closed=frozenset([(A, 2)])), promises, {A: 2}) == [promises[1], promises[2], promises[3]]


def test_a_long_visit_falls_when_any_of_its_rounds_is_closed():
    assert falling(Offer(10, 2, frozenset([(A, 2)])), [Promise(A, 1, 5)], {A: 4}) == [Promise(A, 1, 5)]


def test_a_team_with_a_wheelchair_falls_where_it_can_not_come():
    promises = [Promise(A, 1, 4, wheelchair=True), Promise(A, 1, 4)]

    assert falling(Offer(8, accessible=False), promises, {A: 1}) == promises[:1]
    assert falling(Offer(8), promises, {A: 1}) == []


def test_of_a_round_that_is_too_full_the_largest_team_falls():
    promises = [Promise(A, 1, 4), Promise(A, 1, 6), Promise(A, 1, 3)]

    assert falling(Offer(8), promises, {A: 1}) == [Promise(A, 1, 6)]


@given(
    st.integers(1, 20),
    st.integers(1, 3),
    st.lists(st.builds(Promise, st.just(A), st.integers(1, 5), st.integers(1, 20)), max_size=8),
)
def test_what_is_kept_fits(capacity, duration, promises):
    offer = Offer(capacity, duration)
    fallen = falling(offer, promises, {A: 5})
    kept = list(promises)
    for promise in fallen:
        kept.remove(promise)

    assert falling(offer, kept, {A: 5}) == []
    for number in range(1, 6):
        assert sum(p.size for p in kept if (A, number) in p.slots(duration)) <= capacity
