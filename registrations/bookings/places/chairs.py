"""Which of a class's teams its wheelchairs go to, when there are more or fewer than it was told with. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """A team of ``size`` pupils, ``wheelchairs`` among them. ``suits``: a wheelchair gets to every station of it."""

    number: int
    size: int
    wheelchairs: int
    suits: bool


def seated(teams: Iterable[Team], wheelchairs: int) -> dict[int, int]:
    """How many of ``wheelchairs`` go with each of ``teams``, by number; at most as many as all teams have pupils.

    Whoever has a team stays in it where that is possible. One more goes to a team whose stations suit, the one with
    the fewest; only when those are full to another. One fewer leaves a team whose stations do not suit first.
    """
    rows = {team.number: team for team in teams}
    chairs = {number: min(team.wheelchairs, team.size) for number, team in rows.items()}
    wanted = min(wheelchairs, sum(team.size for team in rows.values()))
    while sum(chairs.values()) > wanted:
        having = [number for number in chairs if chairs[number]]
        chairs[max(having, key=lambda number: (not rows[number].suits, chairs[number], number))] -= 1
    while sum(chairs.values()) < wanted:
        roomy = [number for number in chairs if chairs[number] < rows[number].size]
        chairs[min(roomy, key=lambda number: (not rows[number].suits, chairs[number], number))] += 1
    return chairs
