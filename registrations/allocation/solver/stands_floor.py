"""The floor in numbers: who was placed, which stands each may have, and what two neighbours are to each other. Pure.

Exhibitors are numbered by priority, stands as they come. Number ``people`` is nobody: it stands wherever a stand is
empty, so that every move is an exchange.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registrations.allocation.solver.stands_places import Places
from registrations.allocation.solver.stands_read import StandsInstance

Matrix = list[list[int]]


@dataclass(frozen=True, slots=True)
class Worth:
    """What an arrangement is worth, from the second level on: larger is better in every part, the first first."""

    peace: int
    values: tuple[int, ...]
    wishes: int
    same: int

    @property
    def key(self) -> tuple[int, tuple[int, ...], int, int]:
        return (self.peace, self.values, self.wishes, self.same)

    @property
    def conflicts(self) -> int:
        return -self.peace


@dataclass(frozen=True, slots=True)
class Floor:
    """``may[i]`` are the stands that exhibitor i may have, ``may[people]`` those that may be empty.

    ``competes`` and ``same`` have 1 for a pair, ``wishes`` 1 or 2; nobody has none of these. ``package[i]`` is an
    index from the finest package on, ``packages`` how many there are.
    """

    people: int
    stands: int
    may: tuple[frozenset[int], ...]
    beside: tuple[tuple[int, ...], ...]
    edges: tuple[tuple[int, int], ...]
    value: tuple[int, ...]
    package: tuple[int, ...]
    packages: int
    competes: Matrix
    wishes: Matrix
    same: Matrix

    def within(self, may: Sequence[frozenset[int]]) -> "Floor":
        """The same floor with fewer choices."""
        return replace(self, may=tuple(may))

    def holders(self, at: Sequence[int]) -> list[int]:
        """Who stands at each stand, when exhibitor i stands at ``at[i]``."""
        who = [self.people] * self.stands
        for exhibitor, stand in enumerate(at):
            who[stand] = exhibitor
        return who

    def worth(self, at: Sequence[int]) -> Worth:
        who = self.holders(at)
        pairs = [(who[a], who[b]) for a, b in self.edges]
        values = [0] * self.packages
        for exhibitor, stand in enumerate(at):
            values[self.package[exhibitor]] += self.value[stand]
        return Worth(
            peace=-sum(self.competes[i][j] for i, j in pairs),
            values=tuple(values),
            wishes=sum(self.wishes[i][j] for i, j in pairs),
            same=sum(self.same[i][j] for i, j in pairs),
        )

    def most(self) -> Worth:
        """A bound on wishes and on pairs from one municipality that needs no search."""
        ends = sorted((len(row) for row in self.beside), reverse=True)
        pairs = [(i, j) for i in range(self.people) for j in range(i) if self.wishes[i][j]]
        sizes: dict[int, int] = {}
        for i in range(self.people):
            first = min([j for j in range(self.people) if self.same[i][j]] + [i])
            sizes[first] = sizes.get(first, 0) + 1
        together = sum(min(size * (size - 1) // 2, sum(ends[:size]) // 2) for size in sizes.values())
        return Worth(0, (), sum(self.wishes[i][j] for i, j in pairs), min(together, len(self.edges)))


def lay_floor(instance: StandsInstance, places: Places) -> tuple[Floor, list[int]]:
    """The floor for those who were placed, and a first arrangement."""
    rows = places.placed
    people = len(rows)
    index = {row.id: number for number, row in enumerate(rows)}
    number = {row.id: k for k, row in enumerate(instance.stands)}
    edges = tuple(sorted((number[a], number[b]) for a, b in instance.adjacent))
    beside: list[list[int]] = [[] for _ in instance.stands]
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    competes, wishes, same = ([[0] * (people + 1) for _ in range(people + 1)] for _ in range(3))
    for i, row in enumerate(rows):
        for other in row.not_near:
            if other in index:
                competes[i][index[other]] = competes[index[other]][i] = 1
        for other in row.near:
            if other in index:
                wishes[i][index[other]] += 1
                wishes[index[other]][i] += 1
        for j in range(i):
            if rows[j].municipality == row.municipality:
                same[i][j] = same[j][i] = 1
    by_hand = {number[places.at[row.id]] for row in rows if len(places.fits[row.id]) == 1}
    free = frozenset(range(len(instance.stands)))
    floor = Floor(
        people=people,
        stands=len(instance.stands),
        may=(*(frozenset(number[stand] for stand in places.fits[row.id]) for row in rows), free - by_hand),
        beside=tuple(tuple(row) for row in beside),
        edges=edges,
        value=tuple(row.value for row in instance.stands),
        package=tuple(instance.packages.index(row.package) for row in rows),
        packages=len(instance.packages),
        competes=competes,
        wishes=wishes,
        same=same,
    )
    return floor, [number[places.at[row.id]] for row in rows]
