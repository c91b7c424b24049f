"""Means, medians, NPS and NKI with their intervals. Pure: how many gave each number in, numbers out.

Answers come as ``{number: how many gave it}``. A ``population`` narrows an interval by the finite population
correction; one that is smaller than the answers is not the one that answered, and is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import sqrt

from surveys.figures.figure import Asked, Reason
from surveys.figures.shares import Z_95, Interval
from surveys.figures.student import t_95

METHODS = {"mean": "mean-t-1", "median": "median-order-1", "nps": "nps-1", "nki": "nki-t-1"}
PROMOTERS_FROM, DETRACTORS_TO = 9, 6


@dataclass(frozen=True, slots=True)
class Estimate:
    """``value`` of ``n`` answers in its own unit; ``None`` without any. ``interval=None``: it cannot be told.

    It cannot with a single answer, nor where all say the same: no spread is no proof of certainty. Where everybody of
    the population has answered it is the value alone.
    """

    value: float | None
    interval: Interval | None
    n: int
    population: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a question of numbers came to. ``statistic``: ``mean``, ``median``, ``nps`` (−100 to 100) or ``nki`` (0–100).

    ``value`` and the limits of ``interval`` are in the statistic's own unit; ``n`` gave a number ("don't know" is none).
    ``population=None``: not known. A suppressed measure keeps ``n`` and says why the rest is withheld. ``computed_at``
    is aware. ``parts``: the index's three, 0–100 each, whose mean it is; empty for everything else and when suppressed.
    """

    asked: Asked
    statistic: str
    value: float | None
    interval: Interval | None
    n: int
    population: int | None
    suppressed: bool
    reason: Reason | None
    method: str
    computed_at: datetime
    parts: tuple[float, ...] = ()

    @property
    def response_rate(self) -> float | None:
        """Answers of the population, from 0 to 1."""
        return self.n / self.population if self.population else None

    @property
    def is_exact(self) -> bool:
        """Everybody has answered: nothing is left to be uncertain about."""
        return self.n > 0 and self.n == self.population


def measure_of(
    asked: Asked,
    statistic: str,
    counts: Mapping[int, int],
    *,
    population: int | None,
    below: int,
    computed_at: datetime,
    ends: tuple[float, float] | None = None,
    waiting: bool = False,
) -> Measure:
    """The measure of ``counts``, withheld where fewer than ``below`` gave a number.

    For ``nki`` the counts are of the sums of each respondent's three answers. ``ends`` bound a mean's interval.
    ``waiting``: answers may come, or have come and are sealed. Raises ValueError for an answer that cannot be one.
    """
    found = estimate(statistic, counts, population, ends)
    measure = Measure(
        asked=asked,
        statistic=statistic,
        value=found.value,
        interval=found.interval,
        n=found.n,
        population=found.population,
        suppressed=False,
        reason=None,
        method=METHODS[statistic],
        computed_at=computed_at,
    )
    if found.n and found.n >= below:
        return measure
    nothing = Reason.WAITING if waiting else Reason.NO_ANSWERS
    return replace(measure, value=None, interval=None, suppressed=True, reason=Reason.TOO_FEW if found.n else nothing)


def estimate(
    statistic: str, counts: Mapping[int, int], population: int | None = None, ends: tuple[float, float] | None = None
) -> Estimate:
    """``statistic`` of ``counts`` by its name."""
    if statistic == "mean":
        return mean(counts, population, ends)
    return {"median": median, "nps": nps, "nki": nki}[statistic](counts, population)


def mean(
    counts: Mapping[int, int] | Mapping[float, int],
    population: int | None = None,
    ends: tuple[float, float] | None = None,
) -> Estimate:
    """The mean with Student's interval; the variance s²/n · (1 − n/N) is Cochran's (1977, formula 2.20)."""
    n, people = _answers(counts, population)
    if n == 0:
        return Estimate(None, None, 0, people)
    middle = sum(value * k for value, k in counts.items()) / n
    if n == people:
        return Estimate(middle, Interval(middle, middle), n, people)
    if sum(1 for k in counts.values() if k) == 1:
        return Estimate(middle, None, n, people)
    squares = sum(k * (value - middle) ** 2 for value, k in counts.items())
    variance = squares / (n - 1) / n * (1 - n / people if people else 1)
    return Estimate(middle, _within(middle, t_95(n - 1) * sqrt(variance), ends), n, people)


def median(counts: Mapping[int, int], population: int | None = None) -> Estimate:
    """The median; its interval goes from one answer to another (order statistics, Conover 1999, §3.2).

    The ranks are binomial, so that the interval holds the median in 95 cases of 100 *at least*. Fewer than six answers
    cannot promise that. No finite correction: it is rather too wide.
    """
    n, people = _answers(counts, population)
    if n == 0:
        return Estimate(None, None, 0, people)
    middle = (_ranked(counts, (n + 1) // 2) + _ranked(counts, n // 2 + 1)) / 2
    if n == people:
        return Estimate(middle, Interval(middle, middle), n, people)
    rank = _median_rank(n)
    interval = Interval(_ranked(counts, rank), _ranked(counts, n - rank + 1)) if rank else None
    return Estimate(middle, interval, n, people)


def nps(counts: Mapping[int, int], population: int | None = None) -> Estimate:
    """Promoters (9–10) less detractors (0–6) in per cent of all (Reichheld 2003), from −100 to 100.

    With each answer as 1, 0 or −1 the variance is p + d − (p − d)², over n, narrowed by (N − n)/(N − 1).
    """
    if any(value not in range(11) for value, k in counts.items() if k):
        raise ValueError("an answer is from 0 to 10")
    n, people = _answers(counts, population)
    if n == 0:
        return Estimate(None, None, 0, people)
    promoters = sum(k for value, k in counts.items() if value >= PROMOTERS_FROM) / n
    detractors = sum(k for value, k in counts.items() if value <= DETRACTORS_TO) / n
    score = promoters - detractors
    if n == people:
        return Estimate(100 * score, Interval(100 * score, 100 * score), n, people)
    spread = promoters + detractors - score**2
    if n == 1 or spread <= 1e-12:
        return Estimate(100 * score, None, n, people)
    half = Z_95 * sqrt(spread / n * ((people - n) / (people - 1) if people else 1))
    return Estimate(100 * score, _within(100 * score, 100 * half, (-100, 100)), n, people)


def nki(sums: Mapping[int, int], population: int | None = None) -> Estimate:
    """The customer satisfaction index from 0 to 100 of those who answered all three questions (1–10).

    ``sums`` counts each respondent's three answers together (3 to 30): their mean x becomes (x − 1)/9 · 100.
    """
    if any(total not in range(3, 31) for total, k in sums.items() if k):
        raise ValueError("three answers from 1 to 10 are together from 3 to 30")
    return mean({(total / 3 - 1) / 9 * 100: k for total, k in sums.items()}, population, (0, 100))


def index_parts(marks: Mapping[tuple[int, int, int], int]) -> tuple[float, ...]:
    """What the index is the mean of: each of its three questions by itself, from 0 to 100, of the same people.

    ``marks`` count each respondent's three answers (1–10); without any there are no parts.
    """
    n = sum(marks.values())
    if not n:
        return ()
    return tuple((sum(one[place] * k for one, k in marks.items()) / n - 1) / 9 * 100 for place in range(3))


def _answers(counts: Mapping[int, int] | Mapping[float, int], population: int | None) -> tuple[int, int | None]:
    if any(k < 0 for k in counts.values()):
        raise ValueError("fewer than no answers")
    n = sum(counts.values())
    return n, None if population is None or population < n else population


def _within(middle: float, half: float, ends: tuple[float, float] | None) -> Interval:
    low, high = ends or (float("-inf"), float("inf"))
    return Interval(max(low, middle - half), min(high, middle + half))


def _ranked(counts: Mapping[int, int], rank: int) -> float:
    """The answer that has ``rank``, counted from 1, among all in their order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed >= rank:
            return value
    raise ValueError(f"there is no answer number {rank}")


def _median_rank(n: int) -> int:
    """The highest rank that at most 2.5 % of samples have the median below; 0 where there is none."""
    # In logarithms' stead: above a thousand the binomial is as good as normal, and a power of two does not fit.
    if n > 1000:
        return int((n - Z_95 * sqrt(n)) / 2)
    below, ways, rank = 0, 1, 0
    while (below + ways) * 40 <= 1 << n:
        below += ways
        rank += 1
        ways = ways * (n - rank + 1) // rank
    return rank
