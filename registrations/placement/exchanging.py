"""Wishes for a corner or the entrance, met by exchanges that cost nothing of what the solver has settled. Pure.

The five levels know nothing of these wishes: a solver's arrangement meets them by chance. Yet many arrangements are as good
on every level, as any two exhibitors of one package may change stands without the worth of its positions changing. So
afterwards whoever has such a wish changes with somebody, or goes to a stand that is empty, where that meets more of its
wishes, breaks none of the other's and makes no level worse. Who comes first is asked first: the finer package, the earlier
application.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from registrations.placement.measures import Arrangement, Json, by_priority, fits, has_refused

WISHES = ("corner", "entrance")

Worth = tuple[int, int, int, int]
"""What is around two stands: competitors side by side (less than none), wishes for neighbours met, pairs from one
municipality, wishes for a corner or the entrance met. The larger the better, each on its own.
"""


def exchanged(instance: Json, fixed: Iterable[str], at: Arrangement) -> dict[str, str]:
    """``at`` after every exchange that helps; the exhibitors in ``fixed`` stay where they are, and nobody loses its stand."""
    floor = _Floor(instance, fixed, at)
    asking = [row["id"] for row in by_priority(instance["exhibitors"]) if floor.wants[row["id"]]]
    asking = [ident for ident in asking if ident in at and ident not in floor.fixed]
    while sum(floor.help(ident) for ident in asking):  # all of them before anybody again
        pass
    return floor.at


class _Floor:
    """An arrangement that is changed by exchanges, each better than what was before."""

    def __init__(self, instance: Json, fixed: Iterable[str], at: Arrangement) -> None:
        self.exhibitors: dict[str, Json] = {row["id"]: row for row in instance["exhibitors"]}
        self.stands: dict[str, Json] = {row["id"]: row for row in instance["stands"]}
        self.package = {ident: row["package"] for ident, row in self.exhibitors.items()}
        self.meets = {stand: {code for code in WISHES if row.get(code)} for stand, row in self.stands.items()}
        self.wants = {ident: {code for code in WISHES if row.get(code)} for ident, row in self.exhibitors.items()}
        self.fixed = frozenset(fixed)
        self.at = dict(at)
        self.holder = {stand: ident for ident, stand in at.items()}
        self.beside: defaultdict[str, set[str]] = defaultdict(set)
        for a, b in instance["adjacent"]:
            self.beside[a].add(b)
            self.beside[b].add(a)
        self.pair = cache(self._pair)

    def help(self, ident: str) -> bool:
        """Exchange its stand for the first that meets more of its wishes at no cost; whether there was one."""
        here = self.at[ident]
        has = self.met(ident, here)
        return has < len(self.wants[ident]) and any(
            self.is_as_good(here, stand) and self.met(ident, stand) > has and self.exchange(here, stand)
            for stand in self.stands
        )

    def exchange(self, here: str, there: str) -> bool:
        """Let the holders of two stands change places, if they can and it is better; ``there`` may be empty."""
        one, other = self.holder[here], self.holder.get(there)
        if not self.may(one, there):
            return False
        if other is not None and (not self.may(other, here) or self.met(other, here) < self.met(other, there)):
            return False  # nobody loses what it asked for and has
        before = self.worth(here, there)
        self.change(here, there)
        after = self.worth(here, there)
        if after > before and all(new >= old for new, old in zip(after, before, strict=True)):
            return True
        self.change(here, there)
        return False

    def is_as_good(self, here: str, there: str) -> bool:
        """Whether each package's positions come to the same when the holders of the two stands change places."""
        if self.stands[here]["value"] == self.stands[there]["value"]:
            return True
        other = self.holder.get(there)
        return other is not None and self.package[self.holder[here]] == self.package[other]

    def may(self, ident: str, stand: str) -> bool:
        row, there = self.exhibitors[ident], self.stands[stand]
        return ident not in self.fixed and fits(row, there) and not has_refused(row, there)

    def change(self, here: str, there: str) -> None:
        """Its own reverse."""
        one, other = self.holder.pop(here, None), self.holder.pop(there, None)
        for ident, stand in ((one, there), (other, here)):
            if ident is not None:
                self.holder[stand], self.at[ident] = ident, stand

    def worth(self, here: str, there: str) -> Worth:
        holder = self.holder
        edges = {(min(a, b), max(a, b)) for a in (here, there) for b in self.beside[a] if a in holder and b in holder}
        pairs = [self.pair(holder[a], holder[b]) for a, b in edges]
        competitors, near, same = (sum(pair[part] for pair in pairs) for part in range(3))
        return -competitors, near, same, sum(self.met(holder[one], one) for one in (here, there) if one in holder)

    def met(self, ident: str, stand: str) -> int:
        """How many of its wishes for a corner and the entrance the stand meets."""
        return len(self.wants[ident] & self.meets[stand])

    def _pair(self, one: str, other: str) -> tuple[int, int, int]:
        """What it means that the two stand side by side: competitors, wishes met, from one municipality."""
        a, b = self.exhibitors[one], self.exhibitors[other]
        return (
            int(other in a["not_near"] or one in b["not_near"]),
            (other in a["near"]) + (one in b["near"]),
            int(a["municipality"] == b["municipality"]),
        )
