"""Made-up schools instances of any size and some odd ones, from a seed: for tests and for ``make bench``."""

import random
from collections import Counter
from typing import Any

MUNICIPALITIES = {
    "burlov": ("Burlöv", 19900),
    "eslov": ("Eslöv", 34700),
    "hoor": ("Höör", 17200),
    "kavlinge": ("Kävlinge", 32400),
    "lomma": ("Lomma", 24900),
    "lund": ("Lund", 129600),
    "malmo": ("Malmö", 361800),
    "skurup": ("Skurup", 16700),
    "staffanstorp": ("Staffanstorp", 26700),
    "svedala": ("Svedala", 23300),
    "trelleborg": ("Trelleborg", 46700),
    "vellinge": ("Vellinge", 37900),
}
FIELDS = ("bygg", "el", "fordon", "industri", "it", "livsmedel", "logistik", "vard", "energi", "lantbruk")


def shares(demand: dict[str, int], places: int) -> dict[str, int]:
    """Places by population, nobody more than it asks for; what is left goes to the others."""
    target = dict.fromkeys(demand, 0)
    open_, left = {name for name, asked in demand.items() if asked}, places
    while open_ and left > 0:
        people = sum(MUNICIPALITIES[name][1] for name in open_)
        full = {name for name in open_ if demand[name] <= left * MUNICIPALITIES[name][1] / people}
        if not full:
            for name in open_:
                target[name] = int(left * MUNICIPALITIES[name][1] / people)
            break
        for name in full:
            target[name] = demand[name]
            left -= demand[name]
        open_ -= full
    return target


def stations(rnd: random.Random, count: int, waves: list[str], rounds: int) -> list[dict[str, Any]]:
    """Mostly near one another; a few far away that take two rounds; some closed for a round or a wave."""
    found = []
    for number in range(1, count + 1):
        zone = rnd.choices("ABC", weights=(70, 21, 9))[0]
        closed = []
        if rnd.random() < 0.2:
            closed = [[rnd.choice(waves), rnd.randint(1, rounds)]]
        elif rnd.random() < 0.18:
            wave = rnd.choice(waves)
            closed = [[wave, at] for at in range(1, rounds + 1)]
        found.append(
            {
                "id": f"st{number:03}",
                "company": f"Företag {number}",
                "field": FIELDS[number % len(FIELDS)],
                "zone": zone,
                "capacity": rnd.randint(10, 16),
                "duration": 2 if zone == "C" else 1,
                "accessible": rnd.random() < 0.8,
                "min_grade": 10 if rnd.random() < 0.12 else 9,
                "closed": closed,
            }
        )
    return found


def split(size: int, most: int = 10) -> list[int]:
    """Teams as even as can be."""
    parts = -(-size // most)
    return [size // parts + (index < size % parts) for index in range(parts)]


def schools_instance(
    seed: int = 1,
    *,
    places: int = 1000,
    applied: int | None = None,
    waves: int = 4,
    rounds: int = 6,
    station_count: int | None = None,
    visits: int = 4,
    order: tuple[str, ...] = ("schools", "municipalities", "places", "motivation"),
    sizes: tuple[int, int] = (9, 30),
) -> dict[str, Any]:
    """Of the shape that the days have had: 1 400 who apply for 1 000 places in four waves, 34 stations."""
    rnd = random.Random(seed)
    applied = places * 7 // 5 if applied is None else applied
    names = [f"W{number}" for number in range(1, waves + 1)]
    rows = stations(rnd, station_count if station_count is not None else max(6, places * 34 // 1000), names, rounds)
    popular = {row["id"]: rnd.uniform(0.2, 2.0) for row in rows}
    weights = [rnd.uniform(0.3, 2) + people / 150_000 for _, people in MUNICIPALITIES.values()]
    schools: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    total = 0
    while total < applied:
        number = len(schools) + 1
        order_of_municipalities = list(MUNICIPALITIES)
        municipality = (
            order_of_municipalities[number - 1]
            if number <= len(MUNICIPALITIES)
            else rnd.choices(order_of_municipalities, weights)[0]
        )
        school = {
            "id": f"sk{number:03}",
            "name": f"Skola {number}",
            "municipality": municipality,
            "motivation": rnd.randint(25, 95),
        }
        schools.append(school)
        upper = rnd.random() < 0.45
        bus = f"bus{number:03}" if rnd.random() < 0.5 else None
        for index in range(rnd.choices((1, 2, 3), weights=(5, 4, 1))[0]):
            grade = rnd.randint(10, 12) if upper else 9
            size = min(rnd.randint(*sizes), max(sizes[0], applied - total))
            total += size
            groups.append(_group(rnd, len(groups) + 1, school, index, grade, size, bus, names, popular))
    for bus, riders in Counter(group["bus"] for group in groups).items():
        if riders == 1:
            next(group for group in groups if group["bus"] == bus)["bus"] = None
    demand = Counter(dict.fromkeys(MUNICIPALITIES, 0))
    for group in groups:
        demand[next(row["municipality"] for row in schools if row["id"] == group["school"])] += group["size"]
    target = shares(dict(demand), places)
    return {
        "format": "alloc.schools/1",
        "name": f"made-{places}-{seed}",
        "rules": {
            "places": places,
            "visits_per_team": visits,
            "round_minutes": 15,
            "transition_minutes": 5,
            "share_basis": "population",
            "order": list(order),
        },
        "walk_minutes": {"A": {"A": 0, "B": 3, "C": 9}, "B": {"A": 3, "B": 0, "C": 7}, "C": {"A": 9, "B": 7, "C": 4}},
        "waves": [{"id": name, "capacity": places // waves, "rounds": rounds} for name in names],
        "municipalities": [
            {"id": key, "name": name, "population": people, "demand": demand[key], "target": target[key]}
            for key, (name, people) in MUNICIPALITIES.items()
        ],
        "schools": schools,
        "groups": groups,
        "stations": rows,
    }


def _group(
    rnd: random.Random,
    number: int,
    school: dict[str, Any],
    index: int,
    grade: int,
    size: int,
    bus: str | None,
    waves: list[str],
    popular: dict[str, float],
) -> dict[str, Any]:
    wished = sorted(popular, key=lambda station: -(rnd.random() ** (1 / popular[station])))[:8]
    tiers = [[station] for station in wished]
    if rnd.random() < 0.1 and len(tiers) > 3:
        tiers[2:4] = [tiers[2] + tiers[3]]
    possible = waves if rnd.random() < 0.8 or len(waves) < 3 else sorted(rnd.sample(waves, 2))
    return {
        "id": f"g{number:04}",
        "school": school["id"],
        "class": f"{9 if grade == 9 else f'GY{grade - 9}'}{'ABCDE'[index]}",
        "grade": grade,
        "size": size,
        "adults": 1 + size // 16,
        "teams": [
            {"id": f"g{number:04}-{part}", "size": pupils, "wheelchair": rnd.random() < 0.03}
            for part, pupils in enumerate(split(size), 1)
        ],
        "waves": list(possible),
        "bus": bus,
        "motivation": max(0, min(100, school["motivation"] + rnd.randint(-10, 10))),
        "applied_at": f"2026-09-{rnd.randint(1, 28):02}T{rnd.randint(0, 23):02}:{rnd.randint(0, 59):02}:00",
        "preferences": tiers,
    }
