"""What cannot be read, or contradicts itself, is refused with the path of the bad value."""

import copy
from typing import Any

import pytest

from registrations.allocation.solver.case import ReallocationCase
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.reading import Malformed, load
from tests.allocation_instances import schools_instance

BASE = schools_instance(1, places=60, waves=2, station_count=30)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The instance with another value at the path; a value of ``...`` takes the key out."""
    data = copy.deepcopy(BASE)
    at: Any = data
    *steps, last = [
        int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")
    ]
    for step in steps:
        at = at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("groups[3].size", -1, "groups[3].size"),
        ("groups[3].size", True, "groups[3].size"),
        ("groups[3].size", 12.0, "groups[3].size"),
        ("groups[3].size", float("nan"), "groups[3].size"),
        ("groups[3].size", 10**12, "groups[3].size"),
        ("groups[3].size", 99, "groups[3].size"),
        ("groups[3].id", "g0001", "groups[3].id"),
        ("groups[3].school", "nowhere", "groups[3].school"),
        ("groups[3].waves", ["W9"], "groups[3].waves[0]"),
        ("groups[3].waves", "W1", "groups[3].waves"),
        ("groups[3].preferences", [["st001"], ["st999"]], "groups[3].preferences[1][0]"),
        ("groups[3].teams[0].wheelchair", "no", "groups[3].teams[0].wheelchair"),
        ("groups[3].teams[0].id", "g0001-1", "groups[3].teams[0].id"),
        ("groups[3].motivation", 101, "groups[3].motivation"),
        ("groups[3].applied_at", "yesterday", "groups[3].applied_at"),
        ("groups[3].bus", 7, "groups[3].bus"),
        ("stations[1].duration", 0, "stations[1].duration"),
        ("stations[1].closed", [["W1"]], "stations[1].closed[0]"),
        ("stations[1].closed", [["W9", 1]], "stations[1].closed[0][0]"),
        ("schools[0].municipality", "paris", "schools[0].municipality"),
        ("municipalities[0].target", None, "municipalities[0].target"),
        ("waves[1].id", "W1", "waves[1].id"),
        ("rules.places", ..., "rules.places"),
        ("rules.order", ["beauty"], "rules.order[0]"),
        ("walk_minutes.A.B", ..., "walk_minutes.A.B"),
        ("walk_minutes.A.B", -3, "walk_minutes.A.B"),
        ("format", "alloc.schools/2", "format"),
        ("stations", ..., "stations"),
    ],
)
def test_a_bad_value_is_named(path: str, value: Any, named: str):
    with pytest.raises(Malformed) as refusal:
        SchoolsInstance.from_json(changed(path, value))
    assert refusal.value.path == named


@pytest.mark.parametrize("data", [None, [], 3, "text", {}])
def test_what_is_no_instance_is_refused(data: Any):
    with pytest.raises(Malformed):
        SchoolsInstance.from_json(data)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(text: bytes):
    with pytest.raises(Malformed):
        load(text)


def test_an_instance_is_written_as_it_was_read():
    read = SchoolsInstance.from_json(BASE)
    assert SchoolsInstance.from_json(read.as_json()) == read
    assert read.as_json()["groups"] == BASE["groups"]


@pytest.mark.parametrize(
    ("event", "named"),
    [
        ({"type": "party"}, "events[0].type"),
        ({"type": "cancel_group", "group": "g9999"}, "events[0].group"),
        ({"type": "cancel_station", "station": 3}, "events[0].station"),
        ({"type": "close_round", "station": "st001", "wave": "W1"}, "events[0].round"),
        ({"type": "cut_wave", "wave": "W1", "capacity_less": -1}, "events[0].capacity_less"),
    ],
)
def test_an_unknown_event_is_named(event: dict[str, Any], named: str):
    case = {
        "format": "alloc.realloc/1",
        "base": BASE,
        "announced": {"assignments": [], "visits": []},
        "events": [event],
    }
    with pytest.raises(Malformed) as refusal:
        ReallocationCase.from_json(case)
    assert refusal.value.path == named


def test_the_base_is_read_with_its_own_path():
    case = {
        "format": "alloc.realloc/1",
        "base": changed("groups[2].size", 0),
        "announced": {"assignments": []},
        "events": [],
    }
    with pytest.raises(Malformed) as refusal:
        ReallocationCase.from_json(case)
    assert refusal.value.path == "base.groups[2].size"
