"""What fits beside one another: linear consequences of a station's capacity. Pure.

A station of capacity c holds teams of sizes that sum to c at most. Any function f with f(sizes) summing to at most b
for each such set gives a constraint that also holds for fractions of visits (dual feasible functions: Fekete and
Schepers 2001). With r visits one after another at most, r·b bounds the whole wave.
"""

from functools import lru_cache


@lru_cache(maxsize=4096)
def weights(capacity: int, sizes: tuple[int, ...]) -> tuple[tuple[dict[int, int], int], ...]:
    """Pairs of weights per size and their bound for one moment. ``sizes`` are different and fit in the capacity."""
    smallest = min(sizes)
    count = capacity // smallest
    if count <= 1:
        return ((dict.fromkeys(sizes, 1), 1),)
    found = [({size: size for size in sizes}, capacity)]
    if len(sizes) <= 40:
        found.append((dict.fromkeys(sizes, 1), count))
        found.append(({size: (2 * size > capacity) + (2 * size >= capacity) for size in sizes}, 2))
        cuts = {size for size in sizes if 2 * size <= capacity}
        cuts |= {capacity - size + 1 for size in sizes if 0 < 2 * (capacity - size + 1) <= capacity}
        found.extend(
            (
                {size: capacity if size > capacity - cut else size if size >= cut else 0 for size in sizes},
                capacity,
            )
            for cut in sorted(cuts)
        )
    unique: dict[tuple[tuple[int, int], ...], tuple[dict[int, int], int]] = {}
    for weight, bound in found:
        unique.setdefault((*sorted(weight.items()), (0, bound)), (weight, bound))
    return tuple(unique.values())
