"""From wishes for a place to groups in waves, with what is proven about the levels. Pure."""

from dataclasses import dataclass

from registrations.allocation.solver.admission import Cut, Ladder
from registrations.allocation.solver.crew import Crew
from registrations.allocation.solver.frontier import Frontier
from registrations.allocation.solver.locks import ImpossibleLocks, Locks
from registrations.allocation.solver.possible import Possible
from registrations.allocation.solver.rungs import FEWEST, Rung, reached, rung_names
from registrations.allocation.solver.waves import spread

MOST_VISITS = 30_000
"""Up to so many possible visits a model of places may hold them all."""


@dataclass(frozen=True)
class Admission:
    """A wave for each group with a place, and the levels: values as reached, bounds as far as proven."""

    waves: dict[str, str]
    rungs: tuple[Rung, ...]

    @property
    def proven(self) -> bool:
        return all(rung.proven for rung in self.rungs)


@dataclass
class Admitter:
    """Remembers bounds and cuts from one attempt to the next."""

    possible: Possible
    crew: Crew
    locks: Locks
    work: float
    before: dict[str, str] | None = None
    cuts: tuple[Cut, ...] = ()
    known: list[Rung] | None = None
    doubtful: bool = False

    def admit(self, fallback: dict[str, str]) -> Admission:
        """The best places that the cuts allow; ``fallback`` where nothing better is found in time."""
        if self.before is None and self.known is None:
            found = self._relaxed()
            if found is not None:
                return found
        ladder = self._ladder()
        if self.known and all(rung.proven for rung in self.known):
            ladder.require(self.known)
            if ladder.settle(work=self.work / 2).solved and ladder.chosen is not None:
                return self._judged(ladder.chosen, self.known)
            ladder = self._ladder()
        ladder.hint(fallback)
        rungs = ladder.climb(work=self.work, known=self.known)
        if ladder.chosen is None:
            if self.locks.placed and not fallback:
                raise ImpossibleLocks("do_not_fit", tuple(sorted(self.locks.placed)))
            return self._judged(fallback, (self.known or []) if self.doubtful else rungs)
        if self.doubtful:
            return self._judged(ladder.chosen, self.known or [])
        if len(rungs) == len(ladder.names):
            self.known = rungs
        return self._judged(ladder.chosen, rungs)

    def cut(self, wave: str, groups: frozenset[str], *, proven: bool) -> None:
        """These groups not together in the wave; from the first cut that is not proven on, no more is learnt of bounds."""
        self.cuts += (Cut(wave, groups),)
        self.doubtful = self.doubtful or not proven

    def _ladder(self) -> Ladder:
        """With every visit in it as soon as timetables have proved to matter, where that is not too much."""
        timed = bool(self.cuts) and self._every_visit() <= MOST_VISITS
        return Ladder(self.possible, self.crew, self.locks, cuts=self.cuts, before=self.before, timed=timed)

    def _every_visit(self) -> int:
        possible = self.possible
        return sum(
            len(possible.starts[station, wave])
            for group in possible.instance.groups
            for wave in possible.waves[group.id]
            for team in group.teams
            for station in possible.eligible[team.id]
        )

    def _relaxed(self) -> Admission | None:
        """Solved without waves, when waves can then be found for the very same groups."""
        frontier = Frontier(self.possible, self.crew, self.locks)
        if frontier.too_large:
            return None
        rungs = frontier.climb(work=self.work)
        if len(rungs) < len(frontier.names):
            return None
        self.known = rungs
        waves = spread(self.possible, frontier.groups(), self.locks, self.crew.seed)
        return self._judged(waves, rungs) if waves is not None and self._seated(waves) else None

    def _seated(self, waves: dict[str, str]) -> bool:
        """Whether the waves' stations could hold these groups' visits."""
        ladder = self._ladder()
        for key, variable in ladder.inside.items():
            ladder.model.add(variable == (waves.get(key[0]) == key[1]))
        return ladder.settle(work=1.0).solved

    def _judged(self, waves: dict[str, str], rungs: list[Rung]) -> Admission:
        return Admission(waves, judged(self.possible, waves, rungs, self.before))


def judged(
    possible: Possible, waves: dict[str, str], rungs: list[Rung], before: dict[str, str] | None = None
) -> tuple[Rung, ...]:
    """The levels of these places against the bounds; a level is proven when it and all before it meet theirs."""
    values = reached(possible, waves, before)
    bounds = {rung.name: rung.bound for rung in rungs}
    found: list[Rung] = []
    certain = True
    for name in rung_names(possible, again=before is not None):
        value, bound = values[name], bounds.get(name)
        if bound is None:
            bound = farthest(possible, name)
        if not certain:
            bound = _loosest(name, value, bound)
        certain = certain and value == bound
        found.append(Rung(name, value, bound, certain))
    return tuple(found)


def _loosest(name: str, value: int | list[int], bound: int | list[int]) -> int | list[int]:
    """A bound that was found for other values of the levels before may be passed; then it bounds nothing."""
    if isinstance(value, list) or isinstance(bound, list):
        return max(list(value if isinstance(value, list) else []), list(bound if isinstance(bound, list) else []))
    return min(value, bound) if name in FEWEST else max(value, bound)


def farthest(possible: Possible, name: str) -> int | list[int]:
    """What the level can never pass, without any proof of more."""
    instance = possible.instance
    able = [group for group in instance.groups if possible.waves[group.id]]
    if name in FEWEST:
        return 0
    if name == "schools_with_place":
        return len({group.school for group in able})
    if name == "municipal_fulfilment_sorted":
        return [1000] * len(instance.municipalities)
    room = min(
        instance.rules.places,
        sum(wave.capacity for wave in instance.waves),
        sum(group.size for group in able),
    )
    return room if name == "pupils_placed" else room * max((group.motivation for group in able), default=0)
