"""Timetables by bidding: valid ones, the same each time, and fair to whoever is worst off."""

from typing import Any

import pytest

from registrations.allocation.solver.bidding import Auction, timed_by_bidding
from registrations.allocation.solver.greedy import place_greedily
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.solution import Visit
from tests.allocation_instances import schools_instance
from tests.registrations.allocation.solver.checking import broken_rules
from tests.registrations.allocation.solver.small import group, instance, station


def timed(data: dict[str, Any], wave: str, names: list[str], seed: int = 1) -> tuple[Visit, ...] | None:
    return timed_by_bidding(Possible(SchoolsInstance.from_json(data)), wave, names, seed=seed, over=lambda: False)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_wave_of_a_day_of_the_real_size_is_timed(seed):
    data = schools_instance(seed)
    waves, _ = place_greedily(Possible(SchoolsInstance.from_json(data)))
    visits: list[Visit] = []
    for wave in ("W1", "W2", "W3", "W4"):
        visits.extend(timed(data, wave, [name for name, at in waves.items() if at == wave]) or ())
    found = {
        "assignments": [{"group": name, "wave": wave} for name, wave in waves.items()],
        "visits": [row.as_json() for row in visits],
    }
    assert broken_rules(data, found) == []


def test_the_same_seed_gives_the_same_timetable():
    data = schools_instance(3, places=200)
    names = [row["id"] for row in data["groups"] if "W1" in row["waves"]][:3]
    first = timed(data, "W1", names)
    assert first is not None
    assert timed(data, "W1", names) == first


def test_seats_for_one_team_at_a_time_are_all_used():
    """Four teams, four stations, four rounds and four visits each: every seat is taken."""
    names = ["a", "b", "c", "d"]
    data = instance([group(name) for name in names], [station(name) for name in "wxyz"], visits=4, rounds=4)
    visits = timed(data, "W1", names)
    assert visits is not None
    assert len({(row.station, row.round) for row in visits}) == 16


def test_no_timetable_where_there_is_none():
    data = instance([group("a"), group("b")], [station("x")], visits=1, rounds=1)
    assert timed(data, "W1", ["a", "b"]) is None


def test_whoever_is_worst_off_comes_before_more_points():
    """Both want x most; a large team gains more there, but a small one has no other wish."""
    data = instance(
        [
            group("a", 10, preferences=[["x"], ["y"]]),
            group("b", 5, preferences=[["x"]]),
        ],
        [station("x"), station("y"), station("z")],
        rounds=1,
    )
    visits = timed(data, "W1", ["a", "b"])
    assert visits is not None
    assert {row.team: row.station for row in visits} == {"a-1": "y", "b-1": "x"}


def test_a_run_that_is_out_of_time_ends_at_once():
    data = schools_instance(1, places=200)
    auction = Auction(
        Possible(SchoolsInstance.from_json(data)), "W1", [row["id"] for row in data["groups"]], over=lambda: True
    )
    assert not auction.run()
    assert auction.visits() is None
