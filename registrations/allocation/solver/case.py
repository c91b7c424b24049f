"""Something happened after schools were told: what was planned, what was announced, what is no more. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from registrations.allocation.solver.problem import SchoolsInstance, read_schools
from registrations.allocation.solver.reading import Malformed, Node, whole
from registrations.allocation.solver.solution import Assignment, Visit, read_announced

FORMAT = "alloc.realloc/1"


@dataclass(frozen=True, slots=True)
class CancelGroup:
    group: str


@dataclass(frozen=True, slots=True)
class CancelStation:
    station: str


@dataclass(frozen=True, slots=True)
class CloseRound:
    station: str
    wave: str
    round: int


@dataclass(frozen=True, slots=True)
class CutWave:
    wave: str
    capacity_less: int


Happening = CancelGroup | CancelStation | CloseRound | CutWave


def after(base: SchoolsInstance, events: tuple[Happening, ...]) -> SchoolsInstance:
    """The instance as it is once all that has happened."""
    instance = base
    for event in events:
        if isinstance(event, CancelGroup):
            left = tuple(row for row in instance.groups if row.id != event.group)
            instance = instance.with_(groups=left)
        elif isinstance(event, CancelStation):
            instance = instance.with_(stations=tuple(row for row in instance.stations if row.id != event.station))
        elif isinstance(event, CloseRound):
            closed = frozenset({(event.wave, event.round)})
            instance = instance.with_(
                stations=tuple(
                    replace(row, closed=row.closed | closed) if row.id == event.station else row
                    for row in instance.stations
                )
            )
        else:
            instance = instance.with_(
                waves=tuple(
                    replace(row, capacity=max(0, row.capacity - event.capacity_less)) if row.id == event.wave else row
                    for row in instance.waves
                )
            )
    return instance


@dataclass(frozen=True)
class ReallocationCase:
    """``announced`` may hold groups and teams that are no longer there."""

    base: SchoolsInstance
    assignments: tuple[Assignment, ...]
    visits: tuple[Visit, ...]
    events: tuple[Happening, ...]

    @cached_property
    def instance(self) -> SchoolsInstance:
        return after(self.base, self.events)

    @cached_property
    def before(self) -> dict[str, str]:
        """The announced waves of the groups that are still there."""
        return {row.group: row.wave for row in self.assignments if row.group in self.instance.group}

    @classmethod
    def from_json(cls, data: Any) -> "ReallocationCase":
        """Reads the exchange format; raises Malformed with the path of the bad value."""
        root = whole(data, FORMAT)
        base = read_schools(root.key("base"))
        announced = root.key("announced")
        assignments, visits = read_announced(announced)
        seen: set[str] = set()
        for index, row in enumerate(assignments):
            where = f"announced.assignments[{index}]"
            if row.group in base.group and row.wave not in base.wave:
                raise Malformed(f"{where}.wave", f"unknown wave {row.wave!r}")
            if row.group in seen:
                raise Malformed(f"{where}.group", f"group {row.group!r} occurs twice")
            seen.add(row.group)
        return cls(base, assignments, visits, root.key("events").each(lambda node: _event(node, base)))


def _event(node: Node, base: SchoolsInstance) -> Happening:
    kind = node.key("type").text()
    if kind == "cancel_group":
        return CancelGroup(node.key("group").one_of(base.group, "group"))
    if kind == "cancel_station":
        return CancelStation(node.key("station").one_of(base.station, "station"))
    if kind == "close_round":
        return CloseRound(
            node.key("station").one_of(base.station, "station"),
            node.key("wave").one_of(base.wave, "wave"),
            node.key("round").integer(least=1),
        )
    if kind == "cut_wave":
        return CutWave(node.key("wave").one_of(base.wave, "wave"), node.key("capacity_less").integer())
    raise node.key("type").refuse(f"unknown event {kind!r}")
