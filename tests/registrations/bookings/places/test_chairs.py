"""Which teams the wheelchairs go to: by hand, and for any class."""

from hypothesis import given
from hypothesis import strategies as st

from registrations.bookings.places.chairs import Team, seated

TEAMS = st.lists(
    st.integers(1, 12).flatmap(
        lambda size: st.builds(Team, st.just(0), st.just(size), st.integers(0, size), st.booleans())
    ),
    min_size=1,
    max_size=5,
).map(lambda teams: [Team(n, one.size, one.wheelchairs, one.suits) for n, one in enumerate(teams, start=1)])


def test_one_more_goes_where_the_stations_suit():
    assert seated([Team(1, 10, 0, suits=False), Team(2, 10, 1, suits=True)], 2) == {1: 0, 2: 2}


def test_several_are_spread_over_the_teams_that_suit():
    assert seated([Team(1, 10, 0, suits=True), Team(2, 10, 0, suits=True)], 3) == {1: 2, 2: 1}


def test_when_those_that_suit_are_full_the_rest_goes_with_the_others():
    assert seated([Team(1, 2, 0, suits=True), Team(2, 8, 0, suits=False)], 3) == {1: 2, 2: 1}


def test_one_fewer_leaves_the_team_that_does_not_suit():
    assert seated([Team(1, 10, 2, suits=True), Team(2, 10, 1, suits=False)], 2) == {1: 2, 2: 0}


def test_a_class_without_teams_has_nobody_to_seat():
    assert seated([], 2) == {}


@given(TEAMS, st.integers(0, 60))
def test_everybody_has_a_team_and_moves_only_when_the_number_says_so(teams, wheelchairs):
    chairs = seated(teams, wheelchairs)

    assert sum(chairs.values()) == min(wheelchairs, sum(team.size for team in teams))
    moves = [chairs[team.number] - team.wheelchairs for team in teams]
    assert all(0 <= chairs[team.number] <= team.size for team in teams)
    assert all(move >= 0 for move in moves) or all(move <= 0 for move in moves)
    roomy = [team for team in teams if team.suits and chairs[team.number] < team.size]
    assert not roomy or all(chairs[team.number] <= team.wheelchairs for team in teams if not team.suits)
