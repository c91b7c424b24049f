"""Improves an arrangement by exchanging stands: simulated annealing (Kirkpatrick 1983). Pure.

Two exhibitors change stands, one moves to an empty stand, or three change in a ring. What counts as better is exact:
the best arrangement is kept by its worth, level by level. The weights only steer the walk.
"""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from registrations.allocation.solver.pulse import Pulse
from registrations.allocation.solver.stands_floor import Floor, Matrix

LOOK = 2000
FRIENDLY = 0.7
RINGS = 0.05
MATTERS = 0.5
"""Who has no neighbour that weighs so much makes room for others but seeks no stand."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a conflict costs, a wish and a pair from one municipality give; ``values`` per package, none: all equal."""

    conflict: float = 10.0
    wish: float = 0.0
    same: float = 0.0
    values: tuple[float, ...] = ()


@dataclass(slots=True)
class Walk:
    """``tries`` exchanges from ``start`` down to ``end`` degrees; ends early when the key reaches ``enough``."""

    tries: int
    start: float
    end: float
    weights: Weights
    seed: int
    enough: int | None = None


@dataclass(slots=True)
class Keys:
    """Packs a worth into one number, so that comparing numbers compares level by level."""

    floor: Floor
    base: int = field(init=False)
    top: int = field(init=False)
    units: list[int] = field(init=False)
    pair: Matrix = field(init=False)

    def __post_init__(self) -> None:
        floor = self.floor
        self.base = 2 * len(floor.edges) + 1
        highest = max(floor.value, default=0) * floor.people + 1
        scale = self.base**2
        self.units = [0] * floor.packages
        for package in reversed(range(floor.packages)):
            self.units[package] = scale
            scale *= highest
        self.top = scale
        everybody = range(floor.people + 1)
        self.pair = [
            [-self.top * floor.competes[i][j] + self.base * floor.wishes[i][j] + floor.same[i][j] for j in everybody]
            for i in everybody
        ]

    def of(self, at: list[int]) -> int:
        worth = self.floor.worth(at)
        values = sum(unit * value for unit, value in zip(self.units, worth.values, strict=True))
        return worth.peace * self.top + values + worth.wishes * self.base + worth.same

    def unary(self) -> Matrix:
        """What exhibitor i at stand s adds to the key."""
        floor = self.floor
        rows = [[self.units[floor.package[i]] * value for value in floor.value] for i in range(floor.people)]
        return [*rows, [0] * floor.stands]


def anneal(floor: Floor, at: list[int], walk: Walk, pulse: Pulse) -> list[int]:
    """The best arrangement met on the walk, never worse than ``at``."""
    return _Annealer(floor, at, walk).run(pulse)


class _Annealer:
    """The walk's state. ``pull`` is what a pair of neighbours weighs, ``draw`` what a person at a stand does."""

    def __init__(self, floor: Floor, at: list[int], walk: Walk) -> None:
        self.floor, self.walk = floor, walk
        self.keys = Keys(floor)
        self.at, self.who = list(at), floor.holders(at)
        self.key = self.best = self.keys.of(self.at)
        self.best_at = list(at)
        self.pull = _pulls(floor, walk.weights)
        self.draw: list[list[float]] | None = None
        if walk.weights.values:
            each = [[walk.weights.values[package] * value for value in floor.value] for package in floor.package]
            self.draw = [*each, [0.0] * floor.stands]
            self.gain = self.keys.unary()
        self.around = [tuple(edge for edge in floor.edges if stand in edge) for stand in range(floor.stands)]
        self.choices = [sorted(row) for row in floor.may]
        self.friends = [[j for j in range(floor.people) if self.pull[i][j] >= MATTERS] for i in range(floor.people)]
        self.movers = [
            i for i in range(floor.people) if len(self.choices[i]) > 1 and (self.draw is not None or self._matters(i))
        ]

    def _matters(self, i: int) -> bool:
        return any(abs(pull) >= MATTERS for pull in self.pull[i])

    def run(self, pulse: Pulse) -> list[int]:
        walk, movers = self.walk, self.movers
        if not movers or walk.tries <= 0:
            return self.best_at
        at, who, may, beside = self.at, self.who, self.floor.may, self.floor.beside
        choices, friends, pull, draw = self.choices, self.friends, self.pull, self.draw
        chance, many, exp = random.Random(walk.seed).random, len(movers), math.exp  # noqa: S311
        degrees, cooling = walk.start, (walk.end / walk.start) ** (LOOK / walk.tries)
        for number in range(walk.tries):
            if number % LOOK == 0:
                degrees *= cooling
                if pulse.over() or (walk.enough is not None and self.best >= walk.enough):
                    break
            i = movers[int(chance() * many)]
            a = at[i]
            liked = friends[i]
            if liked and chance() < FRIENDLY:
                near = beside[at[liked[int(chance() * len(liked))]]]
                b = near[int(chance() * len(near))] if near else a
                if b not in may[i]:
                    continue
            else:
                b = choices[i][int(chance() * len(choices[i]))]
            if a == b:
                continue
            j = who[b]
            if a not in may[j]:
                if chance() < RINGS:
                    self._ring(i, j, chance, degrees)
                continue
            mine, theirs = pull[i], pull[j]
            gained = 0.0
            for stand in beside[a]:
                k = who[stand]
                if k != j:
                    gained += theirs[k] - mine[k]
            for stand in beside[b]:
                k = who[stand]
                if k != i:
                    gained += mine[k] - theirs[k]
            if draw is not None:
                gained += draw[i][b] - draw[i][a] + draw[j][a] - draw[j][b]
            if gained >= 0 or chance() < exp(gained / degrees):
                self._exchange(i, a, j, b)
        return self.best_at

    def _exchange(self, i: int, a: int, j: int, b: int) -> None:
        """Person i goes from stand a to b, person j (or nobody) from b to a."""
        who, pair, beside = self.who, self.keys.pair, self.floor.beside
        mine, theirs, key = pair[i], pair[j], self.key
        for stand in beside[a]:
            k = who[stand]
            if k != j:
                key += theirs[k] - mine[k]
        for stand in beside[b]:
            k = who[stand]
            if k != i:
                key += mine[k] - theirs[k]
        if self.draw is not None:
            gain = self.gain
            key += gain[i][b] - gain[i][a] + gain[j][a] - gain[j][b]
        who[a], who[b] = j, i
        self.at[i] = b
        if j < self.floor.people:
            self.at[j] = a
        self._keep(key)

    def _ring(self, i: int, j: int, chance: Callable[[], float], degrees: float) -> None:
        """Tries i to j's stand, j to a third one, and who stands there to i's."""
        who, nobody = self.who, self.floor.people
        if j == nobody:
            return
        a, b = self.at[i], self.at[j]
        c = self.choices[j][int(chance() * len(self.choices[j]))]
        k = who[c]
        if c in (a, b) or a not in self.floor.may[k]:
            return
        edges = {*self.around[a], *self.around[b], *self.around[c]}
        pull, pair, draw = self.pull, self.keys.pair, self.draw
        gained = -sum(pull[who[s]][who[t]] for s, t in edges)
        key = self.key - sum(pair[who[s]][who[t]] for s, t in edges)
        who[a], who[b], who[c] = k, i, j
        gained += sum(pull[who[s]][who[t]] for s, t in edges)
        if draw is not None:
            gained += draw[i][b] + draw[j][c] + draw[k][a] - draw[i][a] - draw[j][b] - draw[k][c]
        if gained < 0 and chance() >= math.exp(gained / degrees):
            who[a], who[b], who[c] = i, j, k
            return
        key += sum(pair[who[s]][who[t]] for s, t in edges)
        if draw is not None:
            gain = self.gain
            key += gain[i][b] + gain[j][c] + gain[k][a] - gain[i][a] - gain[j][b] - gain[k][c]
        self.at[i], self.at[j] = b, c
        if k < nobody:
            self.at[k] = a
        self._keep(key)

    def _keep(self, key: int) -> None:
        self.key = key
        if key > self.best:
            self.best = key
            self.best_at = list(self.at)


def _pulls(floor: Floor, weights: Weights) -> list[list[float]]:
    everybody = range(floor.people + 1)
    return [
        [
            weights.wish * floor.wishes[i][j]
            + weights.same * floor.same[i][j]
            - weights.conflict * floor.competes[i][j]
            for j in everybody
        ]
        for i in everybody
    ]
