"""Whether other numbers fit: by hand, and for any class."""

from hypothesis import given
from hypothesis import strategies as st

from registrations.bookings.places.fitting import Fit, Team, fit, grow, shrink


def team(number: int, size: int, *slots: tuple[int, int], wheelchairs: int = 0) -> Team:
    return Team(number, size, wheelchairs, frozenset(slots))


def test_the_smallest_team_grows_first():
    teams = [team(1, 9, (1, 1)), team(2, 8, (2, 1))]

    assert fit(teams, 17, 19, places=5, seats={(1, 1): 1, (2, 1): 3}) == Fit(19, {1: 10, 2: 9})


def test_two_of_four_fit_when_the_stations_have_two_seats():
    teams = [team(1, 9, (1, 1)), team(2, 9, (2, 1))]

    assert fit(teams, 18, 22, places=10, seats={(1, 1): 1, (2, 1): 1}) == Fit(20, {1: 10, 2: 10})


def test_the_places_of_the_admission_bind_too():
    assert fit([team(1, 9, (1, 1))], 9, 13, places=1, seats={(1, 1): 8}).pupils == 10


def test_teams_at_the_same_station_share_its_seats():
    """The first team would use up both stations; the other two are two."""
    teams = [team(1, 4, (1, 1), (2, 2)), team(2, 5, (1, 1)), team(3, 5, (2, 2))]

    assert grow(teams, 2, {(1, 1): 1, (2, 2): 1}) == {1: 0, 2: 1, 3: 1}


def test_fewer_are_taken_from_the_largest_team():
    assert shrink([team(1, 9), team(2, 8), team(3, 8)], 4) == {1: 7, 2: 7, 3: 7}


def test_a_team_with_nobody_left_goes():
    assert shrink([team(1, 2), team(2, 1, wheelchairs=1)], 2) == {2: 1}


def test_wheelchairs_stay_with_their_team():
    assert shrink([team(1, 3, wheelchairs=3), team(2, 3)], 3) == {1: 3}


def test_without_teams_the_places_decide():
    assert fit([], 20, 25, places=3, seats={}) == Fit(23, {})


@st.composite
def classes(draw):
    slots = [(station, number) for station in range(1, 4) for number in range(1, 4)]
    teams = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        size = draw(st.integers(1, 12))
        wheelchairs = draw(st.integers(0, min(size, 2)))
        teams.append(team(number, size, *draw(st.sets(st.sampled_from(slots), max_size=3)), wheelchairs=wheelchairs))
    seats = {slot: draw(st.integers(0, 5)) for slot in slots}
    return teams, seats


@given(classes(), st.integers(1, 70), st.integers(0, 30))
def test_fitting_never_breaks_a_rule(made, wanted, places):
    teams, seats = made
    pupils = sum(one.size for one in teams)
    wanted = max(wanted, 1, sum(one.wheelchairs for one in teams))

    found = fit(teams, pupils, wanted, places=places, seats=seats)

    assert found.pupils == sum(found.sizes.values())
    assert (min(pupils, wanted) if wanted > pupils else wanted) <= found.pupils <= wanted
    assert found.pupils - pupils <= places
    for one in teams:
        assert found.sizes.get(one.number, 0) >= one.wheelchairs
        assert one.number not in found.sizes or found.sizes[one.number] > 0
    for slot, free in seats.items():
        grown = sum(found.sizes.get(one.number, 0) - one.size for one in teams if slot in one.slots)
        assert grown <= free


@given(classes(), st.integers(1, 8))
def test_growing_finds_as_many_as_there_are(made, more):
    """Against trying everything, one pupil at a time."""
    teams, seats = made

    assert sum(grow(teams, more, seats).values()) == most(teams, more, seats)


def most(teams: list[Team], more: int, seats: dict) -> int:
    if not teams:
        return 0
    first, rest = teams[0], teams[1:]
    room = min([more, *(seats[slot] for slot in first.slots)])
    return max(
        take + most(rest, more - take, {slot: free - take * (slot in first.slots) for slot, free in seats.items()})
        for take in range(room + 1)
    )
