"""Schools: each level and hard rule on instances worked out by hand, and what must hold for any."""

from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.allocation.solver import schools
from registrations.allocation.solver.baselines import first_come, greedy
from registrations.allocation.solver.locks import ImpossibleLocks, Locks
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.schools import solve_schools
from registrations.allocation.solver.solution import Solution
from registrations.allocation.solver.watching import Quiet
from tests.allocation_instances import schools_instance
from tests.registrations.allocation.solver.checking import broken_rules, levels
from tests.registrations.allocation.solver.small import group, instance, station


def solved(data: dict[str, Any], **options: Any) -> Solution:
    """Solved, and checked by hand."""
    solution = solve_schools(SchoolsInstance.from_json(data), **{"seconds": 3, **options})
    found = solution.as_json()
    assert broken_rules(data, found) == []
    assert solution.values == levels(data, found)
    for level in solution.objective:
        assert level.value <= level.bound
        assert not level.proven or level.value == level.bound
    placed = {row["group"] for row in found["assignments"]}
    assert set(solution.reasons) == {row["id"] for row in data["groups"]} - placed
    return solution


def placed(solution: Solution) -> dict[str, str]:
    return {row["group"]: row["wave"] for row in solution.as_json()["assignments"]}


# -- the levels, one by one


def test_two_schools_come_before_one_with_more_pupils():
    data = instance([group("a", 10), group("b", 10), group("c", 10, school="s-a", **{"class": "9B"})], places=20)
    assert set(placed(solved(data))) & {"b"} == {"b"}
    assert solved(data).level("schools_with_place").value == 2


def test_the_municipality_with_the_smallest_share_comes_first():
    groups = [group("a", 10), group("b", 10), group("c", 10, school="s-a", **{"class": "9B"})]
    data = instance(
        groups,
        places=20,
        homes={"s-a": "lund", "s-b": "eslov"},
        targets={"lund": 20, "eslov": 10},
        order=["municipalities"],
    )
    solution = solved(data)
    assert solution.level("municipal_fulfilment_sorted").value == [500, 1000]
    assert solution.status == "optimal"


def test_municipalities_may_come_before_schools():
    groups = [group("a", 10), group("b", 10), group("c", 20)]
    homes, targets = {"s-a": "lund", "s-b": "lund", "s-c": "eslov"}, {"lund": 10, "eslov": 20}
    by_schools = solved(instance(groups, places=20, homes=homes, targets=targets, order=["schools"]))
    by_shares = solved(
        instance(
            [group("a", 10), group("b", 10), group("c", 20, teams=_halves("c", 20))],
            places=20,
            homes=homes,
            targets={"lund": 0, "eslov": 20},
            order=["municipalities"],
        )
    )
    assert by_schools.level("schools_with_place").value == 2
    assert placed(by_shares) == {"c": "W1"}


def _halves(name: str, size: int) -> list[dict[str, Any]]:
    return [{"id": f"{name}-{number}", "size": size // 2, "wheelchair": False} for number in (1, 2)]


def test_more_pupils_then_more_motivation():
    same = {"school": "s-a"}
    data = instance(
        [
            group("a", 8, **same, **{"class": "9A"}, motivation=90),
            group("b", 10, **same, **{"class": "9B"}, motivation=10),
            group("c", 10, **same, **{"class": "9C"}, motivation=20),
        ],
        places=10,
    )
    assert placed(solved(data)) == {"c": "W1"}
    assert solved(data).reasons["b"].code == "lower_motivation"


def test_the_worst_team_comes_before_all_points():
    """Both want st1 most; one round there. Whoever gets it, the other must have its second wish."""
    data = instance(
        [
            group("a", 10, preferences=[["st1"], ["st2"]]),
            group("b", 9, preferences=[["st1"], ["st3"]]),
        ],
        [station("st1"), station("st2"), station("st3"), station("st4")],
        rounds=1,
    )
    solution = solved(data)
    assert solution.values[4:] == [500, 10 * 2 + 9 * 1]
    assert solution.status == "optimal"


# -- the hard rules


def test_a_wave_holds_its_pupils_and_a_bus_is_not_split():
    data = instance(
        [group(name, 10, waves=["W1", "W2"], bus="b1" if name in "ab" else None) for name in "abc"],
        waves={"W1": 20, "W2": 10},
    )
    found = placed(solved(data))
    assert found == {"a": "W1", "b": "W1", "c": "W2"}


def test_a_class_comes_once():
    data = instance([group("a"), group("b", school="s-a")])
    solution = solved(data)
    assert len(placed(solution)) == 1
    (reason,) = solution.reasons.values()
    assert reason.code == "duplicate_class"


def test_a_group_with_no_timetable_has_no_place():
    """A wheelchair, and only one of two stations is accessible: one visit too few."""
    chair = group("a", teams=[{"id": "a-1", "size": 10, "wheelchair": True}])
    data = instance([chair, group("b")], [station("st1"), station("st2", accessible=False)], visits=2)
    solution = solved(data)
    assert placed(solution) == {"b": "W1"}
    assert solution.reasons["a"].code == "no_timetable"
    assert solution.reasons["a"].numbers["stations"] == ["st1"]


def test_a_walk_takes_a_round():
    """Nine minutes to zone B, five between rounds: two visits need three rounds."""
    far = [station("st1"), station("st2", zone="B")]
    assert placed(solved(instance([group("a")], far, visits=2, rounds=2))) == {}
    assert placed(solved(instance([group("a")], far, visits=2, rounds=3))) == {"a": "W1"}


def test_stations_bound_how_many_come():
    """One station, three rounds, one team at a time: three of five teams."""
    data = instance([group(name) for name in "abcde"], [station("st1")], rounds=3)
    solution = solved(data)
    assert len(placed(solution)) == 3
    assert solution.level("pupils_placed").proven


def test_a_timetable_that_only_looks_possible_is_seen_through():
    """Two teams, two stations, two visits each: enough seats, but st2 is open only while st1 is taken twice."""
    stations = [station("st1", closed=[["W1", 1]]), station("st2", closed=[["W1", 1]]), station("st3", capacity=0)]
    data = instance([group("a"), group("b")], stations, visits=2, rounds=3)
    assert len(placed(solved(data))) == 2
    stations[1] = station("st2", closed=[["W1", 1], ["W1", 2]])
    assert len(placed(solved(data))) == 1


# -- what must hold for any


def every_admission(data: dict[str, Any]) -> list[Any]:
    """The best first four levels by trying everything; timetables apart (there must be stations for all)."""
    best: list[Any] = []
    groups = data["groups"]
    for waves in product(*([None, *row["waves"]] for row in groups)):
        rows = [{"group": row["id"], "wave": wave} for row, wave in zip(groups, waves, strict=True) if wave]
        if any("visits it should" not in text for text in broken_rules(data, {"assignments": rows})):
            continue
        best = max(best, levels(data, {"assignments": rows})[:4])
    return best


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.booleans())
def test_first_levels_are_what_trying_everything_gives(seed: int, municipalities_first: bool):
    order = ("municipalities",) if municipalities_first else ("schools",)
    data = schools_instance(seed, places=60, applied=100, waves=2, station_count=30, visits=1, order=order)
    data["groups"] = data["groups"][:6]
    solution = solved(data, explain_cost=False, seconds=20)
    assert solution.values[:4] == every_admission(data)
    assert all(level.proven for level in solution.objective[:4])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(4, 14), st.integers(1, 3))
def test_nothing_simple_is_better(seed: int, stations: int, waves: int):
    data = schools_instance(seed, places=120, waves=waves, station_count=stations)
    ours = solved(data, explain_cost=False, seconds=2)
    for rule in (first_come, greedy):
        other = rule(SchoolsInstance.from_json(data))
        assert broken_rules(data, other.as_json()) == []
        assert other.values == levels(data, other.as_json())
        assert ours.values >= other.values


def test_the_same_seed_gives_the_same_solution(monkeypatch: pytest.MonkeyPatch):
    """Little work and plenty of time, so that the clock of a busy machine cuts nothing short."""
    monkeypatch.setattr(schools, "PACE", 0.02)
    data = SchoolsInstance.from_json(schools_instance(4, places=150, station_count=10))
    one, other = (solve_schools(data, seconds=60, seed=7).as_json() for _ in range(2))
    assert {**one, "seconds": 0} == {**other, "seconds": 0}


def test_whoever_wants_to_stop_gets_a_valid_solution_at_once():
    data = schools_instance(5, places=400)
    solution = solve_schools(SchoolsInstance.from_json(data), seconds=60, watch=Quiet(lambda: True))
    assert broken_rules(data, solution.as_json()) == []
    assert placed(solution)
    assert solution.seconds < 10


# -- decided by hand


def test_locks_are_kept_and_told():
    data = instance([group("a", motivation=90), group("b", motivation=10)], places=10)
    assert placed(solved(data)) == {"a": "W1"}
    assert placed(solved(data, locks=Locks(placed={"b": None}))) == {"b": "W1"}
    refused = solved(data, locks=Locks(refused=frozenset({"a"})))
    assert placed(refused) == {"b": "W1"}
    assert refused.reasons["a"].code == "locked_out"


@pytest.mark.parametrize(
    ("locks", "rule"),
    [
        (Locks(placed={"a": "W2"}), "wave_not_possible"),
        (Locks(placed={"a": None}, refused=frozenset({"a"})), "placed_and_refused"),
        (Locks(placed={"x": None}), "unknown_group"),
        (Locks(placed={"a": None, "b": None}), "duplicate_class"),
        (Locks(placed={"big": None}), "larger_than_wave"),
        (Locks(placed={"a": "W1", "c": "W1"}), "wave_full"),
        (Locks(placed={"chair": None}), "no_timetable"),
        (Locks(placed={"d": None, "e": None}), "bus_cannot_meet"),
    ],
)
def test_locks_that_break_a_rule_are_refused(locks: Locks, rule: str):
    chair = [{"id": "chair-1", "size": 10, "wheelchair": True}]
    data = instance(
        [
            group("a"),
            group("b", school="s-a"),
            group("c"),
            group("big", 60),
            group("chair", teams=chair),
            group("d", bus="b1"),
            group("e", bus="b1", waves=["W2"]),
        ],
        [station("st1", accessible=False, capacity=100)],
        waves={"W1": 15, "W2": 15},
    )
    with pytest.raises(ImpossibleLocks) as refusal:
        solve_schools(SchoolsInstance.from_json(data), seconds=1, locks=locks)
    assert refusal.value.rule == rule


def test_locks_that_only_clash_at_the_stations_are_refused():
    data = instance([group("a"), group("b")], [station("st1")], rounds=1)
    with pytest.raises(ImpossibleLocks) as refusal:
        solve_schools(SchoolsInstance.from_json(data), seconds=2, locks=Locks(placed={"a": None, "b": None}))
    assert refusal.value.rule == "do_not_fit"


# -- reasons


def test_a_reason_says_what_the_place_would_have_cost():
    data = instance([group("a", motivation=90), group("b", motivation=10, school="s-a", **{"class": "9B"})], places=10)
    cost = solved(data).reasons["b"].numbers["cost"]
    assert (cost["level"], cost["from"], cost["to"], cost["loses"]) == ("motivation_points", 900, 100, ["a"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"waves": []}, "no_possible_wave"),
        ({"size": 60, "teams": [{"id": "a-1", "size": 60, "wheelchair": False}]}, "larger_than_any_wave"),
        ({"size": 20, "teams": [{"id": "a-1", "size": 20, "wheelchair": False}]}, "no_timetable"),
    ],
)
def test_impossible_groups_are_told_why(change: dict[str, Any], code: str):
    data = instance([group("a", **change), group("b")], waves={"W1": 50})
    assert solved(data).reasons["a"].code == code


# -- odd instances


@pytest.mark.parametrize(
    "change",
    [
        {"stations": []},
        {"groups": []},
        {"rules": {"places": 0}},
        {"rules": {"visits_per_team": 0}},
        {"rules": {"visits_per_team": 9}},
        {"waves": [{"id": "W1", "capacity": 0, "rounds": 6}, {"id": "W2", "capacity": 40, "rounds": 0}]},
    ],
)
def test_odd_instances_are_solved(change: dict[str, Any]):
    data = schools_instance(6, places=60, waves=2, station_count=8)
    for key, value in change.items():
        data[key] = {**data[key], **value} if isinstance(value, dict) else value
    if not data["stations"]:
        data["groups"] = [{**row, "preferences": []} for row in data["groups"]]
    solved(data, seconds=1)
