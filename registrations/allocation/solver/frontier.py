"""What each municipality could have, without waves: exact tables, and the levels over them. Pure.

Waves aside, municipalities share nothing but the places. So for each one dynamic programming gives the most motivation
for every number of schools and pupils, and the levels are then solved over these few numbers instead of hundreds of
groups. It is a relaxation: it bounds every level, and its groups are the ones to find waves for.
"""

from collections import defaultdict
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group
from registrations.allocation.solver.rungs import MOTIVATION, PUPILS, SCHOOLS, Climb, Rung

NEVER = -(10**9)
MOST_CHOICES = 120_000

Option = tuple[int, tuple[str, ...]]
Buses = frozenset[tuple[str, frozenset[str]]]


def school_options(groups: list[Group], locks: Locks, waves: dict[str, tuple[str, ...]]) -> dict[int, Option]:
    """Per number of pupils the most motivation points of a school, and with which groups.

    No class comes twice, and those that share a bus have a wave in common; ``waves`` are the possible ones.
    """
    classes: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        classes[group.class_name].append(group)
    found: dict[tuple[int, Buses], Option] = {(0, frozenset()): (0, ())}
    for rows in classes.values():
        asked = [row for row in rows if row.id in locks.placed]
        after = {} if asked else dict(found)
        for row in asked or rows:
            for (pupils, buses), (points, names) in found.items():
                joined = _joined(buses, row, waves[row.id])
                if joined is None:
                    continue
                key, value = (pupils + row.size, joined), points + row.size * row.motivation
                if key not in after or value > after[key][0]:
                    after[key] = (value, (*names, row.id))
        found = after
    best: dict[int, Option] = {}
    for (pupils, _), option in found.items():
        if pupils not in best or option > best[pupils]:
            best[pupils] = option
    return best


def _joined(buses: Buses, group: Group, waves: tuple[str, ...]) -> Buses | None:
    """The buses with the waves they can still go in, the group being on board; ``None`` when one has none left."""
    if group.bus is None:
        return buses
    riding = next((wave for name, wave in buses if name == group.bus), None)
    common = frozenset(waves) if riding is None else riding & frozenset(waves)
    return (
        frozenset((name, wave) for name, wave in buses if name != group.bus) | {(group.bus, common)} if common else None
    )


class Table:
    """A municipality's schools, and the most motivation per number of schools and of pupils."""

    def __init__(self, options: list[dict[int, Option]], room: int, *, all_schools: bool) -> None:
        self.options = options
        self.all_schools = all_schools
        demand = min(room, sum(max(option, default=0) for option in self.options))
        layer = np.full((1, demand + 1), NEVER, dtype=np.int64)
        layer[0, 0] = 0
        self.layers = [layer]
        for school in self.options:
            self.layers.append(self._with(self.layers[-1], school))

    def _with(self, layer: np.ndarray, options: dict[int, Option]) -> np.ndarray:
        rows = 1 if self.all_schools else layer.shape[0] + 1
        after = np.full((rows, layer.shape[1]), NEVER, dtype=np.int64)
        for pupils, (points, _) in options.items():
            if pupils >= layer.shape[1] or (pupils == 0 and self.all_schools):
                continue
            step = 0 if self.all_schools or pupils == 0 else 1
            part = after[step : step + layer.shape[0], pupils:]
            np.maximum(part, layer[:, : layer.shape[1] - pupils] + points, out=part)
        after[after < 0] = NEVER
        return after

    @property
    def choices(self) -> list[tuple[int, int, int]]:
        """Schools, pupils and motivation points of all that is worth while: as many pupils, more schools, no fewer points

        would be better in every level, so what is beaten in that way is left out."""
        last = self.layers[-1]
        schools = len(self.options) if self.all_schools else 0
        beaten = np.full(last.shape, NEVER, dtype=np.int64)
        if last.shape[0] > 1:
            beaten[:-1] = np.maximum.accumulate(last[:0:-1], axis=0)[::-1]
        worth = np.argwhere((last >= 0) & (last > beaten))
        return [(schools + int(row), int(col), int(last[row, col])) for row, col in worth]

    def groups(self, schools: int, pupils: int) -> list[str]:
        """The groups that make that number of schools and pupils with the most motivation."""
        names: list[str] = []
        row = 0 if self.all_schools else schools
        for index in range(len(self.options) - 1, -1, -1):
            before, value = self.layers[index], self.layers[index + 1][row, pupils]
            for size, (points, chosen) in sorted(self.options[index].items()):
                earlier = row if self.all_schools or size == 0 else row - 1
                if size > pupils or (size == 0 and self.all_schools) or not 0 <= earlier < before.shape[0]:
                    continue
                if before[earlier, pupils - size] >= 0 and before[earlier, pupils - size] + points == value:
                    names.extend(chosen)
                    row, pupils = earlier, pupils - size
                    break
        return names


class Frontier(Climb):
    """The levels over municipalities' tables. ``too_large`` when there are too many choices to write down."""

    def __init__(self, possible: Possible, crew: Crew, locks: Locks) -> None:
        super().__init__(possible, crew)
        self.room = room = min(self.instance.rules.places, sum(wave.capacity for wave in self.instance.waves))
        of_school: dict[str, list[Group]] = defaultdict(list)
        for group in self.instance.groups:
            if possible.waves[group.id] and group.id not in locks.refused:
                of_school[group.school].append(group)
        by_municipality: dict[str, list[dict[int, Option]]] = defaultdict(list)
        least = 0
        for school, groups in of_school.items():
            options = school_options(groups, locks, possible.waves)
            by_municipality[self.instance.school[school].municipality].append(options)
            least += min((pupils for pupils in options if pupils), default=0)
        everybody = self.names[0] == SCHOOLS and least <= room
        cells = sum((1 if everybody else len(rows)) * room * len(rows) for rows in by_municipality.values())
        self.too_large = cells > 60_000_000
        self.tables: dict[str, Table] = {}
        self.chosen: set[str] = set()
        self.at: dict[str, tuple[int, int]] = {}
        if self.too_large:
            return
        for name, rows in by_municipality.items():
            self.tables[name] = Table(rows, room, all_schools=everybody)
        self.choices = {name: table.choices for name, table in self.tables.items()}
        self.too_large = sum(map(len, self.choices.values())) > MOST_CHOICES or not all(self.choices.values())
        if self.too_large:
            return
        self._variables(room)

    def _variables(self, room: int) -> None:
        self.schools: dict[str, Any] = {}
        self.pupils: dict[str, Any] = {}
        self.points: dict[str, Any] = {}
        self.picked: dict[str, list[Any]] = {}
        for name, choices in self.choices.items():
            self.picked[name] = [self.model.new_bool_var("") for _ in choices]
            self.model.add_exactly_one(self.picked[name])
            pairs = list(zip(choices, self.picked[name], strict=True))
            self.pupils[name] = self._among({pupils for _, pupils, _ in choices})
            self.schools[name] = self._among({schools for schools, _, _ in choices})
            self.points[name] = self._among({points for _, _, points in choices})
            for at, total in enumerate((self.schools[name], self.pupils[name], self.points[name])):
                self.model.add(sum(choice[at] * one for choice, one in pairs) == total)
        self.model.add(sum(self.pupils.values()) <= room)

    def _among(self, values: set[int]) -> Any:
        return self.model.new_int_var_from_domain(cp_model.Domain.from_values(sorted(values)), "")

    def targets(self) -> list[tuple[int, Any]]:
        return [(row.target, self.pupils.get(row.id, 0)) for row in self.instance.municipalities if row.target > 0]

    def goal(self, name: str) -> Any:
        if name == SCHOOLS:
            return sum(self.schools.values())
        if name == PUPILS:
            return sum(self.pupils.values())
        assert name == MOTIVATION
        return sum(self.points.values())

    def _fulfilment(self, work: float, bound: Any) -> Rung | None:
        """Solved over the pupils alone where schools do not count before."""
        if self.names[0] == SCHOOLS and not all(table.all_schools for table in self.tables.values()):
            return super()._fulfilment(work, bound)
        rung = Heads(self)._fulfilment(work, bound)
        if rung is not None:
            self._at_least(rung.value if isinstance(rung.value, list) else [])
        return rung

    def remember(self, found: Found) -> None:
        self.model.clear_hints()
        self.at = {}
        for name, choices in self.choices.items():
            for (schools, pupils, _), one in zip(choices, self.picked[name], strict=True):
                on = found.on(one)
                self.model.add_hint(one, on)
                if on:
                    self.at[name] = (schools, pupils)

    def groups(self) -> list[str]:
        """The groups of the last solution."""
        return sorted(name for key, at in self.at.items() for name in self.tables[key].groups(*at))


class Heads(Climb):
    """The municipalities' pupils alone: how many each may have, and that they have room together."""

    def __init__(self, whole: Frontier) -> None:
        super().__init__(whole.possible, whole.crew)
        self.pupils = {
            name: self.model.new_int_var_from_domain(
                cp_model.Domain.from_values(sorted({pupils for _, pupils, _ in choices})), ""
            )
            for name, choices in whole.choices.items()
        }
        self.model.add(sum(self.pupils.values()) <= whole.room)

    def targets(self) -> list[tuple[int, Any]]:
        return [(row.target, self.pupils.get(row.id, 0)) for row in self.instance.municipalities if row.target > 0]

    def goal(self, name: str) -> Any:
        assert name == PUPILS
        return sum(self.pupils.values())

    def remember(self, found: Found) -> None:
        """Only the values matter."""
