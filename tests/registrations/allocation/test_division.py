"""A class is divided into teams of nearly the same size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.allocation.division import divide


@pytest.mark.parametrize(
    ("pupils", "wheelchairs", "team_size", "teams"),
    [
        (26, 0, 9, [(9, 0), (9, 0), (8, 0)]),
        (26, 2, 9, [(9, 1), (9, 1), (8, 0)]),
        (17, 1, 9, [(9, 1), (8, 0)]),
        (11, 0, 9, [(6, 0), (5, 0)]),
        (9, 0, 9, [(9, 0)]),
        (1, 1, 9, [(1, 1)]),
    ],
)
def test_divide_by_hand(pupils, wheelchairs, team_size, teams):
    assert divide(pupils, wheelchairs, team_size) == teams


@pytest.mark.parametrize("wrong", [(0, 0, 9), (10, 11, 9), (10, -1, 9), (10, 0, 0)])
def test_divide_refuses_what_makes_no_sense(wrong):
    with pytest.raises(ValueError, match="pupils"):
        divide(*wrong)


@given(pupils=st.integers(1, 200), part=st.floats(0, 1), team_size=st.integers(1, 60))
def test_divide_properties(pupils, part, team_size):
    wheelchairs = int(pupils * part)

    teams = divide(pupils, wheelchairs, team_size)

    sizes = [size for size, _ in teams]
    assert sum(sizes) == pupils
    assert sum(chairs for _, chairs in teams) == wheelchairs
    assert max(sizes) <= team_size
    assert max(sizes) - min(sizes) <= 1
    assert all(chairs <= size for size, chairs in teams)
    assert len(teams) == -(-pupils // team_size)
