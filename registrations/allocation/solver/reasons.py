"""Why a group got no place, with numbers that anybody can check. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from registrations.allocation.solver.costs import costs
from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.locks import Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group
from registrations.allocation.solver.rungs import Rung
from registrations.allocation.solver.solution import Reason


def reasons(
    possible: Possible,
    crew: Crew,
    locks: Locks,
    waves: dict[str, str],
    rungs: Sequence[Rung],
    *,
    cost: bool,
) -> dict[str, Reason]:
    """A reason for each group without a place; with ``cost`` also what its place would have cost whom, in time."""
    clerk = Clerk(possible, locks, waves)
    found = {group.id: clerk.reason(group) for group in possible.instance.groups if group.id not in waves}
    if cost and all(rung.proven for rung in rungs):
        for name, numbers in costs(possible, crew, locks, waves, rungs, found).items():
            found[name] = Reason(found[name].code, {**found[name].numbers, "cost": numbers})
    return found


class Clerk:
    """Goes through the rules in the order in which they decide, and names the first that stood in the way."""

    def __init__(self, possible: Possible, locks: Locks, waves: dict[str, str]) -> None:
        self.possible = possible
        self.instance = possible.instance
        self.locks = locks
        self.waves = waves
        self.load: Counter[str] = Counter()
        self.pupils: Counter[str] = Counter()
        for name, wave in waves.items():
            group = self.instance.group[name]
            self.load[wave] += group.size
            self.pupils[self.instance.municipality_of(group)] += group.size
        self.free = self.instance.rules.places - self.load.total()

    def reason(self, group: Group) -> Reason:
        return (
            self._locked(group)
            or self._impossible(group)
            or self._duplicate(group)
            or self._bus(group)
            or self._competition(group)
        )

    def _locked(self, group: Group) -> Reason | None:
        return Reason("locked_out") if group.id in self.locks.refused else None

    def _impossible(self, group: Group) -> Reason | None:
        instance = self.instance
        if not group.waves:
            return Reason("no_possible_wave", {"waves": 0})
        if group.size > instance.rules.places:
            return Reason("larger_than_all_places", {"size": group.size, "places": instance.rules.places})
        largest = max(instance.wave[wave].capacity for wave in group.waves)
        if group.size > largest:
            return Reason("larger_than_any_wave", {"size": group.size, "capacity": largest})
        if self.possible.waves[group.id]:
            return None
        fitting = [wave for wave in group.waves if group.size <= instance.wave[wave].capacity]
        team, wave = min(
            ((team, wave) for team in group.teams for wave in fitting),
            key=lambda pair: len(self.possible.reachable(*pair)),
        )
        open_to = self.possible.reachable(team, wave)
        return Reason(
            "no_timetable",
            {
                "team": team.id,
                "team_size": team.size,
                "wheelchair": team.wheelchair,
                "wave": wave,
                "stations": sorted(open_to),
                "needed": self.possible.k,
            },
        )

    def _duplicate(self, group: Group) -> Reason | None:
        for name in self.waves:
            other = self.instance.group[name]
            if (other.school, other.class_name) == (group.school, group.class_name):
                return Reason("duplicate_class", {"placed": name})
        return None

    def _bus(self, group: Group) -> Reason | None:
        if group.bus is None:
            return None
        for name, wave in sorted(self.waves.items()):
            if self.instance.group[name].bus != group.bus:
                continue
            if wave not in self.possible.waves[group.id]:
                return Reason("bus_cannot_meet", {"bus": group.bus, "with": name, "wave": wave})
        return None

    def _competition(self, group: Group) -> Reason:
        instance = self.instance
        name = instance.municipality_of(group)
        home = instance.municipality[name]
        numbers: dict[str, Any] = {
            "municipality": name,
            "placed": self.pupils[name],
            "target": home.target,
            "size": group.size,
            "free_places": max(0, self.free),
        }
        free = {wave: instance.wave[wave].capacity - self.load[wave] for wave in self.possible.waves[group.id]}
        if home.target > 0 and self.pupils[name] >= home.target:
            numbers["fulfilment"] = min(1000, 1000 * self.pupils[name] // home.target)
            return Reason("municipality_share_full", numbers)
        rivals = [
            other
            for other in self._placed_of(name)
            if other.motivation > group.motivation
            or (other.motivation == group.motivation and other.size != group.size)
        ]
        fits = self.free >= group.size
        if not fits and rivals:
            lowest = min(rivals, key=lambda other: (other.motivation, other.id))
            numbers |= {"motivation": group.motivation, "lowest_placed": lowest.motivation, "lowest_group": lowest.id}
            return Reason("lower_motivation", numbers)
        if not fits:
            return Reason("places_full", numbers | {"places": instance.rules.places})
        if max(free.values(), default=0) < group.size:
            wave = max(free, key=lambda one: free[one])
            return Reason("wave_full", numbers | {"wave": wave, "free": free[wave]})
        return Reason("no_timetable_left", numbers | {"waves": sorted(free)})

    def _placed_of(self, municipality: str) -> Iterable[Group]:
        groups = (self.instance.group[name] for name in self.waves)
        return [group for group in groups if self.instance.municipality_of(group) == municipality]
