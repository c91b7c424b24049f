"""What a reallocation changes in what people were told, by hand."""

from registrations.allocation.changes import ClassChange, Slot, StationChange, changes_of


def visit(team: str, station: str, number: int) -> dict:
    return {"team": team, "station": station, "round": number}


def solution(waves: dict[str, str], *visits: dict) -> dict:
    assignments = [{"group": group, "wave": wave} for group, wave in waves.items()]
    return {"assignments": assignments, "visits": list(visits)}


def case(announced: dict, events: list[dict], groups: str = "c1 c2 c3", stations: str = "s1 s2 s3") -> dict:
    base = {
        "groups": [{"id": ident} for ident in groups.split()],
        "stations": [{"id": ident, "closed": []} for ident in stations.split()],
        "waves": [{"id": "w1", "capacity": 60}, {"id": "w2", "capacity": 60}],
    }
    return {"format": "alloc.realloc/1", "base": base, "announced": announced, "events": events}


TOLD = solution(
    {"c1": "w1", "c2": "w1"},
    visit("c1-1", "s1", 1),
    visit("c1-1", "s2", 2),
    visit("c2-1", "s2", 1),
    visit("c2-1", "s3", 2),
)


def test_nothing_is_changed_by_the_same_again():
    changes = changes_of(case(TOLD, []), TOLD)

    assert (changes.classes, changes.stations) == ([], [])


def test_a_class_that_no_longer_comes_lost_nothing_and_its_hosts_hear():
    """Class 1 cancelled; class 3 came in for it, at station 1 instead of 2."""
    new = solution(
        {"c2": "w1", "c3": "w2"},
        visit("c2-1", "s2", 1),
        visit("c2-1", "s3", 2),
        visit("c3-1", "s1", 1),
        visit("c3-1", "s3", 3),
    )

    changes = changes_of(case(TOLD, [{"type": "cancel_group", "group": "c1"}]), new)

    assert changes.classes == [ClassChange("c3", "gained", None, "w2", 0, 0)]
    assert changes.stations == [
        StationChange("s1", gone=(Slot("w1", 1, "c1-1"),), new=(Slot("w2", 1, "c3-1"),)),
        StationChange("s2", gone=(Slot("w1", 2, "c1-1"),), new=()),
        StationChange("s3", gone=(), new=(Slot("w2", 3, "c3-1"),)),
    ]


def test_a_cancelled_station_changes_visits_and_nothing_else():
    """Station 3 is gone: class 2 goes to station 1 in round 2."""
    new = solution(
        {"c1": "w1", "c2": "w1"},
        visit("c1-1", "s1", 1),
        visit("c1-1", "s2", 2),
        visit("c2-1", "s2", 1),
        visit("c2-1", "s1", 2),
    )

    changes = changes_of(case(TOLD, [{"type": "cancel_station", "station": "s3"}]), new)

    assert changes.classes == [ClassChange("c2", "visits", "w1", "w1", told=2, changed=1)]
    assert [row.station for row in changes.stations] == ["s1", "s3"]


def test_in_another_wave_every_told_visit_is_changed():
    new = solution(
        {"c1": "w1", "c2": "w2"},
        visit("c1-1", "s1", 1),
        visit("c1-1", "s2", 2),
        visit("c2-1", "s2", 1),
        visit("c2-1", "s3", 2),
    )

    changes = changes_of(case(TOLD, []), new)

    assert changes.classes == [ClassChange("c2", "moved", "w1", "w2", told=2, changed=2)]
    assert (changes.changed, changes.told) == (2, 4)


def test_those_who_lose_come_first():
    changes = changes_of(case(TOLD, []), solution({"c3": "w1", "c2": "w2"}))

    assert [(row.group, row.kind) for row in changes.classes] == [("c1", "lost"), ("c2", "moved"), ("c3", "gained")]
    assert [row.group for row in changes.of("lost")] == ["c1"]
