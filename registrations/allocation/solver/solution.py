"""What a solver answers: who gets which place, how good that is, and why others got none. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from registrations.allocation.solver.reading import Node, whole

FORMAT = "alloc.solution/1"

Status = Literal["optimal", "feasible", "infeasible"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the objective. Lists are compared from the first; ``bound`` is the best that is still possible."""

    name: str
    sense: Literal["max", "min"]
    value: int | list[int]
    bound: int | list[int]
    proven: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "sense": self.sense,
            "value": self.value,
            "bound": self.bound,
            "proven": self.proven,
        }


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    group: str
    wave: str

    def as_json(self) -> dict[str, Any]:
        return {"group": self.group, "wave": self.wave}


@dataclass(frozen=True, slots=True, order=True)
class StandAssignment:
    exhibitor: str
    stand: str

    def as_json(self) -> dict[str, Any]:
        return {"exhibitor": self.exhibitor, "stand": self.stand}


@dataclass(frozen=True, slots=True, order=True)
class Visit:
    """A team at a station from the round on."""

    team: str
    station: str
    round: int

    def as_json(self) -> dict[str, Any]:
        return {"team": self.team, "station": self.station, "round": self.round}


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    a: str
    b: str
    slot: int

    def as_json(self) -> dict[str, Any]:
        return {"a": self.a, "b": self.b, "slot": self.slot}


@dataclass(frozen=True, slots=True)
class Reason:
    """What stood against a group or an exhibitor: a code, and numbers that anybody can check."""

    code: str
    numbers: dict[str, Any] = field(default_factory=dict)


def plain(reason: Reason) -> str:
    """The reason without words: its code and numbers."""
    return " ".join([reason.code, *(f"{key}={value}" for key, value in reason.numbers.items())])


@dataclass(frozen=True, slots=True)
class Solution:
    """``reasons`` has one for everybody without a place. Optimal means that every level is proven."""

    status: Status
    objective: tuple[Level, ...]
    assignments: tuple[Assignment, ...] | tuple[StandAssignment, ...] = ()
    visits: tuple[Visit, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    reasons: dict[str, Reason] = field(default_factory=dict)
    seconds: float = 0.0
    seed: int = 1

    def level(self, name: str) -> Level:
        """The level of that name; raises KeyError where the objective has none."""
        for level in self.objective:
            if level.name == name:
                return level
        raise KeyError(name)

    @property
    def values(self) -> list[int | list[int]]:
        return [level.value for level in self.objective]

    def as_json(self, text: Callable[[Reason], str] = plain) -> dict[str, Any]:
        """The exchange format; ``text`` puts reasons in words."""
        found: dict[str, Any] = {
            "format": FORMAT,
            "status": self.status,
            "objective": [level.as_json() for level in self.objective],
            "assignments": [row.as_json() for row in self.assignments],
        }
        if self.visits:
            found["visits"] = [row.as_json() for row in self.visits]
        if self.meetings:
            found["meetings"] = [row.as_json() for row in self.meetings]
        found["reasons"] = {
            key: {"code": reason.code, "text": text(reason), "numbers": reason.numbers}
            for key, reason in sorted(self.reasons.items())
        }
        found["seconds"] = round(self.seconds, 2)
        found["seed"] = self.seed
        return found


def read_announced(node: Node) -> tuple[tuple[Assignment, ...], tuple[Visit, ...]]:
    """Assignments and visits of a schools solution, in its own order; nothing else of it matters."""
    assignments = node.key("assignments").each(
        lambda row: Assignment(row.key("group").name(), row.key("wave").name()),
    )
    visits = node.maybe("visits")
    return assignments, visits.each(_visit) if visits else ()


def from_json(data: Any) -> tuple[tuple[Assignment, ...], tuple[Visit, ...]]:
    """A stored schools solution's assignments and visits; raises Malformed."""
    return read_announced(whole(data, FORMAT))


def _visit(row: Node) -> Visit:
    return Visit(row.key("team").name(), row.key("station").name(), row.key("round").integer())


def status_of(levels: tuple[Level, ...]) -> Status:
    """Optimal when every level is proven."""
    return "optimal" if all(level.proven for level in levels) else "feasible"
