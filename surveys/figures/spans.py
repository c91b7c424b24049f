"""What can be worked out from sums over groups: linear algebra for suppression.py. Pure.

A group of atoms can be worked out exactly when its row is orthogonal to everything that is orthogonal to the known
rows. So a few random vectors of that kind stand for all of them: over a group that can be worked out they sum to
nought, over another one they do so by chance only, in fewer than one of 10¹⁵ groups (Schwartz 1980). An error of that
kind withholds a cell too many; it never shows one.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

Leak = np.ndarray  # a group that can be worked out, as a row of noughts and ones over the atoms

WITNESSES = 3
# Lengths and sums below these are nought; what they are worked out with is right to some twelve figures.
NOUGHT = 1e-7
NEAR = 1e-9
# As many leaks as are looked at in a round: what stops one mostly stops many.
AT_ONCE = 200


class Span:
    """The span of ``rows`` (noughts and ones over the atoms), which have ``sizes`` answers. Rows come largest first."""

    def __init__(self, rows: np.ndarray, sizes: np.ndarray):
        self.rows = rows
        self.sizes = sizes
        # Atoms that lie in the same rows cannot be told apart: whatever is worked out has all of them or none.
        self.columns, self.member = np.unique(rows, axis=1, return_inverse=True)
        self.member = self.member.reshape(-1)
        self.basis, self.spare, self._directions = self._independent()

    def _independent(self) -> tuple[list[int], list[int], np.ndarray]:
        """The rows that do not follow from larger ones, those that do, and orthonormal directions of the span."""
        weights = np.sqrt(np.bincount(self.member))
        directions = np.zeros((min(self.columns.shape) + 1, self.columns.shape[1]))
        basis: list[int] = []
        spare: list[int] = []
        for number, row in enumerate(self.columns * weights):
            rest = row
            for _twice in range(2):
                rest = rest - (directions[: len(basis)] @ rest) @ directions[: len(basis)]
            length = np.linalg.norm(rest)
            if length > NOUGHT * max(1.0, float(np.linalg.norm(row))):
                directions[len(basis)] = rest / length
                basis.append(number)
            else:
                spare.append(number)
        return basis, spare, directions[: len(basis)]

    @cached_property
    def witnesses(self) -> np.ndarray:
        """Random numbers for each atom that sum to nought over whatever can be worked out."""
        weights = np.sqrt(np.bincount(self.member))
        chance = np.random.default_rng(0).standard_normal((len(self.member), WITNESSES))
        sums = np.zeros((len(weights), WITNESSES))
        np.add.at(sums, self.member, chance)
        along = self._directions.T @ (self._directions @ (sums / weights[:, None]))
        return chance - (along / weights[:, None])[self.member]

    @cached_property
    def replaceable(self) -> frozenset[int]:
        """The rows that can be worked out from others."""
        if not self.spare:
            return frozenset()
        shares = self._shares(self.columns[self.spare])
        used = np.flatnonzero(np.any(np.abs(shares) > 1e-6, axis=1))
        return frozenset([*self.spare, *(self.basis[number] for number in used)])

    def parts_of(self, groups: Sequence[Leak]) -> list[list[int]]:
        """The rows that each of ``groups`` is worked out from."""
        first = np.unique(self.member, return_index=True)[1]
        shares = self._shares(np.array(groups)[:, first])
        return [[self.basis[row] for row in np.flatnonzero(np.abs(column) > 1e-6)] for column in shares.T]

    def _shares(self, wanted: np.ndarray) -> np.ndarray:
        """How much of each row of the basis (down) makes up each of ``wanted`` (across); all lie in the span."""
        weights = np.sqrt(np.bincount(self.member))
        steps = (self.columns[self.basis] * weights) @ self._directions.T
        return np.linalg.solve(steps.T, self._directions @ (wanted * weights).T)


def find_leaks(span: Span, cells: np.ndarray, below: int) -> list[Leak]:
    """Groups of 1 to ``below`` − 1 answers that can be worked out; none at all only if there is none to be found.

    Looks at each group that two of ``cells`` cut out, and at each of up to four kinds of atoms.
    """
    if below < 2 or not len(span.sizes):
        return []
    return (_cut_out(span, cells, below) or _few(span, below))[:AT_ONCE]


def _cut_out(span: Span, cells: np.ndarray, below: int) -> list[Leak]:
    """What two cells have in common, and what the first has without the second (a cell alone: with itself)."""
    both = (cells * span.sizes) @ cells.T
    without = np.diag(both)[:, None] - both
    common = [(cells * witness) @ cells.T for witness in span.witnesses.T]
    apart = [np.diag(one)[:, None] - one for one in common]
    leaks: list[Leak] = []
    for answers, sums, negated in ((both, common, False), (without, apart, True)):
        told = np.all([np.abs(one) < NEAR for one in sums], axis=0)
        small = told & (answers > 0.5) & (answers < below - 0.5)
        for one, other in np.argwhere(small):
            leaks.append(cells[one] * (1 - cells[other] if negated else cells[other]))
            if len(leaks) == AT_ONCE:
                return leaks
    return leaks


def _few(span: Span, below: int) -> list[Leak]:
    """Every group of one to four kinds of atoms."""
    kinds = span.columns.shape[1]
    answers = np.bincount(span.member, weights=span.sizes, minlength=kinds)
    sums = np.zeros((kinds, WITNESSES))
    np.add.at(sums, span.member, span.witnesses)
    small = np.flatnonzero(answers < below)
    ones, nothing = small[:, None], np.zeros((1, 0), dtype=int)
    pairs = _pairs(small, answers, below)
    groups = _sums_to_nought(ones, nothing, sums, answers, below)
    groups += _sums_to_nought(pairs, nothing, sums, answers, below)
    if not groups:
        groups = _sums_to_nought(pairs, ones, sums, answers, below)
    if not groups:
        groups = _sums_to_nought(pairs, pairs, sums, answers, below)
    return [np.isin(span.member, group).astype(float) for group in groups]


def _pairs(small: np.ndarray, answers: np.ndarray, below: int) -> np.ndarray:
    first, second = np.triu_indices(len(small), 1)
    pairs = np.stack([small[first], small[second]], axis=1)
    return pairs[answers[pairs].sum(axis=1) < below]


def _sums_to_nought(
    left: np.ndarray, right: np.ndarray, sums: np.ndarray, answers: np.ndarray, below: int
) -> list[tuple[int, ...]]:
    """The groups of one of ``left`` and one of ``right`` whose witnesses sum to nought, of fewer than ``below``."""
    of_left, of_right = sums[left].sum(axis=1), -sums[right].sum(axis=1)
    by_left, by_right = np.argsort(of_left[:, 0]), np.argsort(of_right[:, 0])
    keys = of_right[by_right, 0]
    starts = np.searchsorted(keys, of_left[by_left, 0] - NEAR)
    ends = np.searchsorted(keys, of_left[by_left, 0] + NEAR)
    groups: set[tuple[int, ...]] = set()
    for position in np.flatnonzero(ends > starts):
        number = by_left[position]
        for other in by_right[starts[position] : ends[position]]:
            if np.all(np.abs(of_left[number] - of_right[other]) < NEAR):
                group = {*left[number].tolist(), *right[other].tolist()}
                whole = len(group) == left.shape[1] + right.shape[1]
                if whole and answers[list(group)].sum() < below:
                    groups.add(tuple(sorted(group)))
            if len(groups) >= AT_ONCE:
                return sorted(groups)
    return sorted(groups)
