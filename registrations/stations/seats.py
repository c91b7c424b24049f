"""How many pupils stations can receive, and which promised visits no longer fit. Pure: keys and numbers.

A slot is (admission's key, round from 1). A station that takes ``duration`` rounds is busy for as many in a row.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Slot = tuple[int, int]


@dataclass(frozen=True)
class Offer:
    """What a station can receive: ``capacity`` pupils at a time, each for ``duration`` rounds, not in ``closed``.

    ``accessible``: also from a wheelchair.
    """

    capacity: int
    duration: int = 1
    closed: frozenset[Slot] = frozenset()
    accessible: bool = True

    def is_open(self, wave: int, number: int) -> bool:
        return (wave, number) not in self.closed

    def turns(self, wave: int, rounds: int) -> int:
        """How many groups can come one after the other in an admission of ``rounds`` rounds."""
        turns = run = 0
        for number in range(1, rounds + 1):
            run = run + 1 if self.is_open(wave, number) else 0
            if run == self.duration:
                turns, run = turns + 1, 0
        return turns

    def visits(self, wave: int, rounds: int) -> int:
        """How many pupils can have visited the station when the admission is over."""
        return self.capacity * self.turns(wave, rounds)


@dataclass(frozen=True)
class Promise:
    """A team of ``size``, perhaps with a ``wheelchair``, that was told to come in ``wave`` from round ``round``."""

    wave: int
    round: int
    size: int
    wheelchair: bool = False

    def slots(self, duration: int) -> list[Slot]:
        return [(self.wave, self.round + past) for past in range(duration)]


def visits_in(offers: Iterable[Offer], wave: int, rounds: int) -> int:
    """How many visits all of ``offers`` can receive in an admission."""
    return sum(offer.visits(wave, rounds) for offer in offers)


def seats_by_round(offers: Iterable[Offer], wave: int, rounds: int) -> list[int]:
    """Pupils who can be at the stations at the same time, round by round."""
    offers = list(offers)
    return [sum(o.capacity for o in offers if o.is_open(wave, number)) for number in range(1, rounds + 1)]


def falling(offer: Offer | None, promises: Iterable[Promise], rounds: Mapping[int, int]) -> list[Promise]:
    """Those of ``promises`` that the station can no longer keep; ``offer=None``: it receives nobody any more.

    ``rounds`` says how many rounds each admission has. Where a round is too full, the largest teams fall first, so
    that as few as possible do.
    """
    kept = list(promises)
    if offer is None:
        return kept
    fallen = [p for p in kept if not _fits(offer, p, rounds)]
    kept = [p for p in kept if _fits(offer, p, rounds)]
    while too_full := _too_full(offer, kept):
        worst = max((p for p in kept if too_full in p.slots(offer.duration)), key=lambda p: p.size)
        kept.remove(worst)
        fallen.append(worst)
    return fallen


def _fits(offer: Offer, promise: Promise, rounds: Mapping[int, int]) -> bool:
    last = rounds.get(promise.wave, 0)
    if promise.wheelchair and not offer.accessible:
        return False
    return all(offer.is_open(wave, number) and number <= last for wave, number in promise.slots(offer.duration))


def _too_full(offer: Offer, promises: Iterable[Promise]) -> Slot | None:
    pupils: Counter[Slot] = Counter()
    for promise in promises:
        for slot in promise.slots(offer.duration):
            pupils[slot] += promise.size
    return next((slot for slot in sorted(pupils) if pupils[slot] > offer.capacity), None)
