"""What has changed since a proposal, and whether that breaks it."""

from copy import deepcopy

import pytest

from registrations.allocation.differences import differences

GROUP = {
    "id": "c1",
    "school": "10000001",
    "class": "9a",
    "grade": 9,
    "size": 20,
    "adults": 2,
    "teams": [{"id": "c1-1", "size": 20, "wheelchair": False}],
    "waves": ["w1", "w2"],
    "bus": None,
    "motivation": 50,
    "preferences": [["s1"]],
}
STATION = {
    "id": "s1",
    "company": "AB",
    "field": "el",
    "zone": "z1",
    "capacity": 20,
    "duration": 1,
    "accessible": True,
    "min_grade": 0,
    "closed": [["w1", 1]],
}
THEN = {
    "rules": {
        "places": 30,
        "visits_per_team": 2,
        "round_minutes": 15,
        "transition_minutes": 5,
        "share_basis": "equal",
        "order": ["schools"],
    },
    "walk_minutes": {"z1": {"z1": 0}},
    "waves": [{"id": "w1", "capacity": 30, "rounds": 4}],
    "municipalities": [{"id": "1281", "population": 100, "demand": 20, "target": 20}],
    "groups": [GROUP],
    "stations": [STATION, {**STATION, "id": "s2"}],
}
SOLUTION = {
    "assignments": [{"group": "c1", "wave": "w1"}],
    "visits": [{"team": "c1-1", "station": "s1", "round": 2}],
}


def changed(change, solution=SOLUTION):
    now = deepcopy(THEN)
    change(now)
    return [(row.code, row.about, row.breaks) for row in differences(THEN, now, solution)]


def test_nothing_changed():
    assert changed(lambda now: None) == []


@pytest.mark.parametrize(
    ("name", "value", "code", "breaks"),
    [
        ("size", 21, "class_size", True),
        ("grade", 10, "class_grade", True),
        ("waves", ["w2"], "class_times", True),
        ("bus", "1281 b1", "class_bus", True),
        ("motivation", 70, "class_points", True),
        ("preferences", [], "class_wishes", True),
        ("teams", [{"id": "c1-1", "size": 20, "wheelchair": True}], "class_teams", True),
        ("adults", 3, "class_adults", False),
    ],
)
def test_a_class_changed(name, value, code, breaks):
    def change(now):
        now["groups"][0][name] = value

    assert changed(change) == [(code, "c1", breaks)]


def test_other_teams_follow_from_another_number():
    def change(now):
        now["groups"][0].update(size=19, teams=[{"id": "c1-1", "size": 19, "wheelchair": False}])

    assert changed(change) == [("class_size", "c1", True)]


def test_a_class_that_is_gone_breaks_a_proposal_that_gave_it_a_place():
    def change(now):
        now["groups"].clear()

    assert changed(change) == [("class_gone", "c1", True)]
    assert changed(change, {"assignments": [], "visits": []}) == [("class_gone", "c1", False)]


def test_a_class_that_came_in_since_would_be_passed_by():
    assert changed(lambda now: now["groups"].append({**GROUP, "id": "c2"})) == [("class_new", "c2", True)]


@pytest.mark.parametrize(
    ("station", "name", "value", "breaks"),
    [
        (0, "capacity", 19, True),
        (0, "capacity", 21, False),
        (0, "closed", [["w1", 1], ["w1", 2]], True),
        (0, "closed", [], False),
        (0, "zone", "z2", True),
        (1, "capacity", 1, False),
        (0, "company", "Annat AB", None),
    ],
)
def test_a_station_changed(station, name, value, breaks):
    def change(now):
        now["stations"][station][name] = value

    expected = [] if breaks is None else [("station_changed", f"s{station + 1}", breaks)]
    assert changed(change) == expected


def test_a_station_that_nobody_visits_may_go():
    assert changed(lambda now: now["stations"].pop(1)) == [("station_gone", "s2", False)]
    assert changed(lambda now: now["stations"].pop(0)) == [("station_gone", "s1", True)]


def test_rules_admissions_and_numbers():
    assert changed(lambda now: now["rules"].update(places=40)) == [("rule", "places", True)]
    assert changed(lambda now: now["waves"][0].update(capacity=20)) == [("wave_capacity", "w1", True)]
    assert changed(lambda now: now["walk_minutes"]["z1"].update(z1=4)) == [("walks", "", True)]
    assert changed(lambda now: now["municipalities"][0].update(population=101)) == [("basis", "1281", True)]


def test_another_basis_of_the_shares_is_said_once():
    def change(now):
        now["rules"]["share_basis"] = "cohort"
        now["municipalities"][0]["population"] = 7

    assert changed(change) == [("rule", "share_basis", True)]


def test_what_breaks_comes_first():
    def change(now):
        now["groups"][0]["adults"] = 5
        now["rules"]["places"] = 40

    assert changed(change) == [("rule", "places", True), ("class_adults", "c1", False)]
