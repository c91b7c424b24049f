"""Shares weighted by municipality, so that each counts for its people and not for its answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.figures.shares import Interval, wilson

METHOD = "poststratified-1"


@dataclass(frozen=True, slots=True)
class Layer:
    """``k`` of ``n`` answers from one municipality with ``population`` people."""

    k: int
    n: int
    population: int


class Refused(StrEnum):
    """Why there is no weighted share. Too few: some municipality that has people has too few answers to speak for it."""

    NO_POPULATION = "no_population"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Weighted:
    """The share of all people, from 0 to 1; without value where it is refused, with why and where."""

    value: float | None
    interval: Interval | None
    refused: Refused | None = None
    where: tuple[str, ...] = ()


def weighted_share(layers: Mapping[str, Layer], *, below: int) -> Weighted:
    """Σ N_h/N · k_h/n_h over ``layers`` by name (post-stratification, Cochran 1977, §5A.9).

    The variance is Σ (N_h/N)² (1 − n_h/N_h) p_h q_h / (n_h − 1); the interval is Wilson's with as many answers as give
    that variance (Kish 1965, §8.2), or without any spread with (Σ N_h)² / Σ (N_h²/n_h). Layers with neither people nor
    answers are left out. Raises ValueError for answers that cannot be.
    """
    if any(not 0 <= layer.k <= layer.n for layer in layers.values()):
        raise ValueError("more gave the answer than answered")
    found = {name: layer for name, layer in layers.items() if layer.population or layer.n}
    people = sum(layer.population for layer in found.values())
    unknown = tuple(name for name, layer in found.items() if layer.n > layer.population)
    if unknown or not people:
        return Weighted(None, None, Refused.NO_POPULATION, unknown)
    few = tuple(name for name, layer in found.items() if layer.n < max(below, 2))
    if few:
        return Weighted(None, None, Refused.TOO_FEW, few)
    weighted = [(layer, layer.population / people, layer.k / layer.n) for layer in found.values()]
    value = min(1.0, sum(weight * p for _layer, weight, p in weighted))
    if all(layer.n == layer.population for layer in found.values()):
        return Weighted(value, Interval(value, value))
    variance = sum(
        weight**2 * (1 - layer.n / layer.population) * p * (1 - p) / (layer.n - 1) for layer, weight, p in weighted
    )
    as_many = value * (1 - value) / variance if variance else 1 / sum(w**2 / layer.n for layer, w, _p in weighted)
    return Weighted(value, wilson(value, as_many))
