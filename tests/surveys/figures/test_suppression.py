"""Attacks what is published: an adversary with exact arithmetic and all tables at once must not find a small group."""

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveys.figures.suppression import TOTAL, Plan, plan_beside, plan_tables

BELOW = 5


# --- The adversary --------------------------------------------------------------------------------------------------


def told(atoms: dict[tuple[str, ...], int], shown: Iterable, below: int = BELOW) -> Iterator[set[tuple[str, ...]]]:
    """Every group of atoms with 1 to ``below`` − 1 answers that the cells ``shown`` tell, by exact linear algebra.

    A group's sum follows from known sums exactly when every vector that is orthogonal to these is orthogonal to it.
    Nothing is taken from the code under test but which cells are shown.
    """
    yield from told_by([rows_in(atoms, cell) for cell in sorted(shown)], atoms, below)


def rows_in(atoms: Iterable[tuple[str, ...]], cell: tuple[int, str]) -> set[tuple[str, ...]]:
    """The atoms that ``cell`` sums up."""
    return {atom for atom in atoms if cell == TOTAL or atom[cell[0]] == cell[1]}


def told_by(
    sums: Iterable[Collection[tuple[str, ...]]], atoms: dict[tuple[str, ...], int], below: int = BELOW
) -> Iterator[set[tuple[str, ...]]]:
    """The same for whoever knows the ``sums`` of some groups of atoms."""
    full = sorted(atom for atom, n in atoms.items() if n)
    blind = orthogonal([[Fraction(atom in group) for atom in full] for group in sums], len(full))
    few = [place for place, atom in enumerate(full) if atoms[atom] < below]
    for size in range(1, below):
        for group in combinations(few, size):
            if sum(atoms[full[place]] for place in group) < below and all(
                sum(vector[place] for place in group) == 0 for vector in blind
            ):
                yield {full[place] for place in group}


def orthogonal(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of what is orthogonal to ``rows``, by Gauss and Jordan."""
    rows, pivots = [row[:] for row in rows], []
    for column in range(width):
        found = next((number for number in range(len(pivots), len(rows)) if rows[number][column]), None)
        if found is None:
            continue
        place = len(pivots)
        rows[place], rows[found] = rows[found], rows[place]
        rows[place] = [value / rows[place][column] for value in rows[place]]
        for number, row in enumerate(rows):
            if number != place and row[column]:
                rows[number] = [value - row[column] * own for value, own in zip(row, rows[place], strict=True)]
        pivots.append(column)
    basis = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(column == free) for column in range(width)]
        for number, pivot in enumerate(pivots):
            vector[pivot] = -rows[number][free]
        basis.append(vector)
    return basis


def cells_of(atoms: dict[tuple[str, ...], int]) -> dict[tuple[int, str], int]:
    cells = {TOTAL: sum(atoms.values())}
    for atom, n in atoms.items():
        for cell in enumerate(atom):
            cells[cell] = cells.get(cell, 0) + n
    return cells


def naive(atoms: dict[tuple[str, ...], int]) -> set:
    """Withholds small cells and nothing else."""
    return {cell for cell, n in cells_of(atoms).items() if n >= BELOW}


def table_by_table(atoms: dict[tuple[str, ...], int]) -> set:
    """Withholds small cells and, in each table by itself, the next smallest beside a single one."""
    cells, shown = cells_of(atoms), naive(atoms)
    for dimension in range(len(next(iter(atoms)))):
        hidden = sum(n for cell, n in cells.items() if cell[0] == dimension and cell not in shown)
        for cell in sorted((cell for cell in shown if cell[0] == dimension), key=lambda cell: cells[cell]):
            if 0 < hidden < BELOW:
                hidden += cells[cell]
                shown.remove(cell)
    return shown


SUBTRACTED = {("Lund",): 20, ("Malmö",): 30, ("Höör",): 2}
# Lund's school is Lund's only one but for two pupils: school and municipality are two tables.
ACROSS = {
    ("Lund", "Polhem"): 20,
    ("Lund", "Spyken"): 2,
    ("Malmö", "Borgar"): 30,
    ("Malmö", "Pauli"): 4,
    ("Höör", "Jeppa"): 9,
}


def test_adversary_wins_by_subtraction_against_naive_tables():
    assert list(told(SUBTRACTED, naive(SUBTRACTED))) == [{("Höör",)}]


def test_adversary_wins_across_tables_against_tables_looked_at_one_by_one():
    assert {("Lund", "Spyken")} in list(told(ACROSS, table_by_table(ACROSS)))


# --- Worked by hand -------------------------------------------------------------------------------------------------


def test_plan_withholds_the_next_smallest_beside_a_small_cell():
    assert plan_tables(SUBTRACTED, below=BELOW) == Plan(frozenset({TOTAL, (0, "Malmö")}))


def test_plan_shows_everything_where_nothing_is_small():
    atoms = {("Lund", "8"): 5, ("Malmö", "9"): 7}

    assert plan_tables(atoms, below=BELOW).shown == frozenset(cells_of(atoms))


def test_plan_shows_nothing_where_all_are_few():
    assert plan_tables({("Lund",): 2, ("Malmö",): 2}, below=BELOW) == Plan(frozenset())
    assert not plan_tables({("Lund",): 2, ("Malmö",): 2}, below=BELOW).total
    assert plan_tables({}, below=BELOW) == Plan(frozenset())


def test_plan_withholds_an_empty_cell_and_none_beside_it():
    plan = plan_tables({("Lund",): 20, ("Malmö",): 30, ("Höör",): 0}, below=BELOW)

    assert plan.shown == {TOTAL, (0, "Lund"), (0, "Malmö")}
    assert not plan.is_whole(0, ["Lund", "Malmö", "Höör"])


def test_plan_finds_what_two_tables_tell_together():
    assert list(told(ACROSS, plan_tables(ACROSS, below=BELOW).shown)) == []


def test_plan_withholds_nothing_where_the_setting_asks_for_nothing():
    assert plan_tables({("Lund",): 1, ("Malmö",): 1}, below=1).shown == {TOTAL, (0, "Lund"), (0, "Malmö")}


def test_plan_is_the_same_in_whatever_order_the_atoms_come():
    assert plan_tables(ACROSS, below=BELOW) == plan_tables(dict(reversed(ACROSS.items())), below=BELOW)


# --- Properties -----------------------------------------------------------------------------------------------------


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, ...], int]:
    """Up to fourteen atoms in one to four dimensions of up to four categories; many are small, some are empty."""
    dimensions = draw(st.integers(1, 4))
    atom = st.tuples(*[st.sampled_from("abcd"[: draw(st.integers(1, 4))]) for _ in range(dimensions)])
    answers = st.one_of(st.integers(0, 4), st.integers(0, 12), st.just(1))
    return draw(st.dictionaries(atom, answers, min_size=1, max_size=14))


@settings(max_examples=300, deadline=None)
@given(tables())
@example(ACROSS)
@example(SUBTRACTED)
def test_adversary_finds_no_small_group(atoms):
    plan = plan_tables(atoms, below=BELOW)

    assert list(told(atoms, plan.shown)) == []


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(2, 4))
def test_adversary_finds_no_small_group_with_other_settings(atoms, below):
    assert list(told(atoms, plan_tables(atoms, below=below).shown, below)) == []


@settings(max_examples=100, deadline=None)
@given(tables())
def test_no_shown_cell_is_small_and_the_total_is_shown_when_it_is_not(atoms):
    plan = plan_tables(atoms, below=BELOW)

    assert all(cells_of(atoms)[cell] >= BELOW for cell in plan.shown)
    assert plan.total == (sum(atoms.values()) >= BELOW)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from("abcdefgh")), st.integers(5, 40), min_size=1))
def test_a_single_table_without_small_cells_is_shown_whole(atoms):
    assert plan_tables(atoms, below=BELOW).is_whole(0, [category for (category,) in atoms])


@pytest.mark.parametrize("seed", range(3))
def test_differences_of_any_two_cells_of_a_large_event_are_not_small(seed):
    """Forty schools, four waves and five grades: what is cut out by two shown cells is never told where it is small."""
    random = Random(seed)
    atoms: dict[tuple[str, ...], int] = {}
    for school in range(40):
        for _class in range(3):
            key = (f"m{school % 30}", f"s{school}", random.choice("789"), random.choice("ABCD"))
            atoms[key] = atoms.get(key, 0) + random.randint(0, 6)
    shown = plan_tables(atoms, below=BELOW).shown

    # A school lies in one municipality: what the others leave of it is a subtraction that anybody can do.
    for municipality in {atom[0] for atom in atoms}:
        schools = {atom[1] for atom in atoms if atom[0] == municipality}
        hidden = [school for school in schools if (1, school) not in shown]
        left = sum(n for atom, n in atoms.items() if atom[1] in hidden)
        assert (0, municipality) not in shown or not 0 < left < BELOW


# --- Groups that lie across the tables --------------------------------------------------------------------------------


def beside(atoms: dict, *groups: Collection[tuple[str, ...]], below: int = BELOW) -> set[int]:
    return set(plan_beside(atoms, plan_tables(atoms, below=below), [frozenset(group) for group in groups], below=below))


def all_sums(atoms: dict, groups: list, below: int = BELOW) -> list[Collection[tuple[str, ...]]]:
    """What all readers of all pages know together."""
    plan = plan_tables(atoms, below=below)
    told_groups = plan_beside(atoms, plan, groups, below=below)
    return [*(rows_in(atoms, cell) for cell in plan.shown), *(groups[place] for place in told_groups)]


def test_a_class_is_not_told_where_its_school_tells_the_rest():
    lone = {("Lund", "Polhem", "8"): 20, ("Lund", "Polhem", "9"): 2, ("Malmö", "Borgar", "8"): 30}

    assert plan_tables(lone, below=BELOW).shows(1, "Polhem")
    assert beside(lone, {("Lund", "Polhem", "8")}) == set()
    assert list(told_by([*all_sums(lone, []), {("Lund", "Polhem", "8")}], lone))


def test_classes_that_tell_of_nobody_else_are_told():
    atoms = {("Lund", "Polhem", "8"): 20, ("Lund", "Polhem", "9"): 7, ("Malmö", "Borgar", "8"): 30}

    assert beside(atoms, *({atom} for atom in atoms)) == {0, 1, 2}


# Three schools and two grades: the tables leave open how the pupils of each school fall on the grades.
GRADES = {("p", "8"): 9, ("p", "9"): 3, ("q", "8"): 8, ("q", "9"): 7, ("r", "8"): 6, ("r", "9"): 9}
ONE, OTHER = {("p", "8"), ("q", "8")}, {("p", "8"), ("r", "8")}


def test_two_readers_cannot_put_their_groups_together():
    """The eighth grade without both groups' schools leaves one school's, and that its three pupils in the ninth."""
    assert (beside(GRADES, ONE), beside(GRADES, OTHER)) == ({0}, {0})
    assert {("p", "9")} in list(told_by([*all_sums(GRADES, []), ONE, OTHER], GRADES))
    assert len(beside(GRADES, ONE, OTHER)) == 1


def test_the_first_groups_are_withheld_last():
    assert beside(GRADES, ONE, OTHER) == beside(GRADES, OTHER, ONE) == {0}


def test_nothing_is_told_beside_tables_that_are_withheld():
    assert beside({("a",): 2, ("b",): 2}, {("a",)}) == set()
    assert beside(GRADES) == set()


@st.composite
def tables_and_groups(draw: st.DrawFn) -> tuple[dict[tuple[str, ...], int], list[frozenset[tuple[str, ...]]]]:
    atoms = draw(tables())
    group = st.frozensets(st.sampled_from(sorted(atoms)), min_size=1, max_size=6)
    return atoms, draw(st.lists(group, max_size=8))


@settings(max_examples=300, deadline=None)
@given(tables_and_groups())
def test_adversary_with_all_pages_finds_no_small_group(given_groups):
    atoms, groups = given_groups

    assert list(told_by(all_sums(atoms, groups), atoms)) == []


@settings(max_examples=60, deadline=None)
@given(tables_and_groups(), st.integers(2, 4))
def test_adversary_with_all_pages_finds_no_small_group_with_other_settings(given_groups, below):
    atoms, groups = given_groups

    assert list(told_by(all_sums(atoms, groups, below), atoms, below)) == []


@settings(max_examples=100, deadline=None)
@given(tables_and_groups())
def test_groups_that_are_told_are_not_small(given_groups):
    atoms, groups = given_groups

    assert all(sum(atoms[atom] for atom in groups[place]) >= BELOW for place in beside(atoms, *groups))
