"""After something happened: nobody loses what can be kept."""

from typing import Any

from registrations.allocation.solver.case import ReallocationCase
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.reallocation import solve_reallocation
from registrations.allocation.solver.schools import solve_schools
from registrations.allocation.solver.solution import Solution
from tests.allocation_instances import schools_instance
from tests.registrations.allocation.solver.checking import broken_rules, levels
from tests.registrations.allocation.solver.small import group, instance, station


def mended(base: dict[str, Any], announced: dict[str, Any], *events: dict[str, Any]) -> Solution:
    """Solved, and its levels counted by hand."""
    case = ReallocationCase.from_json(
        {"format": "alloc.realloc/1", "base": base, "announced": announced, "events": list(events)}
    )
    solution = solve_reallocation(case, seconds=3)
    now = case.instance.as_json()
    found = solution.as_json()
    assert broken_rules(now, found) == []
    at = {row["group"]: row["wave"] for row in found["assignments"]}
    before = {row["group"]: row["wave"] for row in announced["assignments"] if row["group"] in case.instance.group}
    made = {(row["team"], row["station"], row["round"]) for row in found["visits"]} if at else set()
    changed = sum(
        (row["team"], row["station"], row["round"]) not in made
        for row in announced["visits"]
        if row["team"].rsplit("-", 1)[0] in at
    )
    values = levels(now, found)
    assert solution.values == [
        sum(name not in at for name in before),
        sum(at.get(name, wave) != wave for name, wave in before.items()),
        *values[:4],
        changed,
        *values[4:],
    ]
    return solution


def test_a_cancelled_class_makes_room_and_nothing_else_changes():
    base = instance([group("a"), group("b"), group("c")], places=20)
    announced = {
        "assignments": [{"group": "a", "wave": "W1"}, {"group": "b", "wave": "W1"}],
        "visits": [{"team": "a-1", "station": "st1", "round": 2}, {"team": "b-1", "station": "st1", "round": 3}],
    }
    solution = mended(base, announced, {"type": "cancel_group", "group": "a"})
    assert [row.group for row in solution.assignments] == ["b", "c"]
    assert solution.level("announced_visits_changed").value == 0


def test_a_cancelled_station_changes_only_its_visits():
    base = instance([group("a"), group("b")], [station("st1"), station("st2")])
    announced = {
        "assignments": [{"group": "a", "wave": "W1"}, {"group": "b", "wave": "W1"}],
        "visits": [{"team": "a-1", "station": "st1", "round": 1}, {"team": "b-1", "station": "st2", "round": 1}],
    }
    solution = mended(base, announced, {"type": "cancel_station", "station": "st1"})
    assert solution.level("announced_visits_changed").value == 1
    assert solution.level("groups_evicted").value == 0
    assert solution.level("announced_visits_changed").proven


def test_a_smaller_wave_moves_before_it_evicts():
    base = instance([group(name, waves=["W1", "W2"]) for name in "ab"], waves={"W1": 20, "W2": 10})
    announced = {
        "assignments": [{"group": "a", "wave": "W1"}, {"group": "b", "wave": "W1"}],
        "visits": [{"team": "a-1", "station": "st1", "round": 1}, {"team": "b-1", "station": "st2", "round": 1}],
    }
    cut = {"type": "cut_wave", "wave": "W1", "capacity_less": 10}
    solution = mended(base, announced, cut)
    assert solution.values[:2] == [0, 1]
    both = mended(base, announced, cut, {"type": "cut_wave", "wave": "W2", "capacity_less": 10})
    assert both.values[:2] == [1, 0]


def test_announced_groups_that_are_no_longer_there_do_no_harm():
    base = instance([group("a")])
    announced = {
        "assignments": [{"group": "a", "wave": "W1"}, {"group": "gone", "wave": "W7"}],
        "visits": [{"team": "gone-1", "station": "st1", "round": 1}, {"team": "a-1", "station": "st1", "round": 1}],
    }
    assert mended(base, announced).values[:2] == [0, 0]


def test_five_cancellations_evict_nobody():
    base = schools_instance(2, places=150, station_count=12)
    first = solve_schools(SchoolsInstance.from_json(base), seconds=2, explain_cost=False).as_json()
    events = [{"type": "cancel_group", "group": row["group"]} for row in first["assignments"][:3]]
    solution = mended(base, first, *events)
    assert solution.values[:2] == [0, 0]
    assert solution.level("announced_visits_changed").proven
