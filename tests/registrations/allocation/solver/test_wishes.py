"""Bounds by linear programs, and the quick search, on instances worked out by hand and on made-up ones."""

import pytest

from registrations.allocation.solver.greedy import place_greedily
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.mending import Mending
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.program import Program
from registrations.allocation.solver.relaxation import Relaxation
from registrations.allocation.solver.solution import Visit
from tests.allocation_instances import schools_instance
from tests.registrations.allocation.solver.checking import broken_rules
from tests.registrations.allocation.solver.small import group, instance, station


def test_prices_bound_a_program_whatever_they_are():
    """Most of 2x + y where x + y is 1 at most: 2, at the price 2; any price tells something that holds."""
    program = Program()
    one, two = program.variable(2.0), program.variable(1.0)
    program.at_most([(one, 1.0), (two, 1.0)], 1)
    found = program.solve(1)
    assert found is not None
    assert found.bound == pytest.approx(2, abs=1e-4)
    assert program.bound([1.0]) == pytest.approx(2, abs=1e-4)
    assert program.bound([0.0]) == pytest.approx(3, abs=1e-4)
    assert program.bound([5.0]) == pytest.approx(5, abs=1e-4)


def _two_who_want_the_same() -> Possible:
    groups = [group("a", 10, preferences=[["st1"], ["st2"]]), group("b", 9, preferences=[["st1"], ["st3"]])]
    rows = [station("st1"), station("st2"), station("st3"), station("st4")]
    return Possible(SchoolsInstance.from_json(instance(groups, rows, rounds=1)))


def test_what_two_teams_cannot_both_have_is_seen():
    """One of them gets half of what it wished for at best: 500, and 10 x 2 + 9 x 1 points."""
    possible = _two_who_want_the_same()
    assert Relaxation(possible, Locks(), (), 0, {"a", "b"}).points(1) == 29
    assert Relaxation(possible, Locks(), (), 1000, {"a", "b"}, short=True).impossible(1)
    assert not Relaxation(possible, Locks(), (), 500, {"a", "b"}, short=True).impossible(1)


def test_a_bad_start_is_mended():
    possible = _two_who_want_the_same()
    start = {
        "W1": tuple(
            Visit(team.id, to, 1) for team, to in zip(possible.instance.team.values(), ("st3", "st4"), strict=True)
        )
    }
    mending = Mending(possible, {"a": "W1", "b": "W1"}, start)
    mending.fit(500)
    mending.run(300, 5.0, 0.5, lambda: False)
    assert (mending.worst(), mending.best) == (500, 29)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mending_keeps_the_rules_and_never_loses(seed: int):
    data = schools_instance(seed, places=150, waves=3, station_count=7)
    possible = Possible(SchoolsInstance.from_json(data))
    waves, visits = place_greedily(possible)

    def mended() -> Mending:
        mending = Mending(possible, waves, visits, seed=seed)
        before = mending.score
        mending.run(1500, 20.0, 1.0, lambda: False)
        mending.back()
        mending.match(lambda: False)
        assert mending.best >= before
        return mending

    one, again = mended().result(), mended().result()
    assert one == again
    found = {
        "assignments": [{"group": name, "wave": wave} for name, wave in one[0].items()],
        "visits": [
            {"team": row.team, "station": row.station, "round": row.round} for rows in one[1].values() for row in rows
        ],
    }
    assert broken_rules(data, found) == []
    assert Relaxation(possible, Locks(), (), 0, set(waves)).points(2) >= mended().best
