"""The day of the meetings in numbers, and a timetable that can be changed and never clashes. Pure.

Participants and mutual requests are numbered as they come, slots from 0. Slots are kept as bits of a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registrations.allocation.solver.meetings_read import MeetingsInstance

NEVER = -1


def idle_slots(busy: int, free: int) -> int:
    """How many slots in ``free`` lie between the first and the last in ``busy`` and are not in it."""
    if not busy:
        return 0
    return (((1 << busy.bit_length()) - (busy & -busy)) & free & ~busy).bit_count()


@dataclass(frozen=True, slots=True)
class Day:
    """``ends[k]`` are the two who would meet, ``points[k]`` what both think of it, ``common[k]`` when both can."""

    slots: int
    tables: int
    free: tuple[int, ...]
    most: tuple[int, ...]
    ends: tuple[tuple[int, int], ...]
    points: tuple[int, ...]
    common: tuple[tuple[int, ...], ...]
    of: tuple[tuple[int, ...], ...]
    """The requests of each participant."""

    @property
    def people(self) -> int:
        return len(self.free)

    def worth(self, at: Sequence[int]) -> tuple[int, int]:
        """Interest points and idle slots when request k meets in slot ``at[k]``, or never."""
        busy = [0] * self.people
        for k, slot in enumerate(at):
            if slot != NEVER:
                for person in self.ends[k]:
                    busy[person] |= 1 << slot
        points = sum(self.points[k] for k, slot in enumerate(at) if slot != NEVER)
        return points, sum(idle_slots(busy[p], self.free[p]) for p in range(self.people))


def plan_day(instance: MeetingsInstance) -> tuple[Day, list[int]]:
    """The day, and for each of its requests the number it has in the instance. Requests that can never meet are out."""
    number = {row.id: k for k, row in enumerate(instance.participants)}
    free = tuple(
        sum(1 << slot for slot in range(instance.slots) if slot + 1 not in row.unavailable)
        for row in instance.participants
    )
    most = tuple(min(row.max_meetings, free[k].bit_count()) for k, row in enumerate(instance.participants))
    kept: list[int] = []
    ends: list[tuple[int, int]] = []
    common: list[tuple[int, ...]] = []
    of: list[list[int]] = [[] for _ in instance.participants]
    for index, row in enumerate(instance.requests):
        a, b = number[row.a], number[row.b]
        both = tuple(slot for slot in range(instance.slots) if free[a] & free[b] & 1 << slot)
        if row.mutual and both and most[a] and most[b] and instance.tables:
            of[a].append(len(kept))
            of[b].append(len(kept))
            kept.append(index)
            ends.append((a, b))
            common.append(both)
    day = Day(
        slots=instance.slots,
        tables=instance.tables,
        free=free,
        most=most,
        ends=tuple(ends),
        points=tuple(instance.requests[index].points for index in kept),
        common=tuple(common),
        of=tuple(tuple(row) for row in of),
    )
    return day, kept


class Timetable:
    """Who meets in which slot; ``who[p][t]`` is the request participant p meets for in slot t, or never."""

    def __init__(self, day: Day, at: Iterable[int] = ()) -> None:
        self.day = day
        self.at = [NEVER] * len(day.ends)
        self.who = [[NEVER] * day.slots for _ in range(day.people)]
        self.busy = [0] * day.people
        self.count = [0] * day.people
        self.idle = [0] * day.people
        self.in_slot: list[list[int]] = [[] for _ in range(day.slots)]
        self.place = [0] * len(day.ends)
        self.points = self.gaps = 0
        for k, slot in enumerate(at):
            if slot != NEVER:
                self.put(k, slot)

    @property
    def key(self) -> tuple[int, int]:
        return (self.points, -self.gaps)

    def put(self, k: int, slot: int) -> None:
        """Request k meets in the slot; there must be room."""
        self.at[k] = slot
        self.place[k] = len(self.in_slot[slot])
        self.in_slot[slot].append(k)
        self.points += self.day.points[k]
        for person in self.day.ends[k]:
            self.who[person][slot] = k
            self.count[person] += 1
            self.set_busy(person, self.busy[person] | 1 << slot)

    def take(self, k: int) -> None:
        """Request k does not meet any more."""
        slot = self.at[k]
        self.at[k] = NEVER
        last = self.in_slot[slot].pop()
        if last != k:
            self.in_slot[slot][self.place[k]] = last
            self.place[last] = self.place[k]
        self.points -= self.day.points[k]
        for person in self.day.ends[k]:
            self.who[person][slot] = NEVER
            self.count[person] -= 1
            self.set_busy(person, self.busy[person] ^ 1 << slot)

    def set_busy(self, person: int, busy: int) -> None:
        idle = idle_slots(busy, self.day.free[person])
        self.gaps += idle - self.idle[person]
        self.idle[person] = idle
        self.busy[person] = busy

    def move(self, chain: Iterable[int], one: int, other: int) -> None:
        """Each request of a whole chain goes from one of the two slots to the other."""
        moved = [(k, one + other - self.at[k]) for k in chain]
        for k, _ in moved:
            self.take(k)
        for k, slot in moved:
            self.put(k, slot)
