"""A finding's figure as plain numbers in the unit that is shown, and in a few words. Pure."""

from typing import Any, NamedTuple

from events.look.formats import NOTHING, kronor, number, percent
from surveys.figures.figure import Count, Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.shares import Interval
from surveys.followup.measured import in_short
from surveys.followup.told import Told

AnyFigure = Figure | Measure | Count | Reported | Told


class Shown(NamedTuple):
    """Per cent for shares, kronor, points of a scale, or how many; ``interval`` in the same unit."""

    value: float | None
    interval: Interval | None
    n: int | None
    population: int | None


def shown(figure: AnyFigure) -> Shown:
    """The numbers of ``figure``. The interval is the finite population's where that is known; none where exact."""
    if isinstance(figure, Figure):
        interval = None if figure.is_exact else figure.finite or figure.interval
        if interval:
            interval = Interval(100 * interval.low, 100 * interval.high)
        value = None if figure.value is None else 100 * figure.value
        return Shown(value, interval, figure.n, figure.population)
    if isinstance(figure, Measure):
        return Shown(figure.value, None if figure.is_exact else figure.interval, figure.n, figure.population)
    if isinstance(figure, Reported):
        return Shown(100 * figure.value, None, figure.n, None)
    value = None if figure.value is None else float(figure.value)
    n, population = (figure.n, figure.population) if isinstance(figure, Told) else (None, None)
    return Shown(value, None, n, population)


def unit_of(figure: AnyFigure) -> str:
    """``percent``, ``kronor``, ``count``, a statistic's name, or the editor's own word."""
    if isinstance(figure, Figure | Reported):
        return "percent"
    return figure.statistic if isinstance(figure, Measure) else figure.unit


def source_of(figure: AnyFigure) -> str:
    """Where ``figure`` comes from, for programs."""
    return figure.asked.source if isinstance(figure, Figure | Measure) else figure.source


def in_unit(value: float, unit: str, language: str | None, decimals: int | None = None) -> str:
    """``value`` with its unit: "76,1 %", "350 kr", "134", "4,5 dagar"; NPS and the like alone."""
    if unit == "percent":
        return percent(value / 100, language, 1 if decimals is None else decimals)
    if unit == "kronor":
        return kronor(round(value * 100), language)
    if unit in ("mean", "median", "nps", "nki"):
        return in_short(value, unit, language)
    whole = number(int(value) if value == int(value) else round(value, 2), language)
    return whole if unit in ("", "count") else f"{whole}\u00a0{unit}"


def value_words(figure: AnyFigure, language: str | None) -> str:
    """The number alone: "76,1 %", "134" or "350 kr"; empty where it is withheld or missing."""
    found = shown(figure)
    if found.value is None:
        return ""
    if isinstance(figure, Reported):
        return ("~" if figure.approximate else "") + percent(figure.value, language, 0 if figure.approximate else 1)
    return in_unit(found.value, unit_of(figure), language)


def short_words(figure: AnyFigure, language: str | None) -> str:
    """With its base, as one compares it: "54 av 71 (76 %)", "42 (71 svarande)", "134"."""
    english = (language or "").startswith("en")
    if isinstance(figure, Figure) and figure.k is not None and figure.value is not None:
        k, n, share = number(figure.k, language), number(figure.n, language), percent(figure.value, language, 0)
        return f"{k} of {n} ({share})" if english else f"{k} av {n} ({share})"
    words = value_words(figure, language) or NOTHING
    if isinstance(figure, Measure) and figure.value is not None:
        return f"{words} ({number(figure.n, language)} {'respondents' if english else 'svarande'})"
    return words


def written_about(figure: AnyFigure, drafts: dict[str, str], languages: list[str]) -> dict[str, Any]:
    """What ``figure`` is at this moment, to be kept beside the words that are written about it."""
    found = shown(figure)
    return {
        "value": found.value,
        "n": found.n,
        "words": {code: short_words(figure, code) for code in languages},
        "draft": drafts,
    }


def has_moved(then: dict[str, Any] | None, figure: AnyFigure) -> bool:
    """Whether ``figure`` says otherwise than ``then`` (from written_about); nothing is known of what was not kept."""
    if not then:
        return False
    found = shown(figure)
    return not same_value(then.get("value"), found.value) or then.get("n") != found.n


def same_value(one: float | None, other: float | None) -> bool:
    """Whether two values are the same but for what computing does to the last decimals."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < 1e-9
