"""Two proposals side by side: their levels, the wishes that the levels leave out, and who gets another stand."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registrations.placement.models import StandProposal
from registrations.placement.queries import Names, levels_of
from registrations.placement.words import LevelLine


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A level in both; ``better`` is 1 when the other is better, -1 when it is worse, 0 when they are equal."""

    title: str
    one: LevelLine
    other: LevelLine
    better: int


@dataclass(frozen=True, slots=True)
class Turn:
    """An exhibitor whose stand differs; "" for no stand."""

    kind: str
    name: str
    before: str
    after: str


def levels(one: StandProposal, other: StandProposal) -> list[LevelPair]:
    """The levels of both, in their order."""
    rows = zip((one.solution or {})["objective"], (other.solution or {})["objective"], strict=True)
    return [
        LevelPair(mine.title, mine, theirs, _better(a, b))
        for mine, theirs, (a, b) in zip(levels_of(one), levels_of(other), rows, strict=True)
    ]


def _better(one: dict[str, Any], other: dict[str, Any]) -> int:
    """Lists only where both are about the same exhibitors or packages; otherwise neither is called better."""
    a, b = one["value"], other["value"]
    if a == b or (isinstance(a, list) and len(a) != len(b)):
        return 0
    return 1 if (b > a) == (one["sense"] == "max") else -1


def wishes(one: StandProposal, other: StandProposal) -> list[dict[str, Any]]:
    """Met of asked, for corners and the entrance."""
    titles = {"corner": _("Wishes for a corner"), "entrance": _("Wishes to be near the entrance")}
    return [
        {"title": title, "one": one.measures[code], "other": other.measures[code]} for code, title in titles.items()
    ]


def turns(one: StandProposal, other: StandProposal, names: Names) -> dict[str, list[Turn]]:
    """Who gets a stand, loses it or gets another one, by name."""
    before, after = one.arrangement, other.arrangement
    found: dict[str, list[Turn]] = {"won": [], "lost": [], "moved": []}
    for ident in before.keys() | after.keys():
        was, now = before.get(ident), after.get(ident)
        if was != now:
            kind = "won" if was is None else "lost" if now is None else "moved"
            shown = [names.stand(stand) if stand else "" for stand in (was, now)]
            found[kind].append(Turn(kind, names.exhibitor(ident), *shown))
    return {kind: sorted(rows, key=lambda row: row.name.casefold()) for kind, rows in found.items()}
