"""From a solution to rows: the teams of each placed class, and which station they are at in which round."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from registrations.allocation.division import spread
from registrations.allocation.instances import group_id, pk_of
from registrations.allocation.models import Team, Visit
from registrations.bookings.models import SchoolClass

Plan = dict[str, list[tuple[int, int]]]
"""Per team of a class, such as ``c12-1``: the round and the station's key of each visit, in order."""


def plans_of(solution: dict[str, Any]) -> dict[int, Plan]:
    """The visits of a solution, by class."""
    found: defaultdict[int, Plan] = defaultdict(lambda: defaultdict(list))
    for row in solution.get("visits", []):
        found[pk_of(row["team"])][row["team"]].append((row["round"], pk_of(row["station"])))
    return {pk: {team: sorted(visits) for team, visits in plan.items()} for pk, plan in found.items()}


def plans_now(classes: Iterable[SchoolClass]) -> dict[int, Plan]:
    """The same of the rows as they are; one query."""
    found: defaultdict[int, Plan] = defaultdict(lambda: defaultdict(list))
    rows = Visit.objects.filter(team__school_class__in=list(classes)).order_by("round")
    for pk, number, station, first in rows.values_list("team__school_class", "team__number", "station", "round"):
        found[pk][f"c{pk}-{number}"].append((first, station))
    return {pk: {team: sorted(visits) for team, visits in plan.items()} for pk, plan in found.items()}


def write_timetables(classes: list[SchoolClass], instance: dict[str, Any], plans: dict[int, Plan]) -> None:
    """Teams and visits of ``classes`` as ``instance`` and ``plans`` have them, in the place of what there was."""
    Team.objects.filter(school_class__in=classes).delete()
    groups = {row["id"]: row for row in instance["groups"]}
    teams: dict[str, Team] = {}
    for row in classes:
        group = groups[group_id(row)]
        chairs = iter(spread(row.wheelchairs, sum(team["wheelchair"] for team in group["teams"]) or 1))
        for team in group["teams"]:
            teams[team["id"]] = Team(
                school_class=row,
                # A class that has become smaller may have lost a team: the others keep the number on their sheet.
                number=int(team["id"].rpartition("-")[2]),
                size=team["size"],
                wheelchairs=next(chairs) if team["wheelchair"] else 0,
            )
    Team.objects.bulk_create(teams.values())
    Visit.objects.bulk_create(
        Visit(team=teams[ident], station_id=station, round=first)
        for row in classes
        for ident, visits in plans.get(row.pk, {}).items()
        for first, station in visits
    )
