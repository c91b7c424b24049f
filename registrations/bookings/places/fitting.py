"""Whether other numbers fit where a class already has its place, and which of its teams grow or shrink. Pure.

A slot is a station in a round of the class's admission. The teams keep their slots: what they were told stays.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Slot = tuple[int, int]

# How far the exact search looks before it is content with what it has found.
MOST_TRIES = 20_000


@dataclass(frozen=True, slots=True)
class Team:
    """``slots`` are all rounds at all stations that the team takes up, ``wheelchairs`` how many of ``size``."""

    number: int
    size: int
    wheelchairs: int
    slots: frozenset[Slot]


@dataclass(frozen=True, slots=True)
class Fit:
    """``pupils`` can come; ``sizes`` by team number, without the teams that nobody is left in."""

    pupils: int
    sizes: dict[int, int]


def fit(teams: list[Team], pupils: int, wanted: int, *, places: int, seats: Mapping[Slot, int]) -> Fit:
    """As many of ``wanted`` as can come, for a class of ``pupils`` in ``teams``.

    ``places`` are free in the admission and in the evening, ``seats`` at each slot, both beside this class. A class
    without teams is bound by the places alone. Fewer always fit. Raises ValueError when ``wanted`` is less than one or
    less than the wheelchairs.
    """
    if wanted < max(1, sum(team.wheelchairs for team in teams)):
        raise ValueError(f"{wanted} pupils")
    more = min(wanted - pupils, max(places, 0))
    if more <= 0:
        return Fit(pupils + more, shrink(teams, -more))
    if not teams:
        return Fit(pupils + more, {})
    grown = grow(teams, more, seats)
    return Fit(pupils + sum(grown.values()), {team.number: team.size + grown[team.number] for team in teams})


def shrink(teams: list[Team], fewer: int) -> dict[int, int]:
    """Sizes when ``fewer`` come: from the largest team each time, and never below its wheelchairs.

    A team that would be left with nobody goes, and of two alike the later one.
    """
    sizes = {team.number: team.size for team in teams}
    least = {team.number: team.wheelchairs for team in teams}
    for _ in range(fewer):
        able = [number for number in sizes if sizes[number] > least[number]]
        if not able:
            break
        sizes[max(able, key=lambda number: (sizes[number], -least[number], number))] -= 1
    return {number: size for number, size in sizes.items() if size}


def grow(teams: list[Team], more: int, seats: Mapping[Slot, int]) -> dict[int, int]:
    """How many each team takes up of ``more``, at most: the smallest team first, as long as every slot has a seat."""
    evenly = _one_by_one(teams, more, seats)
    if sum(evenly.values()) == more:
        return evenly
    best = _search(teams, more, seats, sum(evenly.values()))
    return best or evenly


def _one_by_one(teams: list[Team], more: int, seats: Mapping[Slot, int]) -> dict[int, int]:
    grown = {team.number: 0 for team in teams}
    used: Counter[Slot] = Counter()
    for _ in range(more):
        able = [team for team in teams if all(seats.get(slot, 0) > used[slot] for slot in team.slots)]
        if not able:
            break
        team = min(able, key=lambda team: (team.size + grown[team.number], team.number))
        grown[team.number] += 1
        used.update(team.slots)
    return grown


def _search(teams: list[Team], more: int, seats: Mapping[Slot, int], known: int) -> dict[int, int] | None:
    """A better one than ``known``, if teams that share slots hide it: the best, within MOST_TRIES."""
    caps = [min((max(seats.get(slot, 0), 0) for slot in team.slots), default=more) for team in teams]
    after = [sum(caps[index:]) for index in range(len(teams) + 1)]
    used: Counter[Slot] = Counter()
    best, best_sum, tries = None, known, 0
    chosen = [0] * len(teams)

    def visit(index: int, total: int) -> None:
        nonlocal best, best_sum, tries
        tries += 1
        if total > best_sum:
            best, best_sum = dict(zip((team.number for team in teams), chosen, strict=True)), total
        if index == len(teams) or best_sum == more or tries > MOST_TRIES or total + after[index] <= best_sum:
            return
        slots = teams[index].slots
        room = min((max(seats.get(slot, 0), 0) - used[slot] for slot in slots), default=more)
        for take in range(max(0, min(room, more - total)), -1, -1):
            chosen[index] = take
            for slot in slots:
                used[slot] += take
            visit(index + 1, total + take)
            for slot in slots:
                used[slot] -= take
            chosen[index] = 0

    visit(0, 0)
    return best
