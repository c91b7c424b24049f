"""What the pages show of a solution: who got what, against what each should have. Pure, JSON in and out.

The same picture is drawn of a proposal and of first come, first served, so that the two can stand side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from registrations.allocation.solver.problem import FORMAT

Json = dict[str, Any]

TOP = 3


def effective(instance: Json) -> Json:
    """The schools instance that was solved: itself, or a reallocation's base after its events."""
    if instance.get("format") == FORMAT:
        return instance
    base = instance["base"]
    groups = {row["id"]: row for row in base["groups"]}
    stations = {row["id"]: {**row, "closed": list(row["closed"])} for row in base["stations"]}
    waves = {row["id"]: dict(row) for row in base["waves"]}
    for event in instance["events"]:
        match event["type"]:
            case "cancel_group":
                groups.pop(event["group"], None)
            case "cancel_station":
                stations.pop(event["station"], None)
            case "close_round" if event["station"] in stations:
                stations[event["station"]]["closed"].append([event["wave"], event["round"]])
            case "cut_wave":
                wave = waves[event["wave"]]
                wave["capacity"] = max(0, wave["capacity"] - event["capacity_less"])
    return {**base, "groups": [*groups.values()], "stations": [*stations.values()], "waves": [*waves.values()]}


def waves_of(solution: Json) -> dict[str, str]:
    """The wave of each group that has a place."""
    return {row["group"]: row["wave"] for row in solution["assignments"]}


def picture(instance: Json, solution: Json) -> Json:
    """Counts of ``solution`` for the effective ``instance``; pairs are [met, of]."""
    groups = {row["id"]: row for row in instance["groups"]}
    school = {row["id"]: row["municipality"] for row in instance["schools"]}
    wave_of = {group: wave for group, wave in waves_of(solution).items() if group in groups}
    placed: Counter[str] = Counter()
    load: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for ident, wave in wave_of.items():
        placed[school[groups[ident]["school"]]] += groups[ident]["size"]
        load[wave] += groups[ident]["size"]
        classes[wave] += 1
    return {
        "pupils": [sum(placed.values()), sum(row["size"] for row in groups.values())],
        "places": min(instance["rules"]["places"], sum(row["capacity"] for row in instance["waves"])),
        "classes": [len(wave_of), len(groups)],
        "schools": [len({groups[ident]["school"] for ident in wave_of}), len({g["school"] for g in groups.values()})],
        "municipalities": {
            row["id"]: {
                "target": row["target"],
                "demand": row["demand"],
                "placed": placed[row["id"]],
                "permille": fulfilment(placed[row["id"]], row["target"]),
            }
            for row in instance["municipalities"]
        },
        "waves": {
            row["id"]: {"capacity": row["capacity"], "pupils": load[row["id"]], "classes": classes[row["id"]]}
            for row in instance["waves"]
        },
        **_wishes(instance, groups, wave_of, solution.get("visits", [])),
    }


def fulfilment(placed: int, target: int) -> int:
    """How much of its fair share a municipality has, in permille, at most 1000."""
    return 1000 if target <= 0 else min(1000, 1000 * placed // target)


def _wishes(instance: Json, groups: Json, wave_of: dict[str, str], visits: Iterable[Json]) -> Json:
    """Pupils whose first wish is met, of those who had one; and met wishes among everybody's first three.

    A wish for a field is met by any of its stations. A wish that nobody in the team could be sent to does not count.
    """
    stations = {row["id"]: row for row in instance["stations"]}
    seen = defaultdict(set)
    for row in visits:
        seen[row["team"]].add(row["station"])
    first, three = [0, 0], [0, 0]
    for ident in wave_of:
        group = groups[ident]
        for team in group["teams"]:
            tiers = [[key for key in tier if _suits(stations[key], group, team)] for tier in group["preferences"]]
            met = [not seen[team["id"]].isdisjoint(tier) for tier in tiers if tier][:TOP]
            if met:
                first = [first[0] + team["size"] * met[0], first[1] + team["size"]]
                three = [three[0] + team["size"] * sum(met), three[1] + team["size"] * len(met)]
    return {"first_wish": first, "three_wishes": three}


def _suits(station: Json, group: Json, team: Json) -> bool:
    return (
        team["size"] <= station["capacity"]
        and group["grade"] >= station["min_grade"]
        and (station["accessible"] or not team["wheelchair"])
    )
