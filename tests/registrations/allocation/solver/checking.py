"""Goes through a schools solution rule by rule and counts its levels: written from the rules, not from the solver."""

from collections import Counter
from itertools import pairwise
from typing import Any


def broken_rules(instance: dict[str, Any], solution: dict[str, Any]) -> list[str]:
    """Every hard rule that the solution breaks, in words; none for a valid one."""
    rules = instance["rules"]
    waves = {row["id"]: row for row in instance["waves"]}
    stations = {row["id"]: row for row in instance["stations"]}
    groups = {row["id"]: row for row in instance["groups"]}
    wrong: list[str] = []
    at = {row["group"]: row["wave"] for row in solution["assignments"]}
    if len(at) != len(solution["assignments"]):
        wrong.append("a group is placed twice")
    for name, wave in at.items():
        if wave not in groups[name]["waves"]:
            wrong.append(f"{name} cannot come in {wave}")
    for wave, row in waves.items():
        if sum(groups[name]["size"] for name in at if at[name] == wave) > row["capacity"]:
            wrong.append(f"{wave} is too full")
    if sum(groups[name]["size"] for name in at) > rules["places"]:
        wrong.append("there are more pupils than places")
    buses = {groups[name]["bus"] for name in at} - {None}
    if any(len({at[name] for name in at if groups[name]["bus"] == bus}) > 1 for bus in buses):
        wrong.append("a bus goes twice")
    if len({(groups[name]["school"], groups[name]["class"]) for name in at}) < len(at):
        wrong.append("a class comes twice")
    teams = {team["id"]: (team, groups[name], at[name]) for name in at for team in groups[name]["teams"]}
    seats: Counter[tuple[str, str, int]] = Counter()
    days: dict[str, list[tuple[int, int, str]]] = {team: [] for team in teams}
    for visit in solution.get("visits", []):
        team, group, wave = teams[visit["team"]]
        station = stations[visit["station"]]
        rounds = range(visit["round"], visit["round"] + station["duration"])
        days[visit["team"]].append((rounds[0], rounds[-1], station["id"]))
        if rounds[0] < 1 or rounds[-1] > waves[wave]["rounds"]:
            wrong.append(f"{visit} is outside the wave")
        if any([wave, at_] in station["closed"] for at_ in rounds):
            wrong.append(f"{visit} is at a closed station")
        if group["grade"] < station["min_grade"] or (team["wheelchair"] and not station["accessible"]):
            wrong.append(f"{visit} is not for this team")
        for at_ in rounds:
            seats[station["id"], wave, at_] += team["size"]
    wrong += [f"{key} is too full" for key, pupils in seats.items() if pupils > stations[key[0]]["capacity"]]
    for team, day in days.items():
        if len(day) != rules["visits_per_team"] or len({station for _, _, station in day}) != len(day):
            wrong.append(f"{team} has not the visits it should have")
        for (_, end, here), (start, _, there) in pairwise(sorted(day)):
            free = (start - end - 1) * (rules["round_minutes"] + rules["transition_minutes"])
            walk = instance["walk_minutes"][stations[here]["zone"]][stations[there]["zone"]]
            if start <= end or walk > free + rules["transition_minutes"]:
                wrong.append(f"{team} cannot go from {here} to {there}")
    return wrong


def levels(instance: dict[str, Any], solution: dict[str, Any]) -> list[Any]:
    """The six values in the instance's order of priorities."""
    groups = {row["id"]: row for row in instance["groups"]}
    home = {row["id"]: row["municipality"] for row in instance["schools"]}
    placed = [groups[row["group"]] for row in solution["assignments"]]
    shares = []
    for row in instance["municipalities"]:
        pupils = sum(group["size"] for group in placed if home[group["school"]] == row["id"])
        shares.append(min(1000, 1000 * pupils // row["target"]) if row["target"] else 1000)
    first = [len({group["school"] for group in placed}), sorted(shares)]
    if instance["rules"].get("order", ["schools"])[0] == "municipalities":
        first.reverse()
    worst, points = 1000, 0
    for group in placed:
        tiers = group["preferences"]
        for team in group["teams"]:
            worth = {}
            for index, tier in enumerate(tiers):
                for name in tier:
                    station = next(row for row in instance["stations"] if row["id"] == name)
                    if (
                        team["size"] <= station["capacity"]
                        and group["grade"] >= station["min_grade"]
                        and (station["accessible"] or not team["wheelchair"])
                    ):
                        worth.setdefault(name, len(tiers) - index)
            best = sum(sorted(worth.values())[::-1][: instance["rules"]["visits_per_team"]])
            visited = {row["station"] for row in solution.get("visits", []) if row["team"] == team["id"]}
            got = sum(worth.get(name, 0) for name in visited)
            points += team["size"] * got
            worst = min(worst, 1000 * got // best) if best else worst
    pupils = sum(group["size"] for group in placed)
    return [*first, pupils, sum(group["size"] * group["motivation"] for group in placed), worst, points]
