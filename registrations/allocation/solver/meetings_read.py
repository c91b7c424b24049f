"""Reads who wants to meet whom, and when there is a table. Pure."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registrations.allocation.solver.reading import Node, only_once, text_in, whole

FORMAT = "alloc.meetings/1"
MOST_SLOTS = 1_000
MOST_INTEREST = 1_000_000


@dataclass(frozen=True, slots=True)
class Participant:
    """``unavailable`` are slots, numbered from 1."""

    id: str
    max_meetings: int
    unavailable: frozenset[int] = frozenset()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """``interest_a`` is what a thinks of meeting b; 0 is no."""

    a: str
    b: str
    interest_a: int
    interest_b: int

    @property
    def mutual(self) -> bool:
        return self.interest_a > 0 and self.interest_b > 0

    @property
    def points(self) -> int:
        return self.interest_a + self.interest_b


@dataclass(frozen=True)
class MeetingsInstance:
    """Everything a solver needs to know. Ids are unique and references known; ``tables`` are those of each slot."""

    slots: int
    tables: int
    participants: tuple[Participant, ...]
    requests: tuple[Request, ...]
    name: str = ""

    @cached_property
    def participant(self) -> dict[str, Participant]:
        return {row.id: row for row in self.participants}

    @classmethod
    def from_json(cls, data: Any) -> "MeetingsInstance":
        """Reads the exchange format; raises Malformed with the path of the bad value."""
        return read_meetings(whole(data, FORMAT))

    def as_json(self) -> dict[str, Any]:
        """The exchange format, which ``from_json`` reads back to the same."""
        return {
            "format": FORMAT,
            "name": self.name,
            "slots": self.slots,
            "tables": self.tables,
            "participants": [
                {
                    "id": row.id,
                    "kind": row.kind,
                    "max_meetings": row.max_meetings,
                    "unavailable": sorted(row.unavailable),
                }
                for row in self.participants
            ],
            "requests": [
                {"a": row.a, "b": row.b, "interest_a": row.interest_a, "interest_b": row.interest_b}
                for row in self.requests
            ],
        }


def read_meetings(root: Node) -> MeetingsInstance:
    """The instance under ``root``."""
    slots = root.key("slots").integer(most=MOST_SLOTS)
    participants = root.key("participants").each(_participant)
    only_once(root.key("participants"), tuple(row.id for row in participants), "participant")
    known = {row.id for row in participants}
    requests = root.key("requests").each(lambda node: _request(node, known))
    _pairs_only_once(root.key("requests"), requests)
    return MeetingsInstance(
        slots=slots,
        tables=root.key("tables").integer(),
        participants=participants,
        requests=requests,
        name=text_in(root, "name"),
    )


def _participant(node: Node) -> Participant:
    return Participant(
        id=node.key("id").name(),
        max_meetings=node.key("max_meetings").integer(),
        unavailable=frozenset(node.key("unavailable").each(lambda row: row.integer(least=1))),
        kind=text_in(node, "kind"),
    )


def _request(node: Node, known: set[str]) -> Request:
    a = node.key("a").one_of(known, "participant")
    b = node.key("b").one_of(known, "participant")
    if a == b:
        raise node.key("b").refuse(f"participant {b!r} asks for itself")
    return Request(
        a=a,
        b=b,
        interest_a=node.key("interest_a").integer(most=MOST_INTEREST),
        interest_b=node.key("interest_b").integer(most=MOST_INTEREST),
    )


def _pairs_only_once(node: Node, requests: tuple[Request, ...]) -> None:
    seen: set[tuple[str, ...]] = set()
    for row, request in zip(node.items(), requests, strict=True):
        pair = tuple(sorted((request.a, request.b)))
        if pair in seen:
            raise row.refuse(f"{request.a!r} and {request.b!r} occur twice")
        seen.add(pair)
