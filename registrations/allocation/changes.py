"""What a reallocation changes in what people were told: per class and per station. Pure, JSON in, rows out.

A told visit is changed when it is no longer so, at whatever station or time; classes that no longer come lose nothing.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from registrations.allocation.pictures import effective, waves_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClassChange:
    """``kind``: ``lost`` its place, ``gained`` one, ``moved`` to another wave, other ``visits`` in the same wave.

    ``told`` visits were announced, ``changed`` of them are no longer so.
    """

    group: str
    kind: str
    before: str | None
    after: str | None
    told: int
    changed: int


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A team that comes to a station: in which wave, from which round on."""

    wave: str
    round: int
    team: str


@dataclass(frozen=True, slots=True)
class StationChange:
    """Whom a station was told of and that no longer come (``gone``), and whom it now gets (``new``)."""

    station: str
    gone: tuple[Slot, ...]
    new: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """``told`` are the announced visits of all classes that still want to come."""

    classes: list[ClassChange] = field(default_factory=list)
    stations: list[StationChange] = field(default_factory=list)
    told: int = 0

    def of(self, kind: str) -> list[ClassChange]:
        return [row for row in self.classes if row.kind == kind]

    @property
    def changed(self) -> int:
        return sum(row.changed for row in self.classes)


ORDER = {"lost": 0, "moved": 1, "gained": 2, "visits": 3}


def changes_of(instance: Json, solution: Json) -> Changes:
    """What ``solution`` changes in what ``instance`` (``alloc.realloc/1``) says was announced.

    Classes that keep everything are left out, as are the stations that receive whom they were told of.
    """
    now = effective(instance)
    announced = instance["announced"]
    coming = {row["id"] for row in now["groups"]}
    return Changes(
        _classes(now, announced, solution),
        _stations(now, instance["base"], announced, solution),
        sum(group_of(row["team"]) in coming for row in announced["visits"]),
    )


def _classes(now: Json, announced: Json, solution: Json) -> list[ClassChange]:
    before, after = waves_of(announced), waves_of(solution)
    told, kept = _visits(announced), _visits(solution)
    found = []
    for group in now["groups"]:
        ident = group["id"]
        old, new = before.get(ident), after.get(ident)
        lost_visits = len(told[ident] - kept[ident])
        if old == new and told[ident] == kept[ident]:
            continue
        if old is None and new is None:
            continue
        kind = "gained" if old is None else "lost" if new is None else "moved" if old != new else "visits"
        # In another wave the same round is another time.
        changed = lost_visits if old == new else len(told[ident])
        found.append(ClassChange(ident, kind, old, new, len(told[ident]), changed))
    return sorted(found, key=lambda row: (ORDER[row.kind], -row.changed, row.group))


def _stations(now: Json, base: Json, announced: Json, solution: Json) -> list[StationChange]:
    coming = {row["id"] for row in now["groups"]}
    old, new = _slots(announced), _slots(solution)
    found = []
    for station in base["stations"]:
        ident = station["id"]
        gone, come = old[ident] - new[ident], new[ident] - old[ident]
        come = {slot for slot in come if group_of(slot.team) in coming}
        if gone or come:
            found.append(StationChange(ident, tuple(sorted(gone)), tuple(sorted(come))))
    return found


def group_of(team: str) -> str:
    """The class of a team: ``c12`` of ``c12-3``."""
    return team.rsplit("-", 1)[0]


def _visits(solution: Json) -> defaultdict[str, set[tuple[str, str, int]]]:
    found: defaultdict[str, set[tuple[str, str, int]]] = defaultdict(set)
    for row in solution.get("visits", []):
        found[group_of(row["team"])].add((row["team"], row["station"], row["round"]))
    return found


def _slots(solution: Json) -> defaultdict[str, set[Slot]]:
    waves = waves_of(solution)
    found: defaultdict[str, set[Slot]] = defaultdict(set)
    for row in solution.get("visits", []):
        wave = waves.get(group_of(row["team"]))
        if wave is not None:
            found[row["station"]].add(Slot(wave, row["round"], row["team"]))
    return found
