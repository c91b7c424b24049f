"""Reads files of applicants to upper secondary programmes, as authorities give them out. Pure.

Semicolons (or commas, or tabs), UTF-8 with a byte order mark or cp1252, title rows on top. Two shapes are read: *long*,
with columns for municipality, year, programme code and number; and *wide*, with a column for each year. "." and ".."
mean that no number is told. A row is taken whole or refused whole, with its line and the reason. Reasons are in
English: an operator reads them; the page shows them beside the line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from events.csv_files import BrokenLine, Line, NotText, RefusedRow, decoded, lines_of

NOT_TOLD = {"", ".", "..", "-", "–"}
COLUMNS = {
    "municipality": {"kommun", "kommunnamn", "kommunkod", "region", "hemkommun", "municipality"},
    "year": {"år", "ar", "year", "läsår", "ansökningsår"},
    "programme": {"program", "programkod", "studievägskod", "kod", "programme", "programme code"},
    "count": {"antal", "sökande", "antal sökande", "förstahandssökande", "applicants", "count", "värde"},
}
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST = 1_000_000
TITLE_ROWS = 12


class UnreadableFile(ValueError):
    """The file as a whole makes no sense; the text says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """One number: ``count`` applied from the municipality with ``code``; ``None`` where the file tells none."""

    code: str
    year: int
    programme: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds. ``elsewhere`` counts the rows of municipalities that are not ours."""

    rows: list[Told] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    elsewhere: int = 0


def read_applicants(content: bytes, municipalities: Mapping[str, str]) -> Content:
    """The numbers in ``content``; ``municipalities`` maps code to name. Raises UnreadableFile."""
    lines = _lines(content)
    heading, columns = _heading(lines)
    years = {place: int(cell) for place, cell in enumerate(heading.cells) if re.fullmatch(r"(19|20)\d\d", cell)}
    if "count" not in columns and not years:
        raise UnreadableFile("there is neither a column of numbers (antal) nor one for each year")
    names = {name.casefold(): code for code, name in municipalities.items()} | {code: code for code in municipalities}
    rows: list[Told] = []
    refused: list[RefusedRow] = []
    seen: dict[tuple[str, int, str], int] = {}
    elsewhere = 0
    for line in lines[lines.index(heading) + 1 :]:
        try:
            told = _row(line, columns, {} if "count" in columns else years, names)
        except ValueError as fault:
            refused.append(RefusedRow(line.number, str(fault)))
            continue
        if told is None:
            elsewhere += 1
            continue
        twice = next((seen[key] for row in told if (key := (row.code, row.year, row.programme)) in seen), None)
        if twice:
            refused.append(RefusedRow(line.number, f"the same municipality, year and programme as line {twice}"))
            continue
        seen |= {(row.code, row.year, row.programme): line.number for row in told}
        rows += told
    return Content(rows, refused, elsewhere)


def _lines(content: bytes) -> list[Line]:
    try:
        text = decoded(content)
    except NotText as fault:
        raise UnreadableFile("the file is neither UTF-8 nor cp1252 text") from fault
    delimiter = max(";,\t", key=text.count)
    try:
        return list(lines_of(text, delimiter))
    except BrokenLine as error:
        raise UnreadableFile(str(error)) from error


def _heading(lines: list[Line]) -> tuple[Line, dict[str, int]]:
    """The first line that names a municipality's and a programme's column: what stands above it is a title."""
    for line in lines[:TITLE_ROWS]:
        cells = [" ".join(cell.casefold().split()) for cell in line.cells]
        columns = {name: place for name, words in COLUMNS.items() for place, cell in enumerate(cells) if cell in words}
        if "municipality" in columns and "programme" in columns:
            if "count" in columns and "year" not in columns:
                raise UnreadableFile("the column of years (år) is missing")
            return line, columns
    raise UnreadableFile("no heading found: there must be a column kommun and a column programkod")


def _row(line: Line, columns: dict[str, int], years: dict[int, int], names: Mapping[str, str]) -> list[Told] | None:
    """What a line tells; ``None`` for a municipality that is not ours. Raises ValueError with what is wrong."""
    needed = max([*columns.values(), *years])
    if len(line.cells) <= needed:
        raise ValueError(f"{len(line.cells)} values where the heading has at least {needed + 1}")
    code = names.get(_municipality(line.cells[columns["municipality"]]))
    if code is None:
        return None
    programme = line.cells[columns["programme"]].upper()
    if not re.fullmatch(r"[A-ZÅÄÖ]{2,8}", programme):
        raise ValueError(f"“{programme[:20]}” is no programme code: two letters or a few more, such as IN")
    if years:
        return [Told(code, year, programme, _count(line.cells[place])) for place, year in years.items()]
    return [Told(code, _year(line.cells[columns["year"]]), programme, _count(line.cells[columns["count"]]))]


def _municipality(cell: str) -> str:
    """ "1280 Malmö", "Malmö kommun" and "Malmö" are one: the code where there is one, else the name."""
    code = re.match(r"\d{4}\b", cell)
    return code.group() if code else re.sub(r"\s+(kommun|stad)$", "", cell.casefold())


def _year(cell: str) -> int:
    """ "2019" and "2019/20" both begin in 2019."""
    match = re.match(r"(\d{4})(\s*[/–-]\s*\d{2,4})?$", cell)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError(f"“{cell[:20]}” is no year")
    return int(match[1])


def _count(cell: str) -> int | None:
    if cell in NOT_TOLD:
        return None
    digits = re.sub(r"[\s\u00a0\u202f]", "", cell)
    if not re.fullmatch(r"[0-9]{1,7}", digits) or int(digits) > MOST:
        raise ValueError(f"“{cell[:20]}” is no number of applicants")
    return int(digits)
