"""A municipality's fair share of the places. Pure."""

from collections.abc import Mapping
from fractions import Fraction


def targets(places: int, demands: Mapping[str, int], bases: Mapping[str, int]) -> dict[str, int]:
    """How many of ``places`` each one should get: in proportion to its basis, but no more than it applied for.

    What somebody does not need is handed on to the others in the same proportion, until all is given out or everybody
    has what they want. Whole places by the largest remainder (Hamilton 1792); between equal remainders the one with the
    greater basis, then the lower key. The shares add up to ``min(places, sum of demands)``. Where nobody who still
    wants places has a basis above 0, they share alike.
    """
    exact: dict[str, Fraction] = {key: Fraction(0) for key in demands}
    wanting = {key for key, demand in demands.items() if demand > 0}
    left = Fraction(max(0, min(places, sum(demands.values()))))
    while left and wanting:
        whole = sum(bases.get(key, 0) for key in wanting)
        share = {key: left * Fraction(bases.get(key, 0) if whole else 1, whole or len(wanting)) for key in wanting}
        full = {key for key in wanting if share[key] >= demands[key]}
        if not full:
            exact.update(share)
            break
        for key in full:
            exact[key] = Fraction(demands[key])
            left -= demands[key]
        wanting -= full
    found = {key: int(value) for key, value in exact.items()}
    over = int(sum(exact.values())) - sum(found.values())
    by_remainder = sorted(exact, key=lambda key: (found[key] - exact[key], -bases.get(key, 0), key))
    for key in by_remainder[:over]:
        found[key] += 1
    return found
