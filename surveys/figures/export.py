"""Figures as plain data, for files and other systems. Pure."""

from typing import Any

from surveys.figures.figure import Count, Figure, Reported
from surveys.figures.measures import Measure
from surveys.figures.shares import Interval
from surveys.figures.turnouts import BASES, NAMES


def as_data(finding: Figure | Measure | Count | Reported) -> dict[str, Any]:
    """``finding`` as JSON values. Shares and limits run from 0 to 1; what is withheld or not known is ``None``.

    All kinds have the same keys: a measure (``unit`` is ``mean``, ``median``, ``nps`` or ``nki``) has no k, and one
    interval, narrowed to its population where that is known; a count has its number as ``value`` and neither k, n nor
    intervals; a reported share says so, and has no k and mostly no n.
    """
    if isinstance(finding, Figure):
        return _share(finding)
    if isinstance(finding, Measure):
        return _measure(finding)
    return _reported(finding) if isinstance(finding, Reported) else _count(finding)


def turnouts_data(count: Count) -> list[dict[str, Any]]:
    """The turnouts of ``count`` with the same keys. They are of everybody: k of n, and nothing is uncertain."""
    return [
        {
            "unit": "share",
            "reported": False,
            "key": NAMES[turnout.key],
            **dict.fromkeys(_ONLY_SHARES),
            "value": turnout.share,
            "k": turnout.came,
            "n": turnout.of,
            "base": BASES[turnout.key],
            "suppressed": False,
            "method": "count-1",
            "source": count.source,
            "computed_at": count.computed_at.isoformat(),
        }
        for turnout in count.turnouts
    ]


def _share(figure: Figure) -> dict[str, Any]:
    base = "everybody who answered the question"
    if figure.asked.without_dont_know:
        base += ", those left out who do not know"
    return _of_question(
        figure,
        unit="share",
        counted=figure.asked.counted,
        k=figure.k,
        base=base,
        interval=_limits(figure.interval),
        finite=_limits(figure.finite),
    )


def _measure(measure: Measure) -> dict[str, Any]:
    """A mean, a median, an NPS or an index. Its only interval stands where its population is."""
    limits = _limits(measure.interval)
    known = measure.population is not None
    base = "everybody who answered all three questions" if measure.statistic == "nki" else "everybody who gave a number"
    return _of_question(
        measure,
        unit=measure.statistic,
        counted=None,
        k=None,
        base=base,
        interval=None if known else limits,
        finite=limits if known else None,
    )


def _of_question(
    figure: Figure | Measure,
    *,
    unit: str,
    counted: str | None,
    k: int | None,
    base: str,
    interval: dict[str, float] | None,
    finite: dict[str, float] | None,
) -> dict[str, Any]:
    asked = figure.asked
    return {
        "unit": unit,
        "reported": False,
        "key": asked.key,
        "audience": asked.audience,
        "survey": asked.survey,
        "question_version": asked.version,
        "label": asked.label,
        "counted": counted,
        "value": figure.value,
        "k": k,
        "n": figure.n,
        "base": base,
        "population": figure.population,
        "response_rate": figure.response_rate,
        "interval": interval,
        "finite_interval": finite,
        "suppressed": figure.suppressed,
        "reason": figure.reason.value if figure.reason else None,
        "method": figure.method,
        "source": asked.source,
        "computed_at": figure.computed_at.isoformat(),
    }


def _count(count: Count) -> dict[str, Any]:
    absent = dict.fromkeys(_ONLY_SHARES)
    return {
        "unit": count.unit,
        "reported": False,
        "key": count.key,
        **absent,
        "value": count.value,
        "suppressed": False,
        "method": "count-1",
        "source": count.source,
        "computed_at": count.computed_at.isoformat(),
    }


def _reported(figure: Reported) -> dict[str, Any]:
    return {
        "unit": "share",
        "reported": True,
        "key": figure.key,
        **dict.fromkeys(_ONLY_SHARES),
        "label": figure.label,
        "value": figure.value,
        "n": figure.n,
        "suppressed": False,
        "method": "as reported",
        "source": figure.source,
        "computed_at": figure.computed_at.isoformat(),
    }


_ONLY_SHARES = (
    "audience",
    "survey",
    "question_version",
    "label",
    "counted",
    "value",
    "k",
    "n",
    "base",
    "population",
    "response_rate",
    "interval",
    "finite_interval",
    "suppressed",
    "reason",
)


def _limits(interval: Interval | None) -> dict[str, float] | None:
    return {"low": interval.low, "high": interval.high} if interval else None
