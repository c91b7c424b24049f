"""Who meets whom, and when. Pure but for the clock.

Only mutual interest meets, once; nobody in two places; tables per slot. First as many interest points as possible, then
as few idle slots as possible between a participant's first and last meeting.
"""

from collections.abc import Sequence

from registrations.allocation.solver.budget import Budget
from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.meetings_day import NEVER, Day, plan_day
from registrations.allocation.solver.meetings_read import MeetingsInstance, Participant, Request
from registrations.allocation.solver.meetings_search import LEVELS, Search
from registrations.allocation.solver.solution import Level, Meeting, Reason, Solution, status_of
from registrations.allocation.solver.watching import Quiet, Watch

__all__ = ["LEVELS", "MeetingsInstance", "Participant", "Request", "solve_meetings"]


def solve_meetings(
    instance: MeetingsInstance, *, seconds: float = 60.0, seed: int = 1, watch: Watch | None = None
) -> Solution:
    """The best timetable found in ``seconds``; the same input, seconds and seed give the same one.

    ``reasons`` says of every mutual request that is not met, under ``"a b"``, what stood against it.
    """
    budget = Budget(seconds, watch or Quiet())
    day, kept = plan_day(instance)
    with Crew(budget, seed) as crew:
        search = Search(day, [NEVER] * len(kept), crew)
        search.run()
    points, gaps = search.worth
    levels = (
        Level(LEVELS[0], "max", points, search.most_points, points == search.most_points),
        Level(LEVELS[1], "min", gaps, search.least_gaps, gaps == search.least_gaps),
    )
    at = dict(zip(kept, search.at, strict=True))
    meetings = [
        Meeting(row.a, row.b, at[index] + 1)
        for index, row in enumerate(instance.requests)
        if at.get(index, NEVER) != NEVER
    ]
    return Solution(
        status=status_of(levels),
        objective=levels,
        meetings=tuple(sorted(meetings, key=lambda row: (row.slot, row.a, row.b))),
        reasons=reasons_for(instance, day, kept, search.at),
        seconds=budget.spent(),
        seed=seed,
    )


def reasons_for(instance: MeetingsInstance, day: Day, kept: Sequence[int], at: Sequence[int]) -> dict[str, Reason]:
    """What stood against each mutual request that is not met."""
    number = {row.id: k for k, row in enumerate(instance.participants)}
    open_slots = list(day.free)
    tables = [day.tables] * day.slots
    count = [0] * day.people
    met = set()
    for k, slot in enumerate(at):
        if slot != NEVER:
            met.add(kept[k])
            tables[slot] -= 1
            for person in day.ends[k]:
                open_slots[person] &= ~(1 << slot)
                count[person] += 1
    found = {}
    for index, row in enumerate(instance.requests):
        if row.mutual and index not in met:
            a, b = number[row.a], number[row.b]
            both = open_slots[a] & open_slots[b]
            found[f"{row.a} {row.b}"] = _reason(instance, row, (count[a], count[b]), day.free[a] & day.free[b], both)
    return found


def _reason(instance: MeetingsInstance, row: Request, count: tuple[int, int], common: int, both: int) -> Reason:
    """``common`` are the slots in which both can come at all, ``both`` those in which both are still free."""
    if not instance.slots or not instance.tables:
        return Reason("no_tables", {"slots": instance.slots, "tables": instance.tables})
    if not common:
        return Reason("never_there_together", {"slots": instance.slots, "common": 0})
    for id_, meetings in zip((row.a, row.b), count, strict=True):
        most = instance.participant[id_].max_meetings
        if meetings >= most:
            return Reason("enough_meetings", {"who": id_, "meetings": meetings, "most": most, "points": row.points})
    numbers = {"points": row.points, "common": common.bit_count(), "free_together": both.bit_count()}
    if not both:
        return Reason("others_met_instead", numbers)
    return Reason("tables_taken", {**numbers, "tables": instance.tables})
