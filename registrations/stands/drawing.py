"""Stands from a rule: "4 rows of 12 stands of 3 × 3 m, aisle 3 m, back to back". Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from registrations.stands.geometry import Box
from registrations.stands.numbering import Rule, numbers_of


@dataclass(frozen=True, slots=True)
class Rows:
    """What is drawn: lengths in centimetres, ``x`` and ``y`` where the first stand's corner stands.

    ``back_to_back``: two rows without an aisle between them, then an aisle. ``by_the_wall``: the first row stands alone
    (with its back to a wall), so that the pairs begin with the second.
    """

    rows: int
    per_row: int
    width: int
    depth: int
    aisle: int
    x: int = 0
    y: int = 0
    back_to_back: bool = True
    by_the_wall: bool = False
    rule: Rule | str = Rule.ROWS
    power_w: int = 0

    def is_paired(self, row: int) -> bool:
        """Whether row ``row`` (from 0) has its back to the one before it."""
        return self.back_to_back and row > 0 and (row + self.by_the_wall) % 2 == 1

    def top_of(self, row: int) -> int:
        """Where row ``row`` (from 0) begins."""
        aisles = sum(not self.is_paired(one) for one in range(1, row + 1))
        return self.y + row * self.depth + aisles * self.aisle

    @property
    def needs(self) -> tuple[int, int]:
        """How wide and deep the hall must at least be."""
        return self.x + self.per_row * self.width, self.top_of(self.rows - 1) + self.depth


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stand to be: its number, its place in the drawing (from 1) and its box."""

    number: str
    row: int
    col: int
    box: Box


def draw(rows: Rows, *, taken: Collection[str] = (), first_row: int = 1) -> list[Drawn]:
    """The stands of ``rows``, row by row; numbers go on after ``taken``, rows are counted from ``first_row``."""
    numbers = numbers_of([rows.per_row] * rows.rows, rows.rule, taken=taken)
    return [
        Drawn(
            number=numbers[row][col],
            row=first_row + row,
            col=col + 1,
            box=Box(rows.x + col * rows.width, rows.top_of(row), rows.width, rows.depth),
        )
        for row in range(rows.rows)
        for col in range(rows.per_row)
    ]
