"""Who meets whom, and when: each level worked by hand, small days against all there are, odd and malformed ones."""

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.allocation.solver import meetings_search
from registrations.allocation.solver.budget import Budget
from registrations.allocation.solver.meetings import MeetingsInstance, solve_meetings
from registrations.allocation.solver.meetings_anneal import Walk, anneal
from registrations.allocation.solver.meetings_day import NEVER, Timetable, idle_slots, plan_day
from registrations.allocation.solver.pulse import Pulse
from registrations.allocation.solver.reading import Malformed
from registrations.allocation.solver.solution import Reason, Solution
from registrations.allocation.solver.watching import Progress
from tests import allocation_stands_instances as made


def participant(id_: str, most: int = 9, unavailable: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"id": id_, "kind": "visitor", "max_meetings": most, "unavailable": list(unavailable)}


def request(a: str, b: str, interest_a: int = 1, interest_b: int = 1) -> dict[str, Any]:
    return {"a": a, "b": b, "interest_a": interest_a, "interest_b": interest_b}


def day(slots: int, tables: int, participants: list[Any], requests: list[Any]) -> dict[str, Any]:
    return {
        "format": "alloc.meetings/1",
        "slots": slots,
        "tables": tables,
        "participants": participants,
        "requests": requests,
    }


def solve(data: dict[str, Any], seconds: float = 2.0, **given: Any) -> Solution:
    return solve_meetings(MeetingsInstance.from_json(data), seconds=seconds, **given)


def worth(data: dict[str, Any], meetings: list[tuple[str, str, int]]) -> tuple[int, int]:
    """Points, and idle slots below zero; raises AssertionError where a meeting cannot be."""
    people = {row["id"]: row for row in data["participants"]}
    requests = {(row["a"], row["b"]): row for row in data["requests"]}
    seats = [(person, slot) for a, b, slot in meetings for person in (a, b)]
    assert len(set(seats)) == len(seats)
    assert len({(a, b) for a, b, _ in meetings}) == len(meetings)
    assert all(many <= data["tables"] for many in Counter(slot for _, _, slot in meetings).values())
    assert all(many <= people[person]["max_meetings"] for person, many in Counter(p for p, _ in seats).items())
    assert all(1 <= slot <= data["slots"] and slot not in people[person]["unavailable"] for person, slot in seats)
    assert all(min(requests[a, b]["interest_a"], requests[a, b]["interest_b"]) > 0 for a, b, _ in meetings)
    idle = 0
    for person, row in people.items():
        mine = [slot for who, slot in seats if who == person]
        if mine:
            between = set(range(min(mine), max(mine) + 1)) - set(mine) - set(row["unavailable"])
            idle += len(between)
    return sum(requests[a, b]["interest_a"] + requests[a, b]["interest_b"] for a, b, _ in meetings), -idle


def rows(solution: Solution) -> list[tuple[str, str, int]]:
    return [(row.a, row.b, row.slot) for row in solution.meetings]


def levels(solution: Solution) -> tuple[int, int]:
    points, idle = solution.values
    return points, -idle  # type: ignore[return-value,operator]


def best(data: dict[str, Any]) -> tuple[int, int]:
    """The best of all timetables there are."""
    found = [(0, 0)]
    for slots in product(range(data["slots"] + 1), repeat=len(data["requests"])):
        chosen = [(row["a"], row["b"], slot) for row, slot in zip(data["requests"], slots, strict=True) if slot]
        try:
            found.append(worth(data, chosen))
        except AssertionError:
            continue
    return max(found)


def test_meetings_only_mutual_interest_meets() -> None:
    data = day(1, 5, [participant(x) for x in "abcd"], [request("a", "b", 3, 0), request("c", "d", 1, 2)])

    solution = solve(data)

    assert rows(solution) == [("c", "d", 1)]
    assert solution.values == [3, 0]
    assert solution.reasons == {}


def test_meetings_most_interest_gets_the_only_table() -> None:
    data = day(1, 1, [participant(x) for x in "abcd"], [request("a", "b", 1, 1), request("c", "d", 3, 2)])

    solution = solve(data)

    assert rows(solution) == [("c", "d", 1)]
    assert solution.reasons == {
        "a b": Reason("tables_taken", {"points": 2, "common": 1, "free_together": 1, "tables": 1})
    }


def test_meetings_two_small_ones_beat_a_large_one() -> None:
    data = day(
        1,
        2,
        [participant(x) for x in "abcd"],
        [request("a", "b", 2, 2), request("a", "c", 3, 2), request("b", "d", 1, 1)],
    )

    assert solve(data).level("interest_points").value == 7


def test_meetings_idle_slots_are_avoided() -> None:
    data = day(
        3,
        1,
        [participant("a"), participant("b"), participant("c", unavailable=(3,)), participant("d", unavailable=(3,))],
        [request("a", "b"), request("a", "c"), request("c", "d")],
    )

    solution = solve(data)

    assert solution.values == [6, 0]
    assert {row.slot for row in solution.meetings if "c" in (row.a, row.b)} == {1, 2}
    assert solution.status == "optimal"


def test_meetings_idle_slot_that_cannot_be_avoided_is_proven() -> None:
    data = day(
        3,
        2,
        [participant("a"), participant("b", unavailable=(2, 3)), participant("c", unavailable=(1, 2))],
        [request("a", "b"), request("a", "c")],
    )

    level = solve(data).level("idle_slots")

    assert (level.value, level.bound, level.proven) == (1, 1, True)


def test_meetings_unavailable_slot_is_not_idle() -> None:
    data = day(
        3,
        2,
        [participant("a", unavailable=(2,)), participant("b", unavailable=(3,)), participant("c", unavailable=(1,))],
        [request("a", "b"), request("a", "c")],
    )

    assert solve(data).values == [4, 0]


@pytest.mark.parametrize(
    ("busy", "free", "idle"),
    [(0, 0b111, 0), (0b1, 0b111, 0), (0b101, 0b111, 1), (0b101, 0b101, 0), (0b1001, 0b1101, 1), (0b110, 0b111, 0)],
)
def test_meetings_idle_slots_lie_between_the_first_and_the_last(busy: int, free: int, idle: int) -> None:
    assert idle_slots(busy, free) == idle


def test_meetings_reasons_name_what_stood_against() -> None:
    data = day(
        2,
        1,
        [
            participant("a", most=1),
            participant("b"),
            participant("c"),
            participant("d", unavailable=(1, 2)),
        ],
        [request("a", "b", 3, 3), request("a", "c"), request("b", "d")],
    )

    reasons = solve(data).reasons

    assert reasons["a c"] == Reason("enough_meetings", {"who": "a", "meetings": 1, "most": 1, "points": 2})
    assert reasons["b d"] == Reason("never_there_together", {"slots": 2, "common": 0})


def test_meetings_reason_when_both_met_others() -> None:
    data = day(1, 3, [participant(x) for x in "abcd"], [request("a", "b"), request("a", "c", 3, 3), request("b", "d")])

    assert solve(data).reasons["a b"].code == "others_met_instead"


@st.composite
def tiny_days(draw: st.DrawFn) -> dict[str, Any]:
    slots, ids = draw(st.integers(0, 3)), "abcd"
    people = [
        participant(id_, draw(st.integers(0, 3)), tuple(draw(st.sets(st.integers(1, 3), max_size=1)))) for id_ in ids
    ]
    pairs = draw(st.lists(st.sampled_from(["ab", "ac", "ad", "bc", "bd", "cd"]), unique=True, max_size=5))
    interest = st.integers(0, 3)
    return day(
        slots, draw(st.integers(0, 2)), people, [request(*pair, draw(interest), draw(interest)) for pair in pairs]
    )


@settings(max_examples=40, deadline=None)
@given(tiny_days())
def test_meetings_tiny_days_are_solved_to_the_best_there_is(data: dict[str, Any]) -> None:
    solution = solve(data)

    assert worth(data, rows(solution)) == levels(solution) == best(data)
    assert solution.status == "optimal"


@pytest.mark.parametrize("seed", [1, 2])
def test_meetings_middling_day_is_valid_and_the_same_each_time(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings_search, "TRIES_A_SECOND", 1_000)
    monkeypatch.setattr(meetings_search, "WORK_A_SECOND", 0.02)
    data = made.meetings(60, 25, tables=6, seed=seed)

    one, two = solve(data, seconds=60.0, seed=seed), solve(data, seconds=60.0, seed=seed)

    assert worth(data, rows(one)) == levels(one)
    assert one.meetings == two.meetings
    assert one.level("interest_points").proven


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 10_000))
def test_meetings_annealing_keeps_its_books(seed: int) -> None:
    data = made.meetings(12, 6, tables=3, slots=5, seed=seed)
    plan, kept = plan_day(MeetingsInstance.from_json(data))
    walk = Walk(tries=600, start=2.0, end=0.5, point=1.0, gap=0.5, seed=seed, enough=10**9)

    at = anneal(plan, [NEVER] * len(kept), walk, Pulse(Budget(10.0)))

    ids = [(data["requests"][index]["a"], data["requests"][index]["b"]) for index in kept]
    meetings = [(a, b, slot + 1) for (a, b), slot in zip(ids, at, strict=True) if slot != NEVER]
    points, idle = plan.worth(at)
    assert worth(data, meetings) == (points, -idle) == Timetable(plan, at).key


def test_meetings_without_tables() -> None:
    solution = solve(day(3, 0, [participant("a"), participant("b")], [request("a", "b")]))

    assert solution.status == "optimal"
    assert solution.values == [0, 0]
    assert solution.reasons == {"a b": Reason("no_tables", {"slots": 3, "tables": 0})}


@pytest.mark.parametrize(
    "data",
    [
        day(0, 5, [participant("a", unavailable=(1,)), participant("b")], [request("a", "b")]),
        day(5, 5, [], []),
        day(5, 5, [participant("a", most=0), participant("b")], [request("a", "b")]),
    ],
)
def test_meetings_odd_days_are_solved(data: dict[str, Any]) -> None:
    solution = solve(data)

    assert solution.status == "optimal"
    assert solution.values == [0, 0]


class Impatient:
    """A watch that wants to stop at once and hears what it is told."""

    def __init__(self) -> None:
        self.heard: list[Progress] = []

    def report(self, progress: Progress) -> None:
        self.heard.append(progress)

    def wants_stop(self) -> bool:
        return True


def test_meetings_watch_stops_the_run_and_hears_every_level() -> None:
    data, watch = made.meetings(100, 40, seed=3), Impatient()

    solution = solve(data, seconds=60.0, watch=watch)

    assert solution.seconds < 5
    assert [progress.level for progress in watch.heard] == ["interest_points", "idle_slots"]
    assert worth(data, rows(solution)) == levels(solution)


def test_meetings_instance_is_written_as_it_was_read() -> None:
    instance = MeetingsInstance.from_json(made.meetings(10, 5, seed=4))

    assert MeetingsInstance.from_json(instance.as_json()) == instance


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("slots", -1),
        ("tables", "30"),
        ("participants[0].max_meetings", -1),
        ("participants[0].unavailable[0]", 0),
        ("participants[1].id", "a"),
        ("requests[0].a", "z"),
        ("requests[0].b", "a"),
        ("requests[0].interest_a", 1.5),
    ],
)
def test_meetings_bad_value_is_refused_with_its_path(path: str, value: Any) -> None:
    data: Any = day(3, 1, [participant("a", unavailable=(2,)), participant("b")], [request("a", "b")])
    steps = [int(step) if step.isdigit() else step for step in path.replace("]", "").replace("[", ".").split(".")]
    place = data
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value

    with pytest.raises(Malformed) as refusal:
        MeetingsInstance.from_json(data)

    assert refusal.value.path == path


def test_meetings_pair_that_occurs_twice_is_refused() -> None:
    data = day(3, 1, [participant("a"), participant("b")], [request("a", "b"), request("b", "a", 3, 0)])

    with pytest.raises(Malformed) as refusal:
        MeetingsInstance.from_json(data)

    assert refusal.value.path == "requests[1]"
