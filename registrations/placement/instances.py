"""From the floor and the exhibitors, as they were loaded, to what the solver reads: ``alloc.stands/1``. Pure.

Ids lead back to the rows: exhibitors ``e<pk>``, stands ``s<pk>``. Beside what the solver reads, a stand says its number
and whether it is a corner and near the entrance, and an exhibitor whether it wishes for that: the measures read it.
``given`` are the exhibitors who had their stand before; what is fixed beyond them was kept from an earlier proposal.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import hypot
from typing import Any

from registrations.allocation.solver.stands_read import FORMAT
from registrations.stands.geometry import Box, adjacent_pairs, is_corner, sides_taken, values_of, whole_square_metres

Json = dict[str, Any]

NEAR_SHARE = 4
"""The nearest one in so many of a hall's stands count as near the entrance."""

NO_PACKAGE = 10
"""The rank of an exhibitor without a package: after every package's."""


@dataclass(frozen=True, slots=True)
class HallRow:
    pk: int
    width: int
    depth: int
    entrance: tuple[int, int]


@dataclass(frozen=True, slots=True)
class StandRow:
    """``value``: as the organiser has set it, or ``None``. ``taken_by`` and ``held_by`` are exhibitors' keys."""

    pk: int
    hall: int
    number: str
    box: Box
    row: int = 0
    col: int = 0
    power_w: int = 0
    value: int | None = None
    is_blocked: bool = False
    taken_by: int | None = None
    held_by: int | None = None

    @property
    def size(self) -> int:
        return whole_square_metres(self.box)


@dataclass(frozen=True, slots=True)
class ExhibitorRow:
    """An accepted exhibitor and its needs. ``field`` is how competitors know each other, "" for none.

    ``refused`` are the stands that it has said no to.
    """

    pk: int
    municipality: str = ""
    field: str = ""
    rank: int = NO_PACKAGE
    applied_at: datetime | None = None
    min_size: int = 0
    power_w: int = 0
    corner: bool = False
    entrance: bool = False
    apart_from_field: bool = False
    near: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that a proposal is worked out from. ``offered``: exhibitors whose answer to an offer is awaited."""

    halls: tuple[HallRow, ...] = ()
    stands: tuple[StandRow, ...] = ()
    exhibitors: tuple[ExhibitorRow, ...] = ()
    offered: frozenset[int] = field(default_factory=frozenset)


def exhibitor_id(pk: int) -> str:
    return f"e{pk}"


def stand_id(pk: int) -> str:
    return f"s{pk}"


def pk_of(ident: str) -> int:
    """The primary key in ``e12`` or ``s3``."""
    return int(ident[1:])


def fixed_of(ground: Ground) -> dict[str, str]:
    """The stands that exhibitors have already, by exhibitor: nothing moves them."""
    wanting = {row.pk for row in ground.exhibitors}
    return {
        exhibitor_id(row.taken_by): stand_id(row.pk)
        for row in ground.stands
        if row.taken_by is not None and row.taken_by in wanting
    }


def build_instance(
    ground: Ground, name: str = "", keep: Mapping[str, str] | None = None
) -> tuple[Json, dict[str, str]]:
    """What is to be solved, and which stands are fixed in it.

    Stands that are blocked, held or taken by somebody who is no longer accepted are left out, and so are exhibitors
    whose answer to an offer is awaited. ``keep`` are further stands to fix, as far as they are free and fit. Somebody who
    was given a stand by hand that is smaller than its package says, or has less power, needs no more than that stand,
    and has not refused it, whatever it said before.
    """
    fixed = fixed_of(ground)
    wanting = [row for row in ground.exhibitors if row.pk not in ground.offered]
    fixed = {ident: stand for ident, stand in fixed.items() if pk_of(ident) not in ground.offered}
    held = set(fixed.values())
    stands = [row for row in ground.stands if stand_id(row.pk) in held or is_free(row)]
    positions = positions_of(ground)
    by_id = {stand_id(row.pk): row for row in stands}
    there_are = {row.pk for row in stands}
    exhibitors = [
        _exhibitor(row, wanting, there_are, by_id.get(fixed.get(exhibitor_id(row.pk), ""))) for row in wanting
    ]
    given = sorted(fixed, key=pk_of)
    fixed |= _kept(exhibitors, by_id, fixed, keep or {})
    return {
        "format": FORMAT,
        "name": name,
        "stands": [_stand(row, positions[row.pk]) for row in stands],
        "adjacent": [[stand_id(a), stand_id(b)] for a, b in _adjacent(ground, there_are)],
        "exhibitors": exhibitors,
        "given": given,
    }, fixed


def is_free(row: StandRow) -> bool:
    """Whether somebody could be given it: not blocked, nobody's and held by nobody."""
    return not row.is_blocked and row.taken_by is None and row.held_by is None


@dataclass(frozen=True, slots=True)
class Position:
    """What is good about where a stand stands; ``value`` as the organiser set it, else as it follows from the drawing."""

    value: int
    is_corner: bool
    is_near: bool


def positions_of(ground: Ground) -> dict[int, Position]:
    """Every stand's position, by key: neighbours and distances are those of the whole hall, whoever stands there."""
    found: dict[int, Position] = {}
    for hall, rows in _by_hall(ground):
        boxes = {row.pk: row.box for row in rows}
        drawn = values_of(boxes, hall.entrance, hall.width, hall.depth)
        beside = sides_taken(boxes)
        x, y = hall.entrance
        by_distance = sorted(boxes, key=lambda pk: (hypot(boxes[pk].middle[0] - x, boxes[pk].middle[1] - y), pk))
        near = set(by_distance[: max(1, len(by_distance) // NEAR_SHARE)])
        for row in rows:
            value = drawn[row.pk] if row.value is None else row.value
            found[row.pk] = Position(value, is_corner(beside[row.pk].values()), row.pk in near)
    return found


def _by_hall(ground: Ground) -> Iterable[tuple[HallRow, list[StandRow]]]:
    rows: defaultdict[int, list[StandRow]] = defaultdict(list)
    for row in ground.stands:
        rows[row.hall].append(row)
    return [(hall, rows[hall.pk]) for hall in ground.halls if rows[hall.pk]]


def _adjacent(ground: Ground, there: set[int]) -> list[tuple[int, int]]:
    pairs = [pair for _hall, rows in _by_hall(ground) for pair in adjacent_pairs({row.pk: row.box for row in rows})]
    return [pair for pair in pairs if there.issuperset(pair)]


def _stand(row: StandRow, position: Position) -> Json:
    return {
        "id": stand_id(row.pk),
        "number": row.number,
        "size": row.size,
        "power_w": row.power_w,
        "value": position.value,
        "row": row.row,
        "col": row.col,
        "corner": position.is_corner,
        "entrance": position.is_near,
    }


def _exhibitor(row: ExhibitorRow, everybody: list[ExhibitorRow], there_are: set[int], given: StandRow | None) -> Json:
    there = {other.pk for other in everybody}
    near = [pk for pk in row.near if pk in there]
    apart = [pk for pk in row.apart if pk in there]
    if row.apart_from_field and row.field:
        rivals = (other.pk for other in everybody if other.field == row.field and other.pk != row.pk)
        apart += [pk for pk in rivals if pk not in near and pk not in apart]
    return {
        "id": exhibitor_id(row.pk),
        "municipality": row.municipality or f"-{row.pk}",  # those from nowhere near have nothing in common
        "field": row.field,
        "package": row.rank,
        "registered_at": row.applied_at.isoformat() if row.applied_at else "9999-12-31T00:00:00+00:00",
        "min_size": row.min_size if given is None else min(row.min_size, given.size),
        "power_w": row.power_w if given is None else min(row.power_w, given.power_w),
        "near": [exhibitor_id(pk) for pk in near],
        "not_near": [exhibitor_id(pk) for pk in apart],
        "corner": row.corner,
        "entrance": row.entrance,
        "refused": [stand_id(pk) for pk in row.refused if pk in there_are and (given is None or pk != given.pk)],
    }


def _kept(
    exhibitors: list[Json], stands: Mapping[str, StandRow], fixed: Mapping[str, str], keep: Mapping[str, str]
) -> dict[str, str]:
    """Those of ``keep`` that are still possible beside what is ``fixed``."""
    taken, found = set(fixed.values()), {}
    for row in exhibitors:
        stand = stands.get(keep.get(row["id"], ""))
        if stand is None or row["id"] in fixed or stand_id(stand.pk) in taken | set(row["refused"]):
            continue
        if stand.size >= row["min_size"] and stand.power_w >= row["power_w"]:
            found[row["id"]] = stand_id(stand.pk)
            taken.add(stand_id(stand.pk))
    return found
