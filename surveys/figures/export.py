"""Figures as plain data, for files and other systems. Pure."""

from typing import Any

from surveys.figures.figure import Count, Figure
from surveys.figures.shares import Interval


def as_data(finding: Figure | Count) -> dict[str, Any]:
    """``finding`` as JSON values. Shares and limits run from 0 to 1; what is withheld or not known is ``None``.

    Both kinds have the same keys: a count has its number as ``value`` and neither k, n nor intervals.
    """
    return _share(finding) if isinstance(finding, Figure) else _count(finding)


def _share(figure: Figure) -> dict[str, Any]:
    asked = figure.asked
    return {
        "unit": "share",
        "key": asked.key,
        "audience": asked.audience,
        "survey": asked.survey,
        "question_version": asked.version,
        "label": asked.label,
        "counted": asked.counted,
        "value": figure.value,
        "k": figure.k,
        "n": figure.n,
        "base": "everybody who answered the question",
        "population": figure.population,
        "response_rate": figure.response_rate,
        "interval": _limits(figure.interval),
        "finite_interval": _limits(figure.finite),
        "suppressed": figure.suppressed,
        "reason": figure.reason.value if figure.reason else None,
        "method": figure.method,
        "source": asked.source,
        "computed_at": figure.computed_at.isoformat(),
    }


def _count(count: Count) -> dict[str, Any]:
    absent = dict.fromkeys(_ONLY_SHARES)
    return {
        "unit": "count",
        "key": count.key,
        **absent,
        "value": count.value,
        "suppressed": False,
        "method": "count-1",
        "source": count.source,
        "computed_at": count.computed_at.isoformat(),
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
