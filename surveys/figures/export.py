"""Figures as plain data, for files and other systems. Pure."""

from typing import Any

from surveys.figures.figure import Count, Figure, Reported
from surveys.figures.shares import Interval


def as_data(finding: Figure | Count | Reported) -> dict[str, Any]:
    """``finding`` as JSON values. Shares and limits run from 0 to 1; what is withheld or not known is ``None``.

    All kinds have the same keys: a count has its number as ``value`` and neither k, n nor intervals; a reported share
    says so, and has no k and mostly no n.
    """
    if isinstance(finding, Figure):
        return _share(finding)
    return _reported(finding) if isinstance(finding, Reported) else _count(finding)


def _share(figure: Figure) -> dict[str, Any]:
    asked = figure.asked
    return {
        "unit": "share",
        "reported": False,
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
