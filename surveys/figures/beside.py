"""A question's figure of groups that lie across its tables: one class, or all who met a company. Pure.

All such groups of a survey are planned together, whoever reads which: what one page shows cannot be subtracted from
another's, nor from the tables (suppression.py).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from surveys.figures.figure import Asked, Figure
from surveys.figures.measures import Measure
from surveys.figures.suppression import Atom, plan_beside
from surveys.figures.tables import NOBODY, Stratum, atoms_of, plan_of
from surveys.figures.tallies import Rule, Tally, base_of, finding_of

Key = tuple[str, int]
# Groups by key: the strata (keys) that each consists of.
Groups = Mapping[Key, frozenset[int]]


def groups_beside(
    rule: Rule,
    asked: Asked,
    tallies: Mapping[int | None, Tally],
    strata: Mapping[int, Stratum],
    tiers: Sequence[Groups],
    *,
    below: int,
    computed_at: datetime,
) -> dict[Key, Figure | Measure]:
    """The figure of each group of ``tiers`` that may be told; the others are left out.

    Where two cannot both be told, it is the one of the earlier tier, or the larger one. ``strata`` are all of the survey.
    """
    all_strata: dict[int | None, Stratum] = dict(strata.items())
    if None in tallies:
        all_strata[None] = NOBODY
    answers = {
        key: sum(base_of(rule, tallies[one]) for one in members if one in tallies)
        for tier in tiers
        for key, members in tier.items()
    }
    members = {key: parts for tier in tiers for key, parts in tier.items()}
    ordered = [key for tier in tiers for key in sorted(tier, key=lambda key: (-answers[key], key))]
    rows = tuple(frozenset(strata[one].atom for one in members[key]) for key in ordered)
    atoms = tuple(sorted(atoms_of(rule, tallies, all_strata).items()))
    return {
        key: finding_of(
            rule,
            asked,
            _together(tallies, members[key]),
            population=_people(strata, members[key]),
            below=below,
            computed_at=computed_at,
        )
        for place, key in enumerate(ordered)
        if place in _told(atoms, rows, below)
    }


@lru_cache(maxsize=64)
def _told(atoms: tuple[tuple[Atom, int], ...], rows: tuple[frozenset[Atom], ...], below: int) -> frozenset[int]:
    return plan_beside(dict(atoms), plan_of(atoms, below), rows, below=below)


def _together(tallies: Mapping[int | None, Tally], members: frozenset[int]) -> Tally:
    total = Tally()
    for one in members & tallies.keys():
        total.add(tallies[one])
    return total


def _people(strata: Mapping[int, Stratum], members: frozenset[int]) -> int | None:
    """How many could answer; ``None`` where it is not known of some."""
    sizes = [strata[one].size for one in members]
    return sum(sizes) if all(sizes) else None
