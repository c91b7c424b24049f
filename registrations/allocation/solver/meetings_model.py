"""The day as a model for CP-SAT: a bound on the points without slots, and the whole for what is small. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ortools.sat.python import cp_model

from registrations.allocation.solver.crew import Found
from registrations.allocation.solver.meetings_day import NEVER, Day

Total = cp_model.LinearExpr | int
"""What a level comes to; a plain 0 where nothing is at stake."""


class ChoiceModel:
    """Which requests are met, whenever: nobody meets too often and there are seats enough. A relaxation."""

    def __init__(self, day: Day) -> None:
        self.day, self.model = day, cp_model.CpModel()
        self.met = [self.model.new_bool_var("") for _ in day.ends]
        for person, mine in enumerate(day.of):
            if len(mine) > day.most[person]:
                self.model.add(sum(self.met[k] for k in mine) <= day.most[person])
        if len(self.met) > day.slots * day.tables:
            self.model.add(sum(self.met) <= day.slots * day.tables)
        self.model.maximize(sum(points * met for points, met in zip(day.points, self.met, strict=True)))

    def chosen(self, found: Found) -> list[int]:
        return [k for k, met in enumerate(self.met) if found.on(met)]


class DayModel:
    """``x[k, t]``: request k meets in slot t."""

    def __init__(self, day: Day) -> None:
        self.day, self.model = day, cp_model.CpModel()
        self.x = {(k, t): self.model.new_bool_var("") for k in range(len(day.ends)) for t in day.common[k]}
        self.at_slot: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        in_slot: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for (k, t), variable in self.x.items():
            in_slot[t].append(variable)
            for person in day.ends[k]:
                self.at_slot[person, t].append(variable)
        for k, slots in enumerate(day.common):
            self.model.add_at_most_one(self.x[k, t] for t in slots)
        for variables in self.at_slot.values():
            self.model.add_at_most_one(variables)
        for variables in in_slot.values():
            if len(variables) > day.tables:
                self.model.add(sum(variables) <= day.tables)
        for person, mine in enumerate(day.of):
            if len(mine) > day.most[person]:
                self.model.add(sum(self.x[k, t] for k in mine for t in day.common[k]) <= day.most[person])

    def points(self) -> Total:
        return sum(self.day.points[k] * variable for (k, _), variable in self.x.items())

    def gaps(self) -> Total:
        """Idle slots: those one could meet in, has met before and will meet after."""
        day, model = self.day, self.model
        terms: list[Total] = []
        for person, mine in enumerate(day.of):
            slots = [t for t in range(day.slots) if day.free[person] >> t & 1]
            if len(mine) < 2 or len(slots) < 3:
                continue
            before, after = ({t: model.new_bool_var("") for t in slots} for _ in range(2))
            for earlier, later in pairwise(slots):
                model.add_implication(before[earlier], before[later])
                model.add_implication(after[later], after[earlier])
            for t in slots:
                here = self.at_slot.get((person, t), [])
                for variable in here:
                    model.add_implication(variable, before[t])
                    model.add_implication(variable, after[t])
                idle = model.new_bool_var("")
                model.add_bool_or([before[t].negated(), after[t].negated(), idle, *here])
                terms.append(idle)
        return sum(terms)

    def start_from(self, at: Sequence[int]) -> None:
        self.model.clear_hints()
        for (k, t), variable in self.x.items():
            self.model.add_hint(variable, at[k] == t)

    def timetable(self, found: Found) -> list[int]:
        at = [NEVER] * len(self.day.ends)
        for (k, t), variable in self.x.items():
            if found.on(variable):
                at[k] = t
        return at
