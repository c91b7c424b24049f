"""Reads the register of school units as a file: one row a school. Pure.

The national register is fetched as a table and passes through many hands: semicolons, commas or tabs, UTF-8 or cp1252,
titles above the heading, headings in several words for the same thing. A row is taken whole or refused whole, with its
line and the reason. Rows of other municipalities than ours are counted and passed over.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.csv_files import BrokenLine, Line, NotText, RefusedRow, decoded, lines_of
from registrations.schools.words import STATUSES, municipality_key, read_types

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 60_000
MAX_NAME = 160
MAX_TYPES = 60
TITLE_LINES = 30
NAMED_ELSEWHERE = 12

# A column → what files call it, without spaces, hyphens and capitals.
HEADINGS = {
    "code": {"skolenhetskod", "skolenhetskoden", "skolenhetskoder", "enhetskod", "skolkod", "schoolunitcode", "kod"},
    "name": {"skolenhetsnamn", "skolenhetensnamn", "skolenhet", "skolnamn", "skolansnamn", "namn", "skola", "name"},
    "municipality": {"kommun", "kommunnamn", "kommunensnamn", "lägeskommun", "municipality"},
    "municipality_code": {"kommunkod", "kommunnr", "kommunnummer", "lägeskommunkod", "municipalitycode"},
    "types": {
        "skoltyp",
        "skoltyper",
        "skolform",
        "skolformer",
        "verksamhetsform",
        "schooltype",
        "schooltypes",
        "types",
    },
    "status": {"status", "skolenhetsstatus", "skolenhetensstatus"},
    "principal": {"huvudman", "huvudmannamn", "huvudmannensnamn", "huvudmansnamn", "principal"},
}
EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnreadableFile(ValueError):
    """The file as a whole makes no sense; the text, translated, says why and what to do."""


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as a file has it. ``types`` and ``principal`` are ``None`` where the file has no such column."""

    code: str
    name: str
    municipality: str
    status: str
    types: str | None = None
    principal: str | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    """``columns`` are column → position; ``width`` is how many cells the heading has."""

    columns: dict[str, int]
    width: int


@dataclass(frozen=True, slots=True)
class Register:
    """What a file holds: our schools, the rows refused, and how many rows name each other municipality."""

    rows: list[SchoolRow]
    refused: list[RefusedRow]
    elsewhere: Counter[str] = field(default_factory=Counter)

    @property
    def passed_over(self) -> str:
        """How many rows lie in other municipalities, and in which most of them, so that a misspelling is seen."""
        count = self.elsewhere.total()
        text = ngettext(
            "%(n)s school in another municipality passed over: %(names)s",
            "%(n)s schools in other municipalities passed over: %(names)s",
            count,
        )
        names = ", ".join(f"{name} ({rows})" for name, rows in self.elsewhere.most_common(NAMED_ELSEWHERE))
        more = " …" if len(self.elsewhere) > NAMED_ELSEWHERE else ""
        return text % {"n": count, "names": names + more} if count else ""


def read_register(content: bytes, municipalities: Mapping[str, str]) -> Register:
    """The schools in ``content`` that lie in one of ``municipalities`` (code → name). Raises UnreadableFile."""
    heading, lines = _table(_text(content))
    ours = {municipality_key(name): code for code, name in municipalities.items()}
    register = Register([], [])
    seen: dict[str, int] = {}
    for line in lines:
        cells = _cells(line, heading.columns)
        place = _place(cells, ours, municipalities)
        if place.elsewhere:
            register.elsewhere[place.elsewhere] += 1
            continue
        faults = [*place.faults, *_faults(cells)]
        if any(line.cells[heading.width :]):
            faults = [
                _("%(n)s values where the heading has %(width)s") % {"n": len(line.cells), "width": heading.width}
            ]
        code = _code(cells["code"])
        if code in seen:
            faults.append(_("the code stands on line %(line)s too") % {"line": seen[code]})
        if faults:
            register.refused.append(RefusedRow(line.number, "; ".join(faults)))
            continue
        seen[code] = line.number
        register.rows.append(
            SchoolRow(
                code=code,
                name=cells["name"],
                municipality=place.code,
                status=STATUSES[cells["status"].casefold()],
                types=read_types(cells["types"]) if "types" in cells else None,
                principal=cells.get("principal"),
            )
        )
    return register


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("The file is too large: at most %(n)s MB.") % {"n": MAX_BYTES // 1024 // 1024})
    if content.startswith(EXCEL):
        raise UnreadableFile(_("That is an Excel workbook. Save it as CSV in Excel, and choose that file."))
    if content.startswith(b"%PDF"):
        raise UnreadableFile(_("That is a PDF. The register must be a CSV file."))
    try:
        text = decoded(content)
    except NotText as fault:
        raise UnreadableFile(_("That is no text file. The register must be a CSV file.")) from fault
    if not text.strip():
        raise UnreadableFile(_("The file is empty."))
    return text


def _table(text: str) -> tuple[_Heading, list[Line]]:
    """The heading and the lines below it, read with the delimiter that makes most sense."""
    best: tuple[_Heading, list[Line]] | None = None
    found: Sequence[str] = []
    broken: BrokenLine | None = None
    for delimiter in ";,\t":
        try:
            lines = list(lines_of(text, delimiter))
        except BrokenLine as fault:
            broken = broken or fault
            continue
        for place, line in enumerate(lines[:TITLE_LINES]):
            named = _named(line.cells)
            if named and (best is None or len(named) > len(best[0].columns)):
                best, found = (_Heading(named, len(line.cells)), lines[place + 1 :]), line.cells
            elif not best and len(line.cells) > len(found):
                found = line.cells
    if best is None and broken is not None:
        raise UnreadableFile(
            _("Line %(line)s cannot be read: a quotation mark is missing or stands where it should not.")
            % {"line": broken.line}
        )
    heading, lines = best or (_Heading({}, 0), [])
    _check_heading(heading.columns, found)
    if len(lines) > MAX_ROWS:
        raise UnreadableFile(_("The file has too many rows: at most %(n)s.") % {"n": MAX_ROWS})
    return heading, lines


def _named(cells: Sequence[str]) -> dict[str, int]:
    """Column → position, for the cells that are a heading that we know; the first of several."""
    named: dict[str, int] = {}
    for position, cell in enumerate(cells):
        word = "".join(filter(str.isalnum, cell.casefold()))
        for column, words in HEADINGS.items():
            if word in words:
                named.setdefault(column, position)
    return named


def _check_heading(named: Mapping[str, int], found: Sequence[str]) -> None:
    wanted = {
        "code": _("school unit code (Skolenhetskod)"),
        "name": _("name (Skolenhetsnamn)"),
        "municipality": _("municipality (Kommun)"),
        "status": _("status (Status)"),
    }
    if "municipality_code" in named:
        del wanted["municipality"]
    missing = [label for column, label in wanted.items() if column not in named]
    if missing:
        raise UnreadableFile(
            _("Columns that are missing: %(missing)s. Found in the file: %(found)s.")
            % {
                "missing": ", ".join(missing),
                "found": ", ".join(f"“{cell[:40]}”" for cell in found[:12] if cell) or "–",
            }
        )


def _cells(line: Line, heading: Mapping[str, int]) -> dict[str, str]:
    return {
        column: " ".join(line.cells[place].split()) if place < len(line.cells) else ""
        for column, place in heading.items()
    }


@dataclass(frozen=True, slots=True)
class _Place:
    code: str = ""
    elsewhere: str = ""
    faults: Sequence[str] = ()


def _place(cells: Mapping[str, str], ours: Mapping[str, str], names: Mapping[str, str]) -> _Place:
    """Which of our municipalities a row names, by name or code; both may be there, and must agree."""
    said = [cell for cell in (cells.get("municipality_code", ""), cells.get("municipality", "")) if cell]
    if not said:
        return _Place(faults=[_("the municipality is missing")])
    codes = {cell if cell in names else ours.get(municipality_key(cell), "") for cell in said}
    if codes == {""}:
        return _Place(elsewhere=said[-1][:60])
    if len(codes) > 1:
        return _Place(faults=[_("the municipality's code and name do not agree: %(said)s") % {"said": ", ".join(said)}])
    return _Place(code=codes.pop())


def _code(cell: str) -> str:
    """The code without what a spreadsheet puts around it to keep it text: an apostrophe, or ="…"."""
    formula = re.fullmatch(r'="?([^"]*)"?', cell)
    return "".join((formula[1] if formula else cell.removeprefix("'")).split())


def _faults(cells: Mapping[str, str]) -> list[str]:
    faults = [_code_fault(_code(cells["code"]))]
    if not cells["name"]:
        faults.append(_("the name is missing"))
    if len(cells["name"]) > MAX_NAME:
        faults.append(_("the name is longer than %(n)s characters") % {"n": MAX_NAME})
    if len(cells.get("principal", "")) > MAX_NAME:
        faults.append(_("the principal organiser's name is longer than %(n)s characters") % {"n": MAX_NAME})
    if len(read_types(cells.get("types", ""))) > MAX_TYPES:
        faults.append(_("the school types are longer than %(n)s characters") % {"n": MAX_TYPES})
    if not cells["status"]:
        faults.append(_("the status is missing"))
    elif cells["status"].casefold() not in STATUSES:
        faults.append(
            _("“%(said)s” is no status: AKTIV, UPPHORT, VILANDE or PLANERAD") % {"said": cells["status"][:40]}
        )
    return [fault for fault in faults if fault]


def _code_fault(code: str) -> str:
    """What is wrong with a school unit code; empty when nothing is."""
    if not code:
        return _("the school unit code is missing")
    if code.isascii() and code.isdigit():
        if len(code) == 8:
            return ""
        if len(code) < 8:
            return _(
                "the code %(code)s has %(n)s digits, not 8: a spreadsheet may have taken its leading zeros away"
            ) % {"code": code[:20], "n": len(code)}
        return _("the code %(code)s has %(n)s digits, not 8") % {"code": code[:20], "n": len(code)}
    if re.fullmatch(r"\d[.,]\d+E\+?\d+", code, re.IGNORECASE):
        return _("the code %(code)s has been rounded by a spreadsheet: keep the column as text") % {"code": code[:20]}
    return _("“%(code)s” is no school unit code: eight digits") % {"code": code[:20]}
