"""Finds each of the chosen groups a wave, by exchanging groups until no wave is too full. Pure."""

import random
from collections import defaultdict
from collections.abc import Iterable

from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible


def spread(
    possible: Possible, chosen: Iterable[str], locks: Locks, seed: int, rounds: int = 60_000
) -> dict[str, str] | None:
    """A wave for each group with nobody over capacity and buses together, or ``None`` when none was found.

    Takes an overfull wave, and moves a busload out of it or exchanges it for a smaller one, whenever that lessens what
    is over in all; now and then also when it does not change it.
    """
    instance, rnd = possible.instance, random.Random(seed)  # noqa: S311
    loads: dict[str, list[str]] = defaultdict(list)
    for name in sorted(chosen):
        loads[instance.group[name].bus or f"\0{name}"].append(name)
    items = [
        (
            sum(instance.group[name].size for name in names),
            tuple(
                wave
                for wave in instance.wave
                if all(wave in possible.waves[name] and locks.placed.get(name) in (None, wave) for name in names)
            ),
            names,
        )
        for names in loads.values()
    ]
    if not all(waves for _, waves, _ in items):
        return None
    room = {wave.id: wave.capacity for wave in instance.waves}
    at: list[str] = [""] * len(items)
    for index in sorted(range(len(items)), key=lambda one: (len(items[one][1]), -items[one][0])):
        at[index] = max(items[index][1], key=lambda wave: room[wave])
        room[at[index]] -= items[index][0]
    inside = {wave: [index for index in range(len(items)) if at[index] == wave] for wave in room}
    for _ in range(rounds):
        over = [wave for wave in room if room[wave] < 0]
        if not over:
            return {name: at[index] for index, (_, _, names) in enumerate(items) for name in names}
        source = rnd.choice(over)
        one = rnd.choice(inside[source])
        target = rnd.choice(items[one][1])
        if target == source:
            continue
        other = rnd.choice(inside[target]) if inside[target] and rnd.random() < 0.8 else None
        if other is not None and source not in items[other][1]:
            continue
        shift = items[one][0] - (items[other][0] if other is not None else 0)
        before = min(0, room[source]) + min(0, room[target])
        after = min(0, room[source] + shift) + min(0, room[target] - shift)
        if after < before or (after == before and rnd.random() > 0.5):
            continue
        moves = [(one, source, target)] if other is None else [(one, source, target), (other, target, source)]
        for index, start, end in moves:
            inside[start].remove(index)
            inside[end].append(index)
            at[index] = end
        room[source] += shift
        room[target] -= shift
    return None
