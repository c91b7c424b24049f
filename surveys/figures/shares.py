"""Shares and their intervals. Pure: numbers in, numbers out."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959963984540054
METHOD = "wilson-1"


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper limit of a 95 % interval, as shares from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """``k`` of ``n`` respondents out of a ``population`` (``None``: not known).

    ``value`` and the intervals are ``None`` where nobody answered. ``interval`` is Wilson's for answers drawn from an
    endless population; ``finite`` is narrowed to ``population`` and is ``None`` where that is unknown.
    """

    k: int
    n: int
    population: int | None
    value: float | None
    interval: Interval | None
    finite: Interval | None

    @property
    def response_rate(self) -> float | None:
        return self.n / self.population if self.population else None


def share(k: int, n: int, population: int | None = None) -> Share:
    """``k`` of ``n`` with 95 % intervals (Wilson 1927), the second narrowed by the finite population correction.

    ``n == 0`` gives a share without value. Raises ValueError when k > n, n > population, or anything is negative.
    """
    if k < 0 or n < 0 or k > n:
        raise ValueError(f"{k} of {n} is no share")
    if population is not None and population < n:
        raise ValueError(f"{n} answers from a population of {population}")
    if n == 0:
        return Share(k, n, population, None, None, None)
    finite = None if population is None else finite_wilson(k, n, population)
    return Share(k, n, population, k / n, wilson(k / n, n), finite)


def wilson(p: float, n: float) -> Interval:
    """Wilson's score interval for a share ``p`` of ``n`` answers (Wilson 1927, JASA 22:209–212); n may be a fraction."""
    z2 = Z_95**2
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def finite_wilson(k: int, n: int, population: int) -> Interval:
    """Wilson's interval with the effective sample size n(N−1)/(N−n); when all have answered the share is exact.

    The correction (N−n)/(N−1) of the variance is Cochran's (Sampling Techniques, 1977, §2.6).
    """
    if n == population:
        return Interval(k / n, k / n)
    return wilson(k / n, n * (population - 1) / (population - n))
