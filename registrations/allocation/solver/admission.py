"""Who gets a place and in which wave, group by group, as a model for CP-SAT. Pure."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from registrations.allocation.solver.crew import Crew, Found
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.rungs import EVICTED, MOTIVATION, MOVED, PUPILS, SCHOOLS, Climb, rung_names
from registrations.allocation.solver.seats import seats
from registrations.allocation.solver.timetable import WaveModel


@dataclass(frozen=True, slots=True)
class Cut:
    """These groups cannot all come in the wave: no timetable has them."""

    wave: str
    groups: frozenset[str]


class Ladder(Climb):
    """``placed`` says who comes, ``inside`` in which wave. ``before`` are the places that were told already.

    ``timed`` adds every visit, so that whoever comes has a timetable.
    """

    def __init__(
        self,
        possible: Possible,
        crew: Crew,
        locks: Locks | None = None,
        *,
        cuts: tuple[Cut, ...] = (),
        before: dict[str, str] | None = None,
        waves: bool = True,
        timed: bool = False,
    ) -> None:
        super().__init__(possible, crew)
        self.locks = locks or Locks()
        self.before = {name: wave for name, wave in (before or {}).items() if name in self.instance.group}
        self.names = rung_names(possible, again=before is not None)
        self.chosen: dict[str, str] | None = None
        self.groups = [
            group for group in self.instance.groups if possible.waves[group.id] and group.id not in self.locks.refused
        ]
        self.placed: dict[str, Any] = {group.id: self.model.new_bool_var("") for group in self.groups}
        self.inside: dict[tuple[str, str], Any] = {}
        for name in self.locks.placed:
            self.model.add(self.placed[name] == 1)
        self._classes()
        self.pupils = sum(group.size * self.placed[group.id] for group in self.groups)
        room = min(self.instance.rules.places, sum(wave.capacity for wave in self.instance.waves))
        self.model.add(self.pupils <= room)
        if waves:
            self._waves()
            for cut in cuts:
                self.add_cut(cut)
            self._seats()
        if timed:
            self._times()

    def _classes(self) -> None:
        same = defaultdict(list)
        for group in self.groups:
            same[group.school, group.class_name].append(self.placed[group.id])
        for variables in same.values():
            if len(variables) > 1:
                self.model.add_at_most_one(variables)

    def _waves(self) -> None:
        for group in self.groups:
            asked = self.locks.placed.get(group.id)
            for wave in self.possible.waves[group.id]:
                if asked is None or asked == wave:
                    self.inside[group.id, wave] = self.model.new_bool_var("")
            own = [self.inside[group.id, wave] for wave in self.instance.wave if (group.id, wave) in self.inside]
            self.model.add(sum(own) == self.placed[group.id])
        for row in self.instance.waves:
            load = sum(
                group.size * self.inside[group.id, row.id] for group in self.groups if (group.id, row.id) in self.inside
            )
            self.model.add(load <= row.capacity)
        self._buses()

    def _buses(self) -> None:
        """Groups that share a bus and both come, come together."""
        shared = defaultdict(list)
        for group in self.groups:
            if group.bus:
                shared[group.bus].append(group)
        for riders in shared.values():
            if len(riders) < 2:
                continue
            goes = {wave: self.model.new_bool_var("") for wave in self.instance.wave}
            self.model.add_at_most_one(goes.values())
            for group in riders:
                for wave in self.instance.wave:
                    if (group.id, wave) in self.inside:
                        self.model.add_implication(self.inside[group.id, wave], goes[wave])

    def _seats(self) -> None:
        """The stations of each wave must hold all its teams' visits together."""
        for wave, counts, room in seats(self.possible, self.groups):
            rows = [count * self.inside[name, wave] for name, count in counts.items() if (name, wave) in self.inside]
            if rows:
                self.model.add(sum(rows) <= room)

    def _times(self) -> None:
        """Every visit too: then whoever comes has a timetable. Only for small instances."""
        for wave in self.instance.wave:
            here = {name: one for (name, at), one in self.inside.items() if at == wave}
            WaveModel(self.possible, wave, list(here), model=self.model, here=here)

    def add_cut(self, cut: Cut) -> None:
        variables = [self.inside[name, cut.wave] for name in cut.groups if (name, cut.wave) in self.inside]
        if len(variables) == len(cut.groups):
            self.model.add(sum(variables) <= len(variables) - 1)

    # -- solving

    def remember(self, found: Found) -> None:
        self.chosen = {name: wave for (name, wave), variable in self.inside.items() if found.on(variable)}
        self.hint(self.chosen)

    def hint(self, chosen: dict[str, str]) -> None:
        self.model.clear_hints()
        for name, variable in self.placed.items():
            self.model.add_hint(variable, name in chosen)
        for (name, wave), variable in self.inside.items():
            self.model.add_hint(variable, chosen.get(name) == wave)

    # -- levels

    def targets(self) -> list[tuple[int, Any]]:
        pupils: dict[str, list[Any]] = defaultdict(list)
        for group in self.groups:
            pupils[self.instance.municipality_of(group)].append(group.size * self.placed[group.id])
        return [(row.target, sum(pupils[row.id])) for row in self.instance.municipalities if row.target > 0]

    def goal(self, name: str) -> Any:
        if name == SCHOOLS:
            return self._schools()
        if name == PUPILS:
            return self.pupils
        if name == MOTIVATION:
            return sum(group.motivation * group.size * self.placed[group.id] for group in self.groups)
        return {EVICTED: self._evicted, MOVED: self._moved}[name]()

    def _schools(self) -> Any:
        of_school = defaultdict(list)
        for group in self.groups:
            of_school[group.school].append(self.placed[group.id])
        reached = []
        for variables in of_school.values():
            one = variables[0] if len(variables) == 1 else self.model.new_bool_var("")
            if len(variables) > 1:
                self.model.add_bool_or(variables).only_enforce_if(one)
            reached.append(one)
        return sum(reached)

    def _evicted(self) -> Any:
        return sum(self.placed[name] for name in self.before if name in self.placed) - len(self.before)

    def _moved(self) -> Any:
        return -sum(variable for (name, wave), variable in self.inside.items() if self.before.get(name, wave) != wave)
