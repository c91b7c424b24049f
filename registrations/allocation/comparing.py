"""Two proposals side by side: what each level came to, and who won and lost. Pure."""

from dataclasses import dataclass
from typing import Any

from registrations.allocation.pictures import waves_of

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of a class: ``won`` and ``lost`` a place in the other, or ``moved`` to another wave."""

    kind: str
    group: str
    before: str | None
    after: str | None


def turns(one: Json, other: Json) -> list[Turn]:
    """What the solution ``other`` makes different for classes that are in both or in either, as ``one`` has it."""
    before, after = waves_of(one), waves_of(other)
    found = []
    for group in sorted(before.keys() | after.keys(), key=lambda ident: (len(ident), ident)):
        old, new = before.get(group), after.get(group)
        if old != new:
            kind = "won" if old is None else "lost" if new is None else "moved"
            found.append(Turn(kind, group, old, new))
    return found


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A level in both; ``better`` is 1 when the other is better, -1 when it is worse, 0 when they are equal."""

    name: str
    one: Json | None
    other: Json | None
    better: int


def levels(one: Json, other: Json) -> list[LevelPair]:
    """The levels of both, in the first one's order; a level that only one has stands with ``None``."""
    mine = {row["name"]: row for row in one.get("objective", [])}
    theirs = {row["name"]: row for row in other.get("objective", [])}
    return [LevelPair(name, mine.get(name), theirs.get(name), _better(mine.get(name), theirs.get(name)))
            for name in [*mine, *(name for name in theirs if name not in mine)]]  # fmt: skip


def _better(one: Json | None, other: Json | None) -> int:
    if one is None or other is None or one["value"] == other["value"]:
        return 0
    greater = other["value"] > one["value"]
    return 1 if greater == (one["sense"] == "max") else -1
