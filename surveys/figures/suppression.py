"""Which cells of an event's tables may be shown, so that none and no sum or difference tells of a few. Pure.

Answers to a question lie on *atoms*: the finest groups, such as grade 8 of one school that came with the first wave.
Each dimension (municipality, school, …) divides them into the categories of a table. Whoever has all the tables may
add and subtract their cells; what can be worked out that way are the vectors that the cells' rows span over the atoms.
So a group is told exactly when its row lies in that span (Duncan & Fienberg 1999 call it a disclosure by
linear combination), and cells are withheld until no group of 1 to ``below`` − 1 answers is.

Whoever looks is taken to know which atoms are empty: a school lies in one municipality, and no more. An empty cell is
withheld as a small one is, for "nobody" would tell of each of a few that they did not answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from surveys.figures.spans import Leak, Span, find_leaks

Atom = tuple[str, ...]
Cell = tuple[int, str]
# The cell of all answers, shown on top of each table.
TOTAL: Cell = (-1, "")


@dataclass(frozen=True, slots=True)
class Plan:
    """The cells that are shown, as (number of the dimension, category). Without the total, nothing is."""

    shown: frozenset[Cell]

    @property
    def total(self) -> bool:
        return TOTAL in self.shown

    def shows(self, dimension: int, category: str) -> bool:
        return (dimension, category) in self.shown

    def is_whole(self, dimension: int, categories: Sequence[str]) -> bool:
        """Whether all of ``categories`` are shown."""
        return all(self.shows(dimension, category) for category in categories)


def plan_tables(atoms: Mapping[Atom, int], *, below: int) -> Plan:
    """Which cells to show of ``atoms``: how many answered, by one category for each dimension.

    First those with fewer than ``below`` answers are withheld, then in each table the smallest beside them until what
    is withheld is at least ``below`` together, then whatever still lets a small group be worked out across tables. The
    same atoms give the same plan, in whatever order they come.

    Groups of up to four atoms are all looked at, which are all small ones there are while ``below`` is 5 or less; of
    larger ones those that are cut out by two cells.
    """
    if sum(atoms.values()) < max(below, 1):
        return Plan(frozenset())
    tables = _Tables.of(atoms)
    withheld = {cell for cell, n in tables.answers.items() if n < below}
    for dimension in range(tables.dimensions):
        withheld |= _complement(tables, dimension, withheld, below)
    while True:
        shown = [cell for cell in tables.cells if cell not in withheld]
        span = Span(tables.matrix[[tables.place[cell] for cell in shown]], tables.sizes)
        leaks = find_leaks(span, tables.matrix, below)
        if not leaks:
            return Plan(frozenset(shown))
        withheld |= {shown[row] for row in _stopping(span, leaks, kept=1)}  # the total comes first


def plan_beside(
    atoms: Mapping[Atom, int], plan: Plan, groups: Sequence[frozenset[Atom]], *, below: int
) -> frozenset[int]:
    """Which of ``groups`` (their places) may be told beside the tables that ``plan`` shows of ``atoms``.

    For groups that lie across the tables, such as one class, or all who met a company. The tables stay as they are;
    of the groups those that come first are withheld last. What one reader gets is planned with what all others do:
    they may put it together.
    """
    if not plan.total:
        return frozenset()
    tables = _Tables.of(atoms)
    told = tables.matrix[[tables.place[cell] for cell in tables.cells if cell in plan.shown]]
    rows = np.array([[atom in group for atom in tables.atoms] for group in groups], dtype=float)
    rows = rows.reshape(len(groups), len(tables.atoms))
    left = [place for place, n in enumerate(rows @ tables.sizes) if n >= below]
    while left:
        span = Span(np.vstack([told, rows[left]]), tables.sizes)
        stopped = _stopping(span, find_leaks(span, np.vstack([tables.matrix, rows]), below), kept=len(told))
        if not stopped:
            break
        left = [place for number, place in enumerate(left) if number + len(told) not in stopped]
    return frozenset(left)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The atoms that have answers as columns, the cells as rows: the total first, then from the largest on."""

    dimensions: int
    atoms: list[Atom]
    cells: list[Cell]
    place: dict[Cell, int]
    answers: dict[Cell, int]
    matrix: np.ndarray
    sizes: np.ndarray

    @classmethod
    def of(cls, atoms: Mapping[Atom, int]) -> "_Tables":
        answers: dict[Cell, int] = {TOTAL: sum(atoms.values())}
        for atom, n in atoms.items():
            for cell in enumerate(atom):
                answers[cell] = answers.get(cell, 0) + n
        cells = sorted(answers, key=lambda cell: (cell != TOTAL, -answers[cell], cell))
        place = {cell: number for number, cell in enumerate(cells)}
        full = sorted(atom for atom, n in atoms.items() if n)
        matrix = np.zeros((len(cells), len(full)))
        matrix[0] = 1
        for column, atom in enumerate(full):
            matrix[[place[cell] for cell in enumerate(atom)], column] = 1
        sizes = np.array([atoms[atom] for atom in full])
        return cls(max(map(len, atoms)), full, cells, place, answers, matrix, sizes)


def _complement(tables: _Tables, dimension: int, withheld: set[Cell], below: int) -> set[Cell]:
    """The smallest cells of one table that make what is withheld there ``below`` answers together."""
    hidden = sum(tables.answers[cell] for cell in withheld if cell[0] == dimension)
    # In the order of the cells the smallest come last; what was shown is not empty, or ``below`` asks nothing.
    left = [cell for cell in tables.cells if cell[0] == dimension and cell not in withheld]
    taken: set[Cell] = set()
    while 0 < hidden < below and left:
        cell = left.pop()
        hidden += tables.answers[cell]
        taken.add(cell)
    return taken


def _stopping(span: Span, leaks: Sequence[Leak], *, kept: int) -> set[int]:
    """A row for each leak without which it cannot be worked out so: the smallest that nothing else replaces.

    Where each can be replaced, the smallest; its substitute's turn comes in the next round. The first ``kept`` stay.
    """
    stopped: set[int] = set()
    for parts in span.parts_of(leaks) if leaks else []:
        taking = [row for row in parts if row >= kept]
        if not taking or not stopped.isdisjoint(taking):
            continue
        needed = [row for row in taking if row not in span.replaceable]
        stopped.add(max(needed or taking))
    return stopped
