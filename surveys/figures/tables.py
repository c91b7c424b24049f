"""The tables of a question: how the answers fell, and the figure group by group. Pure.

Tables of one question are made together from one plan (suppression.py), for they can be subtracted from each other.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from surveys.figures.figure import Asked, Figure
from surveys.figures.measures import Measure
from surveys.figures.suppression import Atom, Plan, plan_tables
from surveys.figures.tallies import Rule, Tally, base_of, finding_of
from surveys.figures.weights import Layer, Weighted, weighted_share

# What answers can be told apart by, in the order of their tables. The names are fields of a stratum.
DIMENSIONS = ("municipality", "school", "grade", "kind", "company", "wave")


@dataclass(frozen=True, slots=True)
class Line:
    """``k`` gave the answer with ``code``: ``share`` of all who answered the question."""

    code: str
    label: str
    k: int
    share: float


@dataclass(frozen=True, slots=True)
class Group:
    """A category of a table with its figure. Only such as may be shown are groups; ``name=""``: not known."""

    name: str
    finding: Figure | Measure


@dataclass(frozen=True, slots=True)
class Table:
    """The figure by one dimension. ``withheld`` names the categories that may not be shown, in their order.

    Neither how many answered there is told nor anything else. ``weighted``: the share by municipality, each counted for
    its people; ``None`` in other tables, and where any municipality is withheld.
    """

    dimension: str
    groups: tuple[Group, ...]
    withheld: tuple[str, ...]
    weighted: Weighted | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that may be told of a question's answers. ``answered``: everybody, of whom ``lines`` tell.

    ``top_two``: with the next best answer; ``median`` beside a mean. ``tables=None``: the survey is still open.
    ``parts`` are the other two questions of an index, which has one figure; all its answers are of those who gave all
    three. ``part_names`` names the three in the order of the measure's ``parts``.
    """

    finding: Figure | Measure
    answered: int
    lines: tuple[Line, ...]
    top_two: Figure | Measure | None
    median: Measure | None
    tables: tuple[Table, ...] | None
    parts: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    part_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stratum:
    """The respondents that have ``atom`` (a category for each of DIMENSIONS; empty: not known); ``size``: how many
    could answer, 0 where nobody knows."""

    atom: Atom
    size: int


# Those who came from no group that may be told.
NOBODY = Stratum(("",) * len(DIMENSIONS), 0)


def distribution(rule: Rule, tally: Tally, *, below: int) -> tuple[Line, ...]:
    """How many gave each answer, of everybody who answered, in the order of the options; of numbers in their order.

    Nothing with fewer than ``below`` answers, in the question or in the figure's own base.
    """
    n = tally.answered
    if not n or min(n, base_of(rule, tally)) < below:
        return ()
    labels = dict(rule.options)
    given = [code for code in tally.values if code not in labels]
    codes = [*labels, *sorted(given, key=lambda code: (not code.lstrip("-").isdecimal(), len(code), code))]
    return tuple(Line(code, labels.get(code, code), tally.values[code], tally.values[code] / n) for code in codes)


def tables_of(
    rule: Rule,
    asked: Asked,
    tallies: Mapping[int | None, Tally],
    strata: Mapping[int, Stratum],
    *,
    below: int,
    computed_at: datetime,
) -> tuple[Table, ...]:
    """The question's figure by each dimension that tells respondents apart.

    ``tallies`` by stratum; ``None`` has those who came from none. ``strata`` are all of the survey, with answers or not.
    """
    all_strata: dict[int | None, Stratum] = dict(strata.items())
    if None in tallies:
        all_strata[None] = NOBODY
    atoms = atoms_of(rule, tallies, all_strata)
    plan = plan_of(tuple(sorted(atoms.items())), below)
    if not plan.total:
        return ()
    tables = []
    for place, dimension in enumerate(DIMENSIONS):
        names = sorted({atom[place] for atom in atoms}, key=lambda name: (not name, name))
        if len(names) > 1:
            groups, sizes = _gathered(place, tallies, all_strata)
            shown = {
                name: finding_of(
                    rule, asked, groups[name], population=sizes[name], below=below, computed_at=computed_at
                )
                for name in names
                if plan.shows(place, name)
            }
            weighted = _weighted(rule, groups, sizes, below) if dimension == "municipality" else None
            tables.append(
                Table(
                    dimension,
                    tuple(Group(name, finding) for name, finding in shown.items()),
                    tuple(name for name in names if name not in shown),
                    weighted if plan.is_whole(place, names) else None,
                )
            )
    return tuple(tables)


def atoms_of(rule: Rule, tallies: Mapping[int | None, Tally], strata: Mapping[int | None, Stratum]) -> dict[Atom, int]:
    """How many answers the figure rests on in each of ``strata``, with answers or not."""
    atoms: dict[Atom, int] = {}
    for key, stratum in strata.items():
        atoms[stratum.atom] = atoms.get(stratum.atom, 0) + (base_of(rule, tallies[key]) if key in tallies else 0)
    return atoms


@lru_cache(maxsize=256)
def plan_of(atoms: tuple[tuple[Atom, int], ...], below: int) -> Plan:
    """``plan_tables``, remembered: most questions of a survey are answered by the same people."""
    return plan_tables(dict(atoms), below=below)


def _gathered(
    place: int, tallies: Mapping[int | None, Tally], strata: Mapping[int | None, Stratum]
) -> tuple[dict[str, Tally], dict[str, int | None]]:
    """The answers of each category, and how many could answer there (``None``: not known of somebody)."""
    groups: defaultdict[str, Tally] = defaultdict(Tally)
    sizes: dict[str, int | None] = {}
    for key, stratum in strata.items():
        name = stratum.atom[place]
        group = groups[name]
        if key in tallies:
            group.add(tallies[key])
        known = sizes.get(name, 0)
        sizes[name] = known + stratum.size if known is not None and stratum.size else None
    return groups, sizes


def _weighted(rule: Rule, groups: Mapping[str, Tally], sizes: Mapping[str, int | None], below: int) -> Weighted | None:
    if rule.statistic != "share" or not all(name and sizes[name] for name in groups):
        return None
    layers = {
        name: Layer(sum(tally.values[code] for code in rule.counted), base_of(rule, tally), sizes[name] or 0)
        for name, tally in groups.items()
    }
    found = weighted_share(layers, below=below)
    return found if found.refused is None else None
