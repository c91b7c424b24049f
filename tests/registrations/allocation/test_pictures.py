"""What the pages show of a solution, counted by hand."""

from registrations.allocation.pictures import effective, picture

STATION = {"capacity": 20, "min_grade": 0, "accessible": True, "closed": []}
INSTANCE = {
    "format": "alloc.schools/1",
    "rules": {"places": 50},
    "waves": [{"id": "w1", "capacity": 30}, {"id": "w2", "capacity": 15}],
    "municipalities": [
        {"id": "1280", "demand": 30, "target": 25},
        {"id": "1281", "demand": 10, "target": 10},
        {"id": "1285", "demand": 0, "target": 0},
    ],
    "schools": [{"id": "a", "municipality": "1280"}, {"id": "b", "municipality": "1281"}],
    "stations": [{**STATION, "id": "s1"}, {**STATION, "id": "s2"}, {**STATION, "id": "s3", "min_grade": 10}],
    "groups": [
        {
            "id": "c1",
            "school": "a",
            "size": 20,
            "grade": 9,
            "teams": [
                {"id": "c1-1", "size": 12, "wheelchair": False},
                {"id": "c1-2", "size": 8, "wheelchair": False},
            ],
            "preferences": [["s3"], ["s1"], ["s2"]],
        },
        {"id": "c2", "school": "b", "size": 10, "grade": 9, "teams": [], "preferences": []},
        {"id": "c3", "school": "a", "size": 10, "grade": 9, "teams": [], "preferences": []},
    ],
}
SOLUTION = {
    "assignments": [{"group": "c1", "wave": "w1"}],
    "visits": [
        {"team": "c1-1", "station": "s1", "round": 1},
        {"team": "c1-1", "station": "s2", "round": 2},
        {"team": "c1-2", "station": "s2", "round": 1},
    ],
}


def test_picture_by_hand():
    found = picture(INSTANCE, SOLUTION)

    assert found["pupils"] == [20, 40]
    assert found["places"] == 45  # the admissions take no more
    assert found["classes"] == [1, 3]
    assert found["schools"] == [1, 2]
    assert found["municipalities"]["1280"] == {"target": 25, "demand": 30, "placed": 20, "permille": 800}
    assert found["municipalities"]["1281"]["permille"] == 0
    assert found["municipalities"]["1285"]["permille"] == 1000
    assert found["waves"]["w1"] == {"capacity": 30, "pupils": 20, "classes": 1}
    # s3 is for older ones, so s1 is the first wish: 12 of 20 pupils see it. Of two wishes each, 12 see both, 8 one.
    assert found["first_wish"] == [12, 20]
    assert found["three_wishes"] == [32, 40]


def test_a_reallocation_is_seen_after_its_events():
    base = {
        "format": "alloc.schools/1",
        "groups": [{"id": "c1"}, {"id": "c2"}],
        "stations": [{"id": "s1", "closed": []}, {"id": "s2", "closed": []}],
        "waves": [{"id": "w1", "capacity": 30}],
    }
    events = [
        {"type": "cancel_group", "group": "c1"},
        {"type": "cancel_station", "station": "s2"},
        {"type": "close_round", "station": "s1", "wave": "w1", "round": 2},
        {"type": "cut_wave", "wave": "w1", "capacity_less": 40},
    ]

    found = effective({"format": "alloc.realloc/1", "base": base, "events": events})

    assert [row["id"] for row in found["groups"]] == ["c2"]
    assert found["stations"] == [{"id": "s1", "closed": [["w1", 2]]}]
    assert found["waves"] == [{"id": "w1", "capacity": 0}]
    assert base["stations"][0]["closed"] == []
