"""Instances small enough to work out by hand."""

from typing import Any


def station(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "company": name,
        "field": "el",
        "zone": "A",
        "capacity": 10,
        "duration": 1,
        "accessible": True,
        "min_grade": 9,
        "closed": [],
        **changes,
    }


def group(name: str, size: int = 10, **changes: Any) -> dict[str, Any]:
    """One team, its own school; comes in W1."""
    return {
        "id": name,
        "school": f"s-{name}",
        "class": "9A",
        "grade": 9,
        "size": size,
        "adults": 1,
        "teams": [{"id": f"{name}-1", "size": size, "wheelchair": False}],
        "waves": ["W1"],
        "bus": None,
        "motivation": 50,
        "applied_at": "2026-09-01T08:00:00",
        "preferences": [],
        **changes,
    }


def instance(
    groups: list[dict[str, Any]],
    stations: list[dict[str, Any]] | None = None,
    *,
    places: int = 100,
    visits: int = 1,
    rounds: int = 4,
    waves: dict[str, int] | None = None,
    homes: dict[str, str] | None = None,
    targets: dict[str, int] | None = None,
    order: list[str] | None = None,
) -> dict[str, Any]:
    """``waves`` are capacities, ``homes`` the municipality of a school (else lund), ``targets`` their shares."""
    schools = sorted({row["school"] for row in groups})
    homes = {school: (homes or {}).get(school, "lund") for school in schools}
    towns = sorted(set(homes.values()) | set(targets or {}))
    return {
        "format": "alloc.schools/1",
        "name": "by hand",
        "rules": {
            "places": places,
            "visits_per_team": visits,
            "round_minutes": 15,
            "transition_minutes": 5,
            "share_basis": "population",
            "order": order or ["schools", "municipalities", "places", "motivation"],
        },
        "walk_minutes": {"A": {"A": 0, "B": 9}, "B": {"A": 9, "B": 0}},
        "waves": [
            {"id": name, "capacity": capacity, "rounds": rounds} for name, capacity in (waves or {"W1": 100}).items()
        ],
        "municipalities": [
            {"id": town, "name": town, "population": 1000, "demand": 100, "target": (targets or {}).get(town, 0)}
            for town in towns
        ],
        "schools": [
            {"id": school, "name": school, "municipality": homes[school], "motivation": 50} for school in schools
        ],
        "groups": groups,
        "stations": stations if stations is not None else [station(f"st{number}") for number in range(1, 5)],
    }
