"""What was decided by hand, against the rules that nobody can break by hand either. Pure.

A lock is ``{"group": "c12", "place": true, "wave": "w3"}``: the group gets a place (in that wave; ``None``: in any), or
it gets none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Lock = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that locks break: its ``code``, the ``groups`` that were locked, and numbers to say it with."""

    code: str
    groups: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def broken_rules(instance: dict[str, Any], locks: list[Lock]) -> list[Broken]:
    """Every rule that the locks break for certain; what only the whole puzzle can tell is left to the solver."""
    groups = {row["id"]: row for row in instance["groups"]}
    placed = [(groups[lock["group"]], lock["wave"]) for lock in locks if lock["place"] and lock["group"] in groups]
    found: list[Broken] = []
    for check in CHECKS:
        found += check(instance, placed)
    return found


Placed = list[tuple[dict[str, Any], str | None]]


def _time(instance: dict[str, Any], placed: Placed) -> Iterator[Broken]:
    for group, wave in placed:
        if not group["waves"] or (wave is not None and wave not in group["waves"]):
            yield Broken("lock_time", (group["id"],), {"wave": wave})


def _places(instance: dict[str, Any], placed: Placed) -> Iterator[Broken]:
    pupils, places = sum(group["size"] for group, _ in placed), instance["rules"]["places"]
    if pupils > places:
        yield Broken("lock_places", tuple(group["id"] for group, _ in placed), {"pupils": pupils, "places": places})


def _waves(instance: dict[str, Any], placed: Placed) -> Iterator[Broken]:
    for wave in instance["waves"]:
        inside = [group for group, chosen in placed if chosen == wave["id"]]
        pupils = sum(group["size"] for group in inside)
        if pupils > wave["capacity"]:
            facts = {"wave": wave["id"], "pupils": pupils, "places": wave["capacity"]}
            yield Broken("lock_wave", tuple(group["id"] for group in inside), facts)


def _twice(instance: dict[str, Any], placed: Placed) -> Iterator[Broken]:
    same = defaultdict(list)
    for group, _ in placed:
        same[group["school"], group["class"]].append(group["id"])
    yield from (Broken("lock_twice", tuple(ids)) for ids in same.values() if len(ids) > 1)


def _buses(instance: dict[str, Any], placed: Placed) -> Iterator[Broken]:
    buses = defaultdict(list)
    for group, wave in placed:
        if group["bus"]:
            buses[group["bus"]].append((group, wave))
    for rows in buses.values():
        chosen = {wave for _, wave in rows if wave is not None}
        common = set.intersection(*(set(group["waves"]) for group, _ in rows))
        if len(chosen) > 1 or not common or (chosen and not chosen <= common):
            yield Broken("lock_bus", tuple(group["id"] for group, _ in rows))


def _stations(instance: dict[str, Any], placed: Placed) -> Iterator[Broken]:
    visits = instance["rules"]["visits_per_team"]
    for group, _ in placed:
        fitting = min(_fitting(instance, group, team) for team in group["teams"])
        if fitting < visits:
            yield Broken("lock_stations", (group["id"],), {"stations": fitting, "visits": visits})


def _fitting(instance: dict[str, Any], group: dict[str, Any], team: dict[str, Any]) -> int:
    return sum(
        team["size"] <= row["capacity"]
        and group["grade"] >= row["min_grade"]
        and (row["accessible"] or not team["wheelchair"])
        for row in instance["stations"]
    )


CHECKS: tuple[Callable[[dict[str, Any], Placed], Iterator[Broken]], ...] = (
    _time,
    _twice,
    _buses,
    _places,
    _waves,
    _stations,
)
