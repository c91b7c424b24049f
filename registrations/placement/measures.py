"""What an arrangement of exhibitors on stands comes to: levels, wishes, and what a change by hand does to them. Pure.

An arrangement is ``{exhibitor: stand}`` by the ids of an instance (``instances.py``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Arrangement = Mapping[str, str]

LEVELS = (
    "placed_by_priority",
    "competitor_conflicts",
    "position_value_by_package",
    "near_wishes_met",
    "same_municipality_pairs",
)


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """What an exhibitor wished for: ``near`` (somebody: ``other``), ``corner`` or ``entrance``."""

    exhibitor: str
    code: str
    other: str = ""


@dataclass(frozen=True)
class Measured:
    """An arrangement with what can be asked of it; built once for many questions."""

    instance: Json
    at: Arrangement
    beside: dict[str, set[str]] = field(init=False)
    """Who stands beside whom."""

    def __post_init__(self) -> None:
        holder = {stand: ident for ident, stand in self.at.items()}
        beside: dict[str, set[str]] = {ident: set() for ident in self.at}
        for a, b in self.instance["adjacent"]:
            if a in holder and b in holder:
                beside[holder[a]].add(holder[b])
                beside[holder[b]].add(holder[a])
        object.__setattr__(self, "beside", beside)

    @property
    def exhibitors(self) -> list[Json]:
        rows: list[Json] = self.instance["exhibitors"]
        return rows

    @property
    def stands(self) -> dict[str, Json]:
        return {row["id"]: row for row in self.instance["stands"]}

    def competitors(self) -> set[tuple[str, str]]:
        """Those side by side of whom one does not want it, each pair once, the lesser id first."""
        return {
            (min(row["id"], other), max(row["id"], other))
            for row in self.exhibitors
            for other in row["not_near"]
            if other in self.beside.get(row["id"], ())
        }

    def wishes(self) -> dict[Wish, bool]:
        """Every wish of everybody, and whether it is met; somebody without a stand has none met."""
        stands, found = self.stands, {}
        for row in self.exhibitors:
            ident, here = row["id"], stands.get(self.at.get(row["id"], ""))
            for other in row["near"]:
                found[Wish(ident, "near", other)] = other in self.beside.get(ident, ())
            for code in ("corner", "entrance"):
                if row.get(code):
                    found[Wish(ident, code)] = bool(here and here.get(code))
        return found

    def values(self) -> dict[int, list[int]]:
        """By package: the worth of its exhibitors' positions, and how many of them have one."""
        stands, found = self.stands, {}
        for rank in sorted({row["package"] for row in self.exhibitors}):
            mine = [self.at[row["id"]] for row in self.exhibitors if row["package"] == rank and row["id"] in self.at]
            found[rank] = [sum(stands[stand]["value"] for stand in mine), len(mine)]
        return found

    def same(self) -> int:
        """Pairs of neighbours from one municipality."""
        home = {row["id"]: row["municipality"] for row in self.exhibitors}
        return sum(home[one] == home[other] for one, others in self.beside.items() for other in others) // 2

    def level_values(self) -> list[int | list[int]]:
        """The five levels as the solver counts them."""
        return [
            [int(row["id"] in self.at) for row in by_priority(self.exhibitors)],
            len(self.competitors()),
            [worth for worth, _count in self.values().values()],
            sum(met for wish, met in self.wishes().items() if wish.code == "near"),
            self.same(),
        ]


def by_priority(exhibitors: Iterable[Json]) -> list[Json]:
    """The finer package first, then who applied first."""
    return sorted(exhibitors, key=lambda row: (row["package"], row["registered_at"], row["id"]))


def picture(instance: Json, at: Arrangement) -> Json:
    """What the pages show of an arrangement, as JSON; pairs are ``[met, of]``."""
    measured = Measured(instance, at)
    wishes = measured.wishes()

    def met(code: str) -> list[int]:
        mine = [is_met for wish, is_met in wishes.items() if wish.code == code]
        return [sum(mine), len(mine)]

    return {
        "placed": [len(at), len(instance["exhibitors"])],
        "stands": len(instance["stands"]),
        "competitors": len(measured.competitors()),
        "values": {str(rank): pair for rank, pair in measured.values().items()},
        "near": met("near"),
        "corner": met("corner"),
        "entrance": met("entrance"),
        "same": measured.same(),
    }


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does: the pictures before and after, and what is new."""

    before: Json
    after: Json
    new_competitors: list[tuple[str, str]]
    gone_competitors: list[tuple[str, str]]
    lost: list[Wish]
    gained: list[Wish]
    moved: list[tuple[str, str, str]]
    """Exhibitor, the stand it had and the one it gets; "" for none."""


def effect(instance: Json, before: Arrangement, after: Arrangement) -> Effect:
    """What going from one arrangement to the other means."""
    one, other = Measured(instance, before), Measured(instance, after)
    was, now = one.wishes(), other.wishes()
    return Effect(
        picture(instance, before),
        picture(instance, after),
        sorted(other.competitors() - one.competitors()),
        sorted(one.competitors() - other.competitors()),
        sorted(wish for wish in was if was[wish] and not now[wish]),
        sorted(wish for wish in now if now[wish] and not was[wish]),
        [
            (row["id"], before.get(row["id"], ""), after.get(row["id"], ""))
            for row in instance["exhibitors"]
            if before.get(row["id"]) != after.get(row["id"])
        ],
    )


def fits(exhibitor: Json, stand: Json) -> bool:
    """Large enough and with the power; what the exhibitor has said of it is ``has_refused``'s."""
    return bool(stand["size"] >= exhibitor["min_size"] and stand["power_w"] >= exhibitor["power_w"])


def has_refused(exhibitor: Json, stand: Json) -> bool:
    """Whether it had said no to the stand when the instance was built."""
    return stand["id"] in exhibitor.get("refused", ())


def moved(at: Arrangement, exhibitor: str, stand: str) -> dict[str, str]:
    """The arrangement when ``exhibitor`` goes to ``stand``; whoever is there gets its stand, or none. "": it has none."""
    found = dict(at)
    left = found.pop(exhibitor, "")
    if not stand:
        return found
    holder = next((ident for ident, there in found.items() if there == stand), "")
    if holder:
        del found[holder]
        if left:
            found[holder] = left
    found[exhibitor] = stand
    return found


def objective_by_hand(objective: Iterable[Json], values: list[int | list[int]]) -> list[Json]:
    """The levels of an adjusted arrangement, held against what was known of the best (``objective``).

    A level's bound holds as long as the levels before it are as good as they were; after the first that is not, nothing
    is known. Proven is what reaches its bound after levels that all do.
    """
    found: list[Json] = []
    known = proven = True
    for row, value in zip(objective, values, strict=True):
        bound = row["bound"] if known else None
        proven = proven and bound is not None and value == bound
        found.append({**row, "value": value, "bound": bound, "proven": proven})
        known = known and value == row["value"]
    return found
