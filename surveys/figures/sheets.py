"""An event's figures as rows for CSV and Excel: one for each answer, figure and group. What is withheld says so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.exports import Column, Sheet
from surveys.figures.figure import Figure, Reason
from surveys.figures.measures import Measure
from surveys.figures.tables import Findings, Table
from surveys.questionnaires.models import Audience

LONGEST_NAME = 31  # of a sheet, says Excel
DIMENSION_NAMES = {
    "municipality": gettext_lazy("Municipality"),
    "school": gettext_lazy("School"),
    "grade": gettext_lazy("Grade"),
    "kind": pgettext_lazy("of those who answered", "Kind"),
    "company": gettext_lazy("Company"),
    "wave": gettext_lazy("Admission"),
}
STATISTIC_NAMES = {
    "share": gettext_lazy("Share"),
    "mean": pgettext_lazy("statistic", "Mean"),
    "median": pgettext_lazy("statistic", "Median"),
    "nps": gettext_lazy("NPS"),
    "nki": gettext_lazy("NKI"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file. ``value``, ``low`` and ``high`` are shares from 0 to 1, or in the statistic's own unit."""

    finding: Figure | Measure
    part: str
    category: str
    statistic: str
    value: float | None = None
    k: int | None = None
    n: int | None = None
    population: int | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    parts: tuple[float, ...] = ()


COLUMNS = [
    Column(gettext_lazy("Survey"), lambda row: Audience(row.finding.asked.audience).label),
    Column(gettext_lazy("Question"), lambda row: row.finding.asked.label),
    Column(gettext_lazy("Key"), lambda row: row.finding.asked.key),
    Column(gettext_lazy("Wording"), lambda row: row.finding.asked.version),
    Column(gettext_lazy("Part"), lambda row: row.part),
    Column(gettext_lazy("Answer or group"), lambda row: row.category),
    Column(pgettext_lazy("column of a table of figures", "Measure"), lambda row: STATISTIC_NAMES[row.statistic]),
    Column(gettext_lazy("Value"), lambda row: row.value),
    Column("k", lambda row: row.k),
    Column("n", lambda row: row.n),
    Column(gettext_lazy("Population"), lambda row: row.population),
    Column(gettext_lazy("95% from"), lambda row: row.low),
    Column(gettext_lazy("95% to"), lambda row: row.high),
    Column(gettext_lazy("Note"), lambda row: row.note),
]


def rows_of(findings: Findings) -> list[Row]:
    """The rows of one question: its figure, how the answers fell, then each table."""
    finding = findings.finding
    rows = [_row(finding, _("All"), finding.asked.counted)]
    extras = [extra for extra in (findings.top_two, findings.median) if extra is not None and not extra.suppressed]
    rows += [_row(extra, _("All"), extra.asked.counted) for extra in extras]
    rows += [
        Row(finding, _("Answers"), line.label, "share", line.share, line.k, findings.answered)
        for line in findings.lines
    ]
    for table in findings.tables or ():
        rows += _rows_of_table(finding, table)
    return rows


def sheets_of(findings: Iterable[Findings]) -> list[Sheet]:
    """A sheet for each question, named by its audience and key; one with only a head where there are none."""
    sheets: list[Sheet] = []
    names: set[str] = set()
    for one in findings:
        asked = one.finding.asked
        name = sheet_name(f"{asked.audience} {asked.key}{f' {asked.version}' if asked.retired else ''}", names)
        names.add(name.casefold())
        sheets.append(Sheet(name, [*COLUMNS, *_part_columns(one.part_names)], rows_of(one)))
    return sheets or [Sheet("Torget", COLUMNS, [])]


def _part_columns(names: Sequence[str]) -> list[Column]:
    """A column for each of the index's three questions, from 0 to 100 as the index itself."""

    def read(place: int) -> Callable[[Row], float | None]:
        return lambda row: row.parts[place] if row.parts else None

    return [Column(name, read(place)) for place, name in enumerate(names)]


def sheet_name(wanted: str, taken: set[str]) -> str:
    """``wanted``, short enough for Excel and unlike those ``taken`` (casefolded)."""
    name, number = wanted[:LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        tail = f" ({number})"
        name = wanted[: LONGEST_NAME - len(tail)] + tail
    return name


def _rows_of_table(finding: Figure | Measure, table: Table) -> Sequence[Row]:
    part, statistic = str(DIMENSION_NAMES[table.dimension]), _statistic(finding)
    rows = [_row(group.finding, part, group.name or _("not known")) for group in table.groups]
    rows += [Row(finding, part, name or _("not known"), statistic, note=_("withheld")) for name in table.withheld]
    if table.weighted:
        limits = table.weighted.interval
        low, high = (limits.low, limits.high) if limits else (None, None)
        value = table.weighted.value
        rows.append(Row(finding, part, _("weighted by people"), statistic, value, low=low, high=high))
    return rows


def _row(finding: Figure | Measure, part: str, category: str) -> Row:
    limits = (finding.finite or finding.interval) if isinstance(finding, Figure) else finding.interval
    notes = {
        Reason.TOO_FEW: _("withheld: too few answers"),
        Reason.WAITING: _("comes later"),
        Reason.NO_ANSWERS: _("nobody has answered"),
    }
    return Row(
        finding,
        part,
        category,
        _statistic(finding),
        finding.value,
        finding.k if isinstance(finding, Figure) else None,
        finding.n,
        finding.population,
        limits.low if limits else None,
        limits.high if limits else None,
        notes[finding.reason] if finding.reason else "",
        finding.parts if isinstance(finding, Measure) else (),
    )


def _statistic(finding: Figure | Measure) -> str:
    return "share" if isinstance(finding, Figure) else finding.statistic
