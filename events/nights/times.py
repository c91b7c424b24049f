"""When the rounds of an admission run, and how far a walk between two visits reaches. Pure; times are aware."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil


@dataclass(frozen=True)
class Rhythm:
    """Minutes: from admission to the first round, in a round, between two rounds."""

    welcome: int
    round: int
    transition: int

    @property
    def step(self) -> int:
        """From the start of a round to the start of the next."""
        return self.round + self.transition


@dataclass(frozen=True)
class Round:
    """Round ``number`` (from 1) of an admission."""

    number: int
    starts_at: datetime
    ends_at: datetime


def rounds_of(starts_at: datetime, count: int, rhythm: Rhythm) -> list[Round]:
    """The ``count`` rounds of an admission at ``starts_at``, in order."""
    first = starts_at + timedelta(minutes=rhythm.welcome)
    begins = [first + timedelta(minutes=rhythm.step * past) for past in range(count)]
    return [Round(n, begin, begin + timedelta(minutes=rhythm.round)) for n, begin in enumerate(begins, start=1)]


def rounds_lost(walk: int, rhythm: Rhythm) -> int:
    """How many rounds must be free between two visits that are ``walk`` minutes apart: 0 if the transition is enough.

    The rule of the allocation: free rounds × (round + transition) + transition ≥ walk.
    """
    if walk <= rhythm.transition:
        return 0
    return ceil((walk - rhythm.transition) / rhythm.step)
