"""A new way round the stations for one class: by hand, and valid for any."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.bookings.places.timetable import find_timetable


def station(ident: str, zone: str = "A", **fields) -> dict:
    usual = {"capacity": 10, "duration": 1, "accessible": True, "min_grade": 0, "closed": []}
    return {"id": ident, "zone": zone, **usual, **fields}


def group(sizes: list[int], *, grade: int = 9, wheelchair: bool = False, preferences: list | None = None) -> dict:
    teams = [{"id": f"c1-{n}", "size": size, "wheelchair": wheelchair} for n, size in enumerate(sizes, start=1)]
    return {"id": "c1", "grade": grade, "teams": teams, "preferences": preferences or []}


def instance(stations: list[dict], made: dict, *, rounds: int = 4, visits: int = 2, walk: int = 0) -> dict:
    zones = {row["zone"] for row in stations}
    return {
        "rules": {"visits_per_team": visits, "round_minutes": 15, "transition_minutes": 5},
        "walk_minutes": {a: {b: 0 if a == b else walk for b in zones} for a in zones},
        "waves": [{"id": "w1", "rounds": rounds, "capacity": 100}],
        "stations": stations,
        "groups": [made],
    }


def test_the_dearest_wishes_are_met_where_there_is_room():
    stations = [station("s1"), station("s2"), station("s3", capacity=4)]
    made = group([10], preferences=[["s3"], ["s2"]])

    found = find_timetable(instance(stations, made), ["c1"], "w1", taken={})

    assert {visit[1] for visit in found} == {"s1", "s2"}  # the third is too small for the team


def test_others_are_left_where_they_are():
    """Station 1 is full in rounds 1 to 3, station 2 in rounds 2 to 4."""
    taken = {("s1", n): 5 for n in (1, 2, 3)} | {("s2", n): 5 for n in (2, 3, 4)}

    found = find_timetable(instance([station("s1"), station("s2")], group([8])), ["c1"], "w1", taken=taken)

    assert found == [("c1-1", "s1", 4), ("c1-1", "s2", 1)]


def test_no_room_is_said():
    taken = {("s1", n): 5 for n in (1, 2, 3, 4)}

    assert find_timetable(instance([station("s1"), station("s2")], group([8])), ["c1"], "w1", taken=taken) is None


def test_a_long_walk_needs_a_free_round():
    stations = [station("s1", "A"), station("s2", "B")]

    found = find_timetable(instance(stations, group([8]), walk=20), ["c1"], "w1", taken={}, first_round=2)

    assert abs(found[0][2] - found[1][2]) == 2


def test_what_is_not_accessible_or_for_older_pupils_or_closed_is_left_out():
    stations = [
        station("s1", accessible=False),
        station("s2", min_grade=10),
        station("s3", closed=[["w1", n] for n in (1, 2, 3, 4)]),
        station("s4"),
        station("s5"),
    ]

    found = find_timetable(instance(stations, group([8], wheelchair=True)), ["c1"], "w1", taken={})

    assert {visit[1] for visit in found} == {"s4", "s5"}


def test_stations_are_kept_where_nothing_speaks_against():
    stations = [station(f"s{n}") for n in range(1, 7)]

    found = find_timetable(
        instance(stations, group([8])), ["c1"], "w1", taken={}, kept=frozenset({("c1-1", "s4"), ("c1-1", "s6")})
    )

    assert {visit[1] for visit in found} == {"s4", "s6"}


@st.composite
def cases(draw):
    stations = [
        station(
            f"s{n}",
            draw(st.sampled_from("AB")),
            capacity=draw(st.integers(3, 12)),
            duration=draw(st.integers(1, 2)),
            accessible=draw(st.booleans()),
            closed=[["w1", draw(st.integers(1, 5))]],
        )
        for n in range(1, draw(st.integers(2, 5)) + 1)
    ]
    made = group(draw(st.lists(st.integers(1, 8), min_size=1, max_size=3)), wheelchair=draw(st.booleans()))
    case = instance(stations, made, rounds=5, visits=draw(st.integers(1, 3)), walk=draw(st.sampled_from([0, 10, 25])))
    taken = {(row["id"], n): draw(st.integers(0, 6)) for row in stations for n in range(1, 6)}
    return case, taken, draw(st.integers(1, 2))


@settings(max_examples=60, deadline=None)
@given(cases())
def test_whatever_is_found_keeps_every_rule(drawn):
    case, taken, first_round = drawn

    found = find_timetable(case, ["c1"], "w1", taken=taken, first_round=first_round)

    if found is not None:
        assert faults(case, taken, first_round, found) == []


def faults(case: dict, taken: dict, first_round: int, found: list) -> list[str]:
    stations = {row["id"]: row for row in case["stations"]}
    teams = {team["id"]: team for team in case["groups"][0]["teams"]}
    rules, wrong, load = case["rules"], [], Counter(taken)
    for team, facts in teams.items():
        mine = sorted((number, number + stations[key]["duration"] - 1, key) for t, key, number in found if t == team)
        wrong += ["count"] * (len(mine) != rules["visits_per_team"])
        wrong += ["twice"] * (len({key for *_, key in mine}) != len(mine))
        for first, last, key in mine:
            row = stations[key]
            wrong += ["rounds"] * (first < first_round or last > case["waves"][0]["rounds"])
            wrong += ["wheelchair"] * (facts["wheelchair"] and not row["accessible"])
            wrong += ["closed"] * any(n in range(first, last + 1) for _, n in row["closed"])
            for number in range(first, last + 1):
                load[key, number] += facts["size"]
        for (_, last, key), (first, _, other) in pairwise(mine):
            minutes = (first - last - 1) * 20 + 5
            walk = case["walk_minutes"][stations[key]["zone"]][stations[other]["zone"]]
            wrong += ["clash"] * (first <= last) + ["walk"] * (minutes < walk)
    over = [key for (key, n), pupils in load.items() if pupils > max(stations[key]["capacity"], taken.get((key, n), 0))]
    return wrong + ["capacity"] * bool(over)
