"""Seats there are and seats that are needed: conditions a wave's groups must meet before any timetable. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.problem import Group


def seats(possible: Possible, groups: Iterable[Group]) -> Iterator[tuple[str, dict[str, int], int]]:
    """Triples of a wave, visits per group, and the most such visits there is room for (Hall's condition).

    For all teams of at least some size that may only go to some stations: their visits fit in what these stations
    hold. Conditions that can never fail are left out.
    """
    groups = list(groups)
    for wave in possible.instance.waves:
        own = [group for group in groups if wave.id in possible.waves[group.id]]
        for counts, room in _conditions(possible, own, wave.id, wave.capacity):
            yield wave.id, counts, room


def _conditions(
    possible: Possible, groups: list[Group], wave: str, pupils: int
) -> Iterator[tuple[dict[str, int], int]]:
    """Visits per group and the room for them in that wave, where ``pupils`` come at most."""
    instance, k = possible.instance, possible.k
    if not k:
        return
    reach: dict[frozenset[str], list[tuple[str, int]]] = defaultdict(list)
    sizes = sorted({team.size for group in groups for team in group.teams})
    for group in groups:
        for team in group.teams:
            reach[frozenset(possible.eligible[team.id])].append((group.id, team.size))
    for size in sizes if len(sizes) <= 12 else sizes[:: max(1, len(sizes) // 12)]:
        for stations in reach:
            room = sum(
                possible.most[station, wave] * (instance.station[station].capacity // size) for station in stations
            )
            if k * (pupils // size) <= room:
                continue
            counts: Counter[str] = Counter()
            for others, teams in reach.items():
                if others <= stations:
                    for name, team_size in teams:
                        if team_size >= size:
                            counts[name] += k
            if counts.total() > room:
                yield dict(counts), room
