"""Who gets a stand at all: in order of priority, each who still can. Pure.

Sets of exhibitors that can all have a stand at the same time form a transversal matroid, so going through them by
priority and keeping each who can be added, with the others moving aside if need be, gives the best there is (Edmonds
and Fulkerson 1965).
"""

from collections import deque
from dataclasses import dataclass, field

from registrations.allocation.solver.solution import Reason
from registrations.allocation.solver.stands_read import Exhibitor, StandsInstance


@dataclass(slots=True)
class Places:
    """``at`` is one way to give everybody in ``placed`` a stand; ``fits`` are those each can have."""

    placed: list[Exhibitor] = field(default_factory=list)
    at: dict[str, str] = field(default_factory=dict)
    fits: dict[str, list[str]] = field(default_factory=dict)
    reasons: dict[str, Reason] = field(default_factory=dict)


def give_places(instance: StandsInstance, fixed: dict[str, str]) -> Places:
    """Places as many as possible by priority; who was placed by hand keeps that stand and comes first."""
    places = Places()
    held = set(fixed.values())
    who: dict[str, str] = {stand: exhibitor for exhibitor, stand in fixed.items()}
    for row in instance.exhibitors:
        if row.id in fixed:
            places.fits[row.id] = [fixed[row.id]]
        else:
            places.fits[row.id] = [stand.id for stand in instance.stands if row.fits(stand) and stand.id not in held]
    for number, row in enumerate(instance.by_priority, start=1):
        contested = None if row.id in fixed else make_room(row.id, places.fits, who)
        if contested is None:
            places.placed.append(row)
        else:
            places.reasons[row.id] = reason_for(instance, row, number, len(held), len(contested))
    places.at = {exhibitor: stand for stand, exhibitor in who.items()}
    return places


def make_room(exhibitor: str, fits: dict[str, list[str]], who: dict[str, str]) -> set[str] | None:
    """Gives the exhibitor a stand in ``who`` by moving others along a shortest path, and returns None.

    When there is no way: the stands that it and those who hold them compete for, which are one too few.
    """
    came: dict[str, str] = {}
    queue = deque([exhibitor])
    while queue:
        mover = queue.popleft()
        for stand in fits[mover]:
            if stand in came:
                continue
            came[stand] = mover
            if stand not in who:
                _move_along(stand, exhibitor, came, who)
                return None
            queue.append(who[stand])
    return set(came)


def _move_along(stand: str, exhibitor: str, came: dict[str, str], who: dict[str, str]) -> None:
    had = {holder: held for held, holder in who.items()}
    while True:
        mover = came[stand]
        who[stand] = mover
        if mover == exhibitor:
            return
        stand = had[mover]


def reason_for(instance: StandsInstance, row: Exhibitor, number: int, held: int, contested: int) -> Reason:
    """What stood against an exhibitor: ``contested`` stands, all taken by as many of higher priority."""
    all_stands = instance.stands
    fitting = [stand for stand in all_stands if row.fits(stand)]
    numbers = {
        "stands": len(all_stands),
        "large_enough": sum(stand.size >= row.min_size for stand in all_stands),
        "enough_power": sum(stand.power_w >= row.power_w for stand in all_stands),
        "fitting": len(fitting),
        "refused": sum(row.is_served_by(stand) and stand.id in row.refused for stand in all_stands),
        "min_size": row.min_size,
        "power_w": row.power_w,
    }
    if not all_stands:
        return Reason("no_stands", {"stands": 0})
    if not fitting:
        numbers["largest"] = max(stand.size for stand in all_stands)
        numbers["most_power_w"] = max(stand.power_w for stand in all_stands)
        if not numbers["large_enough"]:
            return Reason("no_stand_large_enough", numbers)
        if not numbers["enough_power"]:
            return Reason("no_stand_with_enough_power", numbers)
        if not numbers["refused"]:
            return Reason("no_stand_with_both", numbers)
        return Reason("stands_refused", numbers)
    numbers |= {"contested": contested, "taken_by_earlier": contested, "package": row.package, "priority": number}
    if held:
        numbers["given_by_hand"] = held
    return Reason("stands_taken" if contested else "stands_given_by_hand", numbers)
