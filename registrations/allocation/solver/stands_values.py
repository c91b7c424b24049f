"""The best positions, package by package, when nobody minds the neighbours: a flow. Pure.

Everybody placed goes to a stand and "nobody" to the rest, at the least cost. By complementary slackness the best
arrangements are exactly those that only use arcs without reduced cost, under any optimal potentials; so after each
package the arcs with a reduced cost are taken away, and whatever remains is best for all packages so far.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from registrations.allocation.solver.stands_floor import Floor


@dataclass(frozen=True, slots=True)
class BestPositions:
    """``values`` per package; every arrangement within ``floor`` reaches them, and no other does; ``at`` is one."""

    values: tuple[int, ...]
    floor: Floor
    at: list[int]


def best_positions(floor: Floor, at: list[int]) -> BestPositions:
    """Narrows the floor to the arrangements with the best position value package by package."""
    arcs = np.array(
        [(who, stand) for who in range(floor.people + 1) for stand in sorted(floor.may[who])], dtype=np.int64
    ).reshape(-1, 2)
    values = []
    for package in range(floor.packages):
        mine = np.array([*(found == package for found in floor.package), False])
        cost = -np.where(mine[arcs[:, 0]], np.array(floor.value, dtype=np.int64)[arcs[:, 1]], 0)
        if not cost.any():
            values.append(0)
            continue
        used = _cheapest(floor, arcs, cost)
        values.append(int(-cost[used].sum()))
        at = [int(stand) for who, stand in arcs[used] if who < floor.people]
        arcs = arcs[_reduced(floor, arcs, cost, used) == 0]
    may: list[set[int]] = [set() for _ in range(floor.people + 1)]
    for who, stand in arcs:
        may[int(who)].add(int(stand))
    return BestPositions(tuple(values), floor.within([frozenset(row) for row in may]), at)


def _cheapest(floor: Floor, arcs: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Which arcs the cheapest flow uses."""
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        arcs[:, 0], arcs[:, 1] + floor.people + 1, np.ones(len(arcs), dtype=np.int64), cost
    )
    supplies = [1] * floor.people + [floor.stands - floor.people] + [-1] * floor.stands
    flow.set_nodes_supplies(np.arange(len(supplies)), np.array(supplies))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow has no solution: {status}")
    return flow.flows(np.arange(len(arcs))) > 0


def _reduced(floor: Floor, arcs: np.ndarray, cost: np.ndarray, used: np.ndarray) -> np.ndarray:
    """The arcs' reduced costs under potentials that suit the flow (Bellman and Ford, all arcs at a time).

    No arc can carry more than one whatever its capacity, so those in use have no reduced cost, and no other has less.
    """
    tail, head = arcs[:, 0], arcs[:, 1] + floor.people + 1
    potential = np.zeros(floor.people + 1 + floor.stands, dtype=np.int64)
    while True:
        before = potential.copy()
        np.minimum.at(potential, head, before[tail] + cost)
        np.minimum.at(potential, tail[used], (before[head] - cost)[used])
        if (potential == before).all():
            return cost + potential[tail] - potential[head]
