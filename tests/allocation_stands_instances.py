"""Made-up stands and meetings instances of any size, from a seed: for tests and for ``make bench``."""

import random
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from tests.allocation_instances import FIELDS, MUNICIPALITIES

AISLE = 7
"""Stands in a row up to the next aisle; two rows stand back to back."""


def stands(exhibitors: int = 134, spare: int = 6, columns: int = 14, seed: int = 1) -> dict[str, Any]:
    """A hall with ``spare`` more stands than exhibitors (fewer, when negative); 402 makes three times the fair."""
    chance = random.Random(seed)
    places = [divmod(k, columns) for k in range(max(0, exhibitors + spare))]
    rows = [_stand(chance, row, col, columns) for row, col in places]
    ids = {(row["row"], row["col"]): row["id"] for row in rows}
    beside = []
    for row, col in places:
        if (row, col + 1) in ids and (col + 1) % AISLE:
            beside.append([ids[row, col], ids[row, col + 1]])
        if row % 2 == 0 and (row + 1, col) in ids:
            beside.append([ids[row, col], ids[row + 1, col]])
    return {
        "format": "alloc.stands/1",
        "name": f"made-stands-{exhibitors}-{seed}",
        "stands": rows,
        "adjacent": beside,
        "exhibitors": _exhibitors(chance, exhibitors),
    }


def _stand(chance: random.Random, row: int, col: int, columns: int) -> dict[str, Any]:
    corner = col % AISLE in (0, AISLE - 1) or col == columns - 1
    return {
        "id": f"R{row + 1:02}-{col + 1:02}",
        "size": chance.choices((6, 9, 12, 18), (4, 9, 6, 2))[0],
        "power_w": chance.choices((0, 2300, 3680, 11000), (1, 10, 4, 3))[0],
        "value": max(1, 3 - row // 3) + corner,
        "row": row,
        "col": col,
    }


def _exhibitors(chance: random.Random, many: int) -> list[dict[str, Any]]:
    start = datetime(2026, 9, 1, 6)
    names = [f"e{number:04}" for number in range(1, many + 1)]
    people = [size for _, size in MUNICIPALITIES.values()]
    field = {name: chance.choice(FIELDS) for name in names}
    found = []
    for name in names:
        rivals = [other for other in names if other != name and field[other] == field[name]]
        others = [other for other in names if other != name and field[other] != field[name]]
        found.append(
            {
                "id": name,
                "municipality": chance.choices(list(MUNICIPALITIES), people)[0],
                "field": field[name],
                "package": chance.choices((1, 2, 3, 4), (1, 4, 7, 14))[0],
                "registered_at": (start + timedelta(minutes=chance.randrange(40_000))).isoformat(),
                "min_size": chance.choices((6, 9, 12), (6, 3, 2))[0],
                "power_w": chance.choices((0, 2300, 3680, 11000), (10, 12, 4, 1))[0],
                "near": chance.sample(others, min(len(others), chance.choices((0, 1, 2), (7, 3, 3))[0])),
                "not_near": chance.sample(rivals, min(len(rivals), chance.choices((0, 1, 2, 3), (20, 3, 3, 3))[0])),
            }
        )
    return found


def meetings(
    visitors: int = 300, exhibitors: int = 134, tables: int = 30, slots: int = 12, seed: int = 1
) -> dict[str, Any]:
    """A day of pre-booked meetings; about half of the requests are wanted by both."""
    chance = random.Random(seed)
    hosts = [f"x{number:04}" for number in range(1, exhibitors + 1)]
    guests = [f"v{number:04}" for number in range(1, visitors + 1)]
    weight = [chance.paretovariate(1.2) for _ in hosts]
    pairs = [
        (guest, host)
        for guest in guests
        for host in sorted(set(chance.choices(hosts, weight, k=chance.randint(5, 15)) if hosts else ()))
    ]
    pairs += [pair for pair in combinations(hosts, 2) if chance.random() < 5 / exhibitors]
    return {
        "format": "alloc.meetings/1",
        "name": f"made-meetings-{visitors}-{exhibitors}-{seed}",
        "slots": slots,
        "tables": tables,
        "participants": [
            *(_participant(chance, name, "exhibitor", (4, 6, 8, 10), slots) for name in hosts),
            *(_participant(chance, name, "visitor", (2, 3, 4, 6), slots) for name in guests),
        ],
        "requests": [_request(chance, a, b) for a, b in pairs],
    }


def _participant(chance: random.Random, name: str, kind: str, most: tuple[int, ...], slots: int) -> dict[str, Any]:
    away = chance.randint(1, min(5, slots)) if slots and chance.random() < 0.3 else 0
    first = chance.randint(1, slots - away + 1) if away else 1
    return {
        "id": name,
        "kind": kind,
        "max_meetings": chance.choice(most),
        "unavailable": list(range(first, first + away)),
    }


def _request(chance: random.Random, a: str, b: str) -> dict[str, Any]:
    wanted = (chance.randint(1, 3), chance.randint(1, 3))
    half = chance.random()
    interest = wanted if half < 0.5 else (wanted[0], 0) if half < 0.85 else (0, wanted[1])
    return {"a": a, "b": b, "interest_a": interest[0], "interest_b": interest[1]}
