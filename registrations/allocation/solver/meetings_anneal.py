"""Improves a timetable by simulated annealing. Pure.

Two kinds of change: a meeting takes a seat and drives out whoever is in its way, and all meetings of a chain change
between two slots (Kempe 1879: the meetings of two slots form paths and rings, and one of them can always be turned
over without a clash).
"""

import math
import random
from dataclasses import dataclass

from registrations.allocation.solver.meetings_day import NEVER, Day, Timetable, idle_slots
from registrations.allocation.solver.pulse import Pulse

LOOK = 500
LONGEST_CHAIN = 40
ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Walk:
    """``tries`` changes from ``start`` down to ``end`` degrees. A point weighs ``point``, an idle slot ``gap``.

    The walk ends early at ``enough`` points with at most ``few`` idle slots; ``chains`` is the share of chains tried.
    """

    tries: int
    start: float
    end: float
    point: float
    gap: float
    seed: int
    enough: int
    few: int = 0
    chains: float = 0.5


def anneal(day: Day, at: list[int], walk: Walk, pulse: Pulse) -> list[int]:
    """The best timetable met on the walk, never worse than ``at``: points first, then idle slots."""
    table = Timetable(day, at)
    best, best_at = table.key, list(table.at)
    if not day.ends or walk.tries <= 0:
        return best_at
    step = _Step(table, walk)
    cooling = (walk.end / walk.start) ** (LOOK / walk.tries)
    for number in range(walk.tries):
        if number % LOOK == 0:
            step.degrees *= cooling
            if pulse.over() or (best[0] >= walk.enough and -best[1] <= walk.few):
                break
        if step.take() and table.key > best:
            best, best_at = table.key, list(table.at)
    return best_at


class _Step:
    """One change after the other; ``degrees`` is the temperature."""

    def __init__(self, table: Timetable, walk: Walk) -> None:
        self.table, self.walk, self.day = table, walk, table.day
        self.degrees = walk.start
        self.chance = random.Random(walk.seed).random  # noqa: S311
        self.many = len(self.day.ends)

    def take(self) -> bool:
        """Tries a change; whether it was made."""
        chance, table, day = self.chance, self.table, self.day
        k = int(chance() * self.many)
        slot = table.at[k]
        if slot == NEVER:
            slots = day.common[k]
            return self.seat(k, slots[int(chance() * len(slots))])
        if chance() < self.walk.chains:
            other = int(chance() * day.slots)
            return other != slot and self.turn(k, slot, other)
        mine = day.of[day.ends[k][chance() < 0.5]]
        new = mine[int(chance() * len(mine))]
        return table.at[new] == NEVER and slot in day.common[new] and self.seat(new, slot, k)

    def least(self) -> float:
        """What a change must gain to be made this time."""
        return self.degrees * math.log(1.0 - self.chance())

    def seat(self, k: int, slot: int, instead: int = NEVER) -> bool:
        """Request k meets in the slot; others who are in the way, and ``instead``, do not meet any more."""
        table, day, chance = self.table, self.day, self.chance
        out = {instead} if instead != NEVER else set()
        for person in day.ends[k]:
            if table.who[person][slot] != NEVER:
                out.add(table.who[person][slot])
        for person in day.ends[k]:
            if table.count[person] >= day.most[person] and not any(person in day.ends[y] for y in out):
                met = [y for y in day.of[person] if table.at[y] != NEVER]
                out.add(met[int(chance() * len(met))])
        here = table.in_slot[slot]
        if len(here) >= day.tables and not any(table.at[y] == slot for y in out):
            out.add(here[int(chance() * len(here))])
        gained = (day.points[k] - sum(day.points[y] for y in out)) * self.walk.point
        least = self.least()
        if gained + self.walk.gap * 4 * len(day.ends[k]) * (len(out) + 1) < least:
            return False
        busy: dict[int, int] = {}
        for y in out:
            for person in day.ends[y]:
                busy[person] = busy.get(person, table.busy[person]) & ~(1 << table.at[y])
        for person in day.ends[k]:
            busy[person] = busy.get(person, table.busy[person]) | 1 << slot
        if gained - self.walk.gap * self.more_gaps(busy) < least:
            return False
        for y in sorted(out):
            table.take(y)
        table.put(k, slot)
        return True

    def turn(self, k: int, one: int, other: int) -> bool:
        """The chain of request k changes between the two slots, with a second one when the tables would not do."""
        table, day = self.table, self.day
        chain: dict[int, None] = {}
        more = self.follow(k, one, other, chain)
        if more is None:
            return False
        crowded = other if more > 0 else one
        if len(table.in_slot[crowded]) + abs(more) > day.tables:
            back = self.counterpart(crowded, one, other, chain)
            if back is None or more + back:
                return False
        both = 1 << one | 1 << other
        busy = {}
        for member in chain:
            for person in day.ends[member]:
                at = table.busy[person] & both
                busy[person] = table.busy[person] if at == both else table.busy[person] ^ both
        if -self.walk.gap * self.more_gaps(busy) < self.least():
            return False
        table.move(chain, one, other)
        return True

    def counterpart(self, crowded: int, one: int, other: int, chain: dict[int, None]) -> int | None:
        """Adds a chain that starts in the crowded slot to ``chain``; what it brings, or None when it cannot be."""
        here = self.table.in_slot[crowded]
        for _ in range(ATTEMPTS):
            k = here[int(self.chance() * len(here))]
            if k not in chain:
                return self.follow(k, one, other, chain)
        return None

    def follow(self, k: int, one: int, other: int, chain: dict[int, None]) -> int | None:
        """Adds the chain of request k; how many more meetings the other slot gets, or None when somebody cannot."""
        table, day = self.table, self.day
        waiting, more, both = [k], 0, one + other
        chain[k] = None
        while waiting:
            member = waiting.pop()
            slot = table.at[member]
            more += 1 if slot == one else -1
            for person in day.ends[member]:
                if not day.free[person] >> (both - slot) & 1:
                    return None
                following = table.who[person][both - slot]
                if following != NEVER and following not in chain:
                    if len(chain) >= LONGEST_CHAIN:
                        return None
                    chain[following] = None
                    waiting.append(following)
        return more

    def more_gaps(self, busy: dict[int, int]) -> int:
        table, free = self.table, self.day.free
        return sum(idle_slots(mask, free[person]) - table.idle[person] for person, mask in busy.items())
