"""All that may be told of a question's answers, as plain data for programs and as rows for files. Pure."""

from typing import Any

from surveys.figures.export import as_data
from surveys.figures.figure import Figure
from surveys.figures.measures import Measure
from surveys.figures.tables import Findings, Table

GROUP_KEYS = ("value", "k", "n", "population", "response_rate", "interval", "finite_interval")


def details_data(findings: Findings) -> dict[str, Any]:
    """``findings`` as JSON values, beside what ``as_data`` tells of the figure itself.

    ``tables`` is ``None`` while the survey takes answers. A category that is withheld has ``suppressed`` and nothing
    else: neither that nobody answered nor how many did is told.
    """
    finding = findings.finding
    return {
        "source": finding.asked.source,
        "key": finding.asked.key,
        "audience": finding.asked.audience,
        "retired": finding.asked.retired,
        "distribution": [
            {"code": line.code, "label": line.label, "k": line.k, "share": line.share} for line in findings.lines
        ],
        "top_two": _extra(findings.top_two),
        "median": _extra(findings.median),
        "parts": [
            {"name": name, "value": value} for name, value in zip(findings.part_names, _parts(finding), strict=False)
        ],
        "tables": None if findings.tables is None else [_table(table) for table in findings.tables],
    }


def _parts(finding: Figure | Measure) -> tuple[float, ...]:
    return finding.parts if isinstance(finding, Measure) else ()


def _extra(finding: Figure | Measure | None) -> dict[str, Any] | None:
    if finding is None or finding.suppressed:
        return None
    data = as_data(finding)
    return {key: data[key] for key in ("counted", *GROUP_KEYS, "method")}


def _table(table: Table) -> dict[str, Any]:
    shown = {group.name: as_data(group.finding) for group in table.groups}
    categories = [
        {"category": name, "suppressed": False, **{key: data[key] for key in GROUP_KEYS}}
        for name, data in shown.items()
    ]
    withheld = [{"category": name, "suppressed": True, **dict.fromkeys(GROUP_KEYS)} for name in table.withheld]
    weighted = table.weighted
    limits = weighted.interval if weighted else None
    return {
        "dimension": table.dimension,
        "categories": [*categories, *withheld],
        "weighted": weighted
        and {"value": weighted.value, "interval": limits and {"low": limits.low, "high": limits.high}},
    }
