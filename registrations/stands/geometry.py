"""Boxes on a floor: how large, beside which, how good. Pure.

Lengths are whole centimetres; x goes to the right, y downwards. Only upright boxes: a stand is never drawn askew.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import TypeVar

BESIDE_CM = 50
"""A gap that is no aisle: two stands across it have each other as neighbours."""

NEARNESS, CORNER = 70, 30
"""What a position's worth (0–100) is made of: how near the entrance, and whether it is a corner."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on the floor."""

    x: int
    y: int
    width: int
    depth: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.depth

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.depth / 2

    def overlaps(self, other: "Box") -> bool:
        """Whether they share floor; touching is not sharing."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def is_inside(self, width: int, depth: int) -> bool:
        """Whether it stands wholly in a hall of that size."""
        return self.x >= 0 and self.y >= 0 and self.right <= width and self.bottom <= depth


def square_metres(box: Box) -> float:
    """The floor of ``box`` in m²: 300 cm by 250 cm is 7.5."""
    return box.width * box.depth / 10_000


def whole_square_metres(box: Box) -> int:
    """The same, rounded down: what a company is promised is never more than what is there."""
    return box.width * box.depth // 10_000


def side_of(one: Box, other: Box) -> str:
    """On which side of ``one`` its neighbour ``other`` stands: ``left right above below``; "" when it is none.

    Neighbours share an edge: no more than BESIDE_CM between them, along at least half of the shorter edge.
    """
    across = min(one.right, other.right) - max(one.x, other.x)
    along = min(one.bottom, other.bottom) - max(one.y, other.y)
    if 2 * along >= min(one.depth, other.depth):
        if 0 <= other.x - one.right <= BESIDE_CM:
            return "right"
        if 0 <= one.x - other.right <= BESIDE_CM:
            return "left"
    if 2 * across >= min(one.width, other.width):
        if 0 <= other.y - one.bottom <= BESIDE_CM:
            return "below"
        if 0 <= one.y - other.bottom <= BESIDE_CM:
            return "above"
    return ""


def sides_taken(boxes: Mapping[Key, Box]) -> dict[Key, dict[Key, str]]:
    """Each box's neighbours and on which side they stand, for boxes of one hall."""
    found: dict[Key, dict[Key, str]] = {key: {} for key in boxes}
    by_left = sorted(boxes, key=lambda key: boxes[key].x)
    for place, key in enumerate(by_left):
        for other in by_left[place + 1 :]:
            if boxes[other].x > boxes[key].right + BESIDE_CM:
                break
            if side := side_of(boxes[key], boxes[other]):
                found[key][other] = side
                found[other][key] = OPPOSITE[side]
    return found


OPPOSITE = {"left": "right", "right": "left", "above": "below", "below": "above"}


def adjacent_pairs(boxes: Mapping[Key, Box]) -> list[tuple[Key, Key]]:
    """Every pair of neighbours once, in the order of ``boxes``."""
    place = {key: number for number, key in enumerate(boxes)}
    beside = sides_taken(boxes)
    return [
        (one, other)
        for one in boxes
        for other in sorted(beside[one], key=place.__getitem__)
        if place[one] < place[other]
    ]


def is_corner(taken: Iterable[str]) -> bool:
    """Whether a stand with neighbours on the sides ``taken`` is open on two sides that meet."""
    sides = set(taken)
    return not {"left", "right"} <= sides and not {"above", "below"} <= sides


def values_of(boxes: Mapping[Key, Box], entrance: tuple[int, int], width: int, depth: int) -> dict[Key, int]:
    """Each position's worth, 0–100: up to NEARNESS for being near the entrance, CORNER for a corner.

    The farthest corner of the hall counts as no nearness at all.
    """
    x, y = entrance
    farthest = max(hypot(x - a, y - b) for a in (0, width) for b in (0, depth)) or 1
    beside = sides_taken(boxes)
    found = {}
    for key, box in boxes.items():
        across, along = box.middle
        nearness = 1 - hypot(x - across, y - along) / farthest
        found[key] = round(NEARNESS * max(0.0, nearness)) + CORNER * is_corner(beside[key].values())
    return found


def nearest(target: Box, boxes: Mapping[Key, Box], most: int) -> list[Key]:
    """The ``most`` boxes whose middles are nearest to the target's, neighbours first; equal ones as they come."""
    x, y = target.middle

    def far(key: Key) -> tuple[bool, float]:
        across, along = boxes[key].middle
        return not side_of(target, boxes[key]), hypot(across - x, along - y)

    return sorted(boxes, key=far)[:most]
