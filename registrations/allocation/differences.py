"""What has changed between the bookings that a proposal was made on and the bookings now. Pure, over two instances.

A difference breaks a proposal when publishing it would promise what is no longer there, or pass somebody by: then a new
one is made. Others are only told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """``code`` says what; ``about`` is an id in the instances, or empty; before and after where there are any."""

    code: str
    about: str = ""
    before: Any = None
    after: Any = None
    breaks: bool = True


OF_A_CLASS = (
    ("size", "class_size"),
    ("school", "class_school"),
    ("class", "class_name"),
    ("grade", "class_grade"),
    ("teams", "class_teams"),
    ("waves", "class_times"),
    ("bus", "class_bus"),
    ("motivation", "class_points"),
    ("preferences", "class_wishes"),
)
OF_A_STATION = ("zone", "capacity", "duration", "accessible", "min_grade", "closed")
RULES = ("places", "visits_per_team", "round_minutes", "transition_minutes", "share_basis", "order")


def differences(then: Json, now: Json, solution: Json | None = None) -> list[Difference]:
    """Everything that differs, what breaks the proposal first. ``solution`` tells which stations it uses."""
    solution = solution or {"assignments": []}
    placed = {row["group"] for row in solution["assignments"]}
    used = {row["station"] for row in solution.get("visits", [])}
    found = [
        *_rules(then, now),
        *_shares(then, now),
        *_waves(then, now),
        *_classes(then, now, placed),
        *_stations(then, now, used),
    ]
    return sorted(found, key=lambda row: not row.breaks)


def _rows(then: Json, now: Json, key: str) -> tuple[dict[str, Json], dict[str, Json]]:
    return {row["id"]: row for row in then[key]}, {row["id"]: row for row in now[key]}


def _rules(then: Json, now: Json) -> Iterator[Difference]:
    for name in RULES:
        before, after = then["rules"].get(name), now["rules"].get(name)
        if before != after:
            yield Difference("rule", name, before, after)
    zones = {row["zone"] for row in then["stations"]} & {row["zone"] for row in now["stations"]}
    if any(then["walk_minutes"][a][b] != now["walk_minutes"][a][b] for a in zones for b in zones):
        yield Difference("walks")


def _shares(then: Json, now: Json) -> Iterator[Difference]:
    if then["rules"].get("share_basis") != now["rules"].get("share_basis"):
        return  # said once, among the rules: every number is another then
    old, new = _rows(then, now, "municipalities")
    for ident in old.keys() & new.keys():
        before, after = old[ident]["population"], new[ident]["population"]
        if before != after and (old[ident]["demand"] or new[ident]["demand"]):
            yield Difference("basis", ident, before, after)


def _waves(then: Json, now: Json) -> Iterator[Difference]:
    old, new = _rows(then, now, "waves")
    yield from (Difference("wave_gone", ident) for ident in _in_order(old, old.keys() - new.keys()))
    yield from (Difference("wave_new", ident) for ident in _in_order(new, new.keys() - old.keys()))
    for ident in _in_order(old, old.keys() & new.keys()):
        for name in ("capacity", "rounds"):
            if old[ident][name] != new[ident][name]:
                yield Difference(f"wave_{name}", ident, old[ident][name], new[ident][name])


def _classes(then: Json, now: Json, placed: set[str]) -> Iterator[Difference]:
    old, new = _rows(then, now, "groups")
    for ident in _in_order(old, old.keys() - new.keys()):
        yield Difference("class_gone", ident, breaks=ident in placed)
    for ident in _in_order(new, new.keys() - old.keys()):
        yield Difference("class_new", ident)
    for ident in _in_order(old, old.keys() & new.keys()):
        yield from _class(old[ident], new[ident])


def _class(old: Json, new: Json) -> Iterator[Difference]:
    changed = [(name, code) for name, code in OF_A_CLASS if old[name] != new[name]]
    if ("size", "class_size") in changed:  # other teams follow from another number
        changed = [pair for pair in changed if pair[0] != "teams"]
    for name, code in changed:
        yield Difference(code, old["id"], old[name], new[name])
    if old["adults"] != new["adults"]:
        yield Difference("class_adults", old["id"], old["adults"], new["adults"], breaks=False)


def _stations(then: Json, now: Json, used: set[str]) -> Iterator[Difference]:
    old, new = _rows(then, now, "stations")
    for ident in _in_order(old, old.keys() - new.keys()):
        yield Difference("station_gone", ident, breaks=ident in used)
    for ident in _in_order(new, new.keys() - old.keys()):
        yield Difference("station_new", ident, breaks=False)
    for ident in _in_order(old, old.keys() & new.keys()):
        changed = [name for name in OF_A_STATION if _plain(old[ident][name]) != _plain(new[ident][name])]
        worse = any(_is_worse(name, old[ident][name], new[ident][name]) for name in changed)
        if changed:
            yield Difference("station_changed", ident, breaks=worse and ident in used)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _is_worse(name: str, before: Any, after: Any) -> bool:
    """Whether what was planned may no longer hold."""
    match name:
        case "capacity" | "accessible":
            return after < before
        case "min_grade":
            return after > before
        case "closed":
            return any(row not in before for row in after)
    return True


def _in_order(rows: dict[str, Json], keys: Iterable[str]) -> list[str]:
    wanted = set(keys)
    return [ident for ident in rows if ident in wanted]
