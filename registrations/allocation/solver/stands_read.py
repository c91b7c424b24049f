"""Reads who wants a stand, and which stands there are. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from registrations.allocation.solver.reading import Node, only_once, text_in, whole

FORMAT = "alloc.stands/1"


@dataclass(frozen=True, slots=True)
class Stand:
    """``size`` in square metres, ``value`` of its position (higher is better), ``row`` and ``col`` on the plan."""

    id: str
    size: int
    power_w: int
    value: int
    row: int = 0
    col: int = 0


@dataclass(frozen=True, slots=True)
class Exhibitor:
    """``package`` 1 is the finest; ``near`` and ``not_near`` are ids of exhibitors.

    ``refused`` are ids of stands that it will not have, and may be left out: Torget's own addition to the format.
    """

    id: str
    municipality: str
    field: str
    package: int
    registered_at: str
    min_size: int
    power_w: int
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def priority(self) -> tuple[int, str, str]:
        """Who comes first: the finer package, then the earlier registration."""
        return (self.package, self.registered_at, self.id)

    def fits(self, stand: Stand) -> bool:
        return self.is_served_by(stand) and stand.id not in self.refused

    def is_served_by(self, stand: Stand) -> bool:
        """Whether the stand is large enough and has the power, whatever the exhibitor has said of it."""
        return stand.size >= self.min_size and stand.power_w >= self.power_w


@dataclass(frozen=True)
class StandsInstance:
    """Everything a solver needs to know. Ids are unique and references known; ``adjacent`` are pairs of stands."""

    stands: tuple[Stand, ...]
    exhibitors: tuple[Exhibitor, ...]
    adjacent: tuple[tuple[str, str], ...] = ()
    name: str = ""

    @cached_property
    def stand(self) -> dict[str, Stand]:
        return {row.id: row for row in self.stands}

    @cached_property
    def exhibitor(self) -> dict[str, Exhibitor]:
        return {row.id: row for row in self.exhibitors}

    @cached_property
    def by_priority(self) -> tuple[Exhibitor, ...]:
        return tuple(sorted(self.exhibitors, key=lambda row: row.priority))

    @cached_property
    def packages(self) -> tuple[int, ...]:
        return tuple(sorted({row.package for row in self.exhibitors}))

    @classmethod
    def from_json(cls, data: Any) -> "StandsInstance":
        """Reads the exchange format; raises Malformed with the path of the bad value."""
        return read_stands(whole(data, FORMAT))

    def as_json(self) -> dict[str, Any]:
        """The exchange format, which ``from_json`` reads back to the same."""
        return {
            "format": FORMAT,
            "name": self.name,
            "stands": [
                {
                    "id": row.id,
                    "size": row.size,
                    "power_w": row.power_w,
                    "value": row.value,
                    "row": row.row,
                    "col": row.col,
                }
                for row in self.stands
            ],
            "adjacent": [list(pair) for pair in self.adjacent],
            "exhibitors": [
                {
                    "id": row.id,
                    "municipality": row.municipality,
                    "field": row.field,
                    "package": row.package,
                    "registered_at": row.registered_at,
                    "min_size": row.min_size,
                    "power_w": row.power_w,
                    "near": list(row.near),
                    "not_near": list(row.not_near),
                    **({"refused": list(row.refused)} if row.refused else {}),
                }
                for row in self.exhibitors
            ],
        }


def read_stands(root: Node) -> StandsInstance:
    """The instance under ``root``."""
    stands = root.key("stands").each(_stand)
    only_once(root.key("stands"), tuple(row.id for row in stands), "stand")
    known = {row.id for row in stands}
    pairs = root.key("adjacent").each(lambda node: _pair(node, known))
    rows = root.key("exhibitors")
    ids = rows.each(lambda node: node.key("id").name())
    only_once(rows, ids, "exhibitor")
    return StandsInstance(
        stands=stands,
        exhibitors=rows.each(lambda node: _exhibitor(node, set(ids), known)),
        adjacent=tuple(dict.fromkeys(pairs)),
        name=text_in(root, "name"),
    )


def read_fixed(instance: StandsInstance, fixed: Mapping[str, str]) -> dict[str, str]:
    """The stands that are given by hand; raises Malformed for an unknown id, a stand given twice or one too small."""
    taken: set[str] = set()
    for exhibitor, stand in fixed.items():
        node = Node(stand, f"fixed.{exhibitor}")
        if exhibitor not in instance.exhibitor:
            raise node.refuse(f"unknown exhibitor {exhibitor!r}")
        node.one_of(instance.stand, "stand")
        if stand in taken:
            raise node.refuse(f"stand {stand!r} is given twice")
        if not instance.exhibitor[exhibitor].fits(instance.stand[stand]):
            raise node.refuse(f"stand {stand!r} is too small, has too little power or is refused")
        taken.add(stand)
    return dict(fixed)


def _stand(node: Node) -> Stand:
    return Stand(
        id=node.key("id").name(),
        size=node.key("size").integer(),
        power_w=node.key("power_w").integer(),
        value=node.key("value").integer(),
        row=_place(node, "row"),
        col=_place(node, "col"),
    )


def _place(node: Node, name: str) -> int:
    found = node.maybe(name)
    return found.integer() if found else 0


def _pair(node: Node, stands: set[str]) -> tuple[str, str]:
    pair = list(node.items())
    if len(pair) != 2:
        raise node.refuse("must be two stands")
    first, second = sorted(end.one_of(stands, "stand") for end in pair)
    if first == second:
        raise node.refuse(f"stand {first!r} lies beside itself")
    return first, second


def _exhibitor(node: Node, known: set[str], stands: set[str]) -> Exhibitor:
    id_ = node.key("id").name()
    refused = node.maybe("refused")
    return Exhibitor(
        id=id_,
        municipality=text_in(node, "municipality"),
        field=text_in(node, "field"),
        package=node.key("package").integer(),
        registered_at=node.key("registered_at").moment(),
        min_size=node.key("min_size").integer(),
        power_w=node.key("power_w").integer(),
        near=_others(node.key("near"), id_, known),
        not_near=_others(node.key("not_near"), id_, known),
        refused=tuple(dict.fromkeys(refused.each(lambda row: row.one_of(stands, "stand")))) if refused else (),
    )


def _others(node: Node, own: str, known: Iterable[str]) -> tuple[str, ...]:
    """Ids of other exhibitors, each once."""
    found: dict[str, None] = {}
    for row in node.items():
        if row.one_of(known, "exhibitor") == own:
            raise row.refuse(f"exhibitor {own!r} names itself")
        found[row.text()] = None
    return tuple(found)
