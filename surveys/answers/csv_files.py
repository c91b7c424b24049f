"""Reads files of answers: one row a respondent, one column a question. Pure.

A survey tool exports semicolons and a BOM, a spreadsheet commas or cp1252; all are read. A row is taken whole or
refused whole, with its line in the file and the reason. Reasons are in English: an operator reads them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.csv_files import BrokenLine, Line, NotText, RefusedRow, decoded, lines_of

MISSING = "is missing"


class UnreadableFile(ValueError):
    """The file as a whole makes no sense; the text says why."""


@dataclass(frozen=True, slots=True)
class Column:
    """A question as a file knows it: the codes that it takes, and whether it must be answered."""

    codes: Sequence[str]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file holds: one mapping of question to code a respondent, and the rows that were refused."""

    rows: list[dict[str, str]]
    refused: list[RefusedRow]


def read_answers(content: bytes, columns: Mapping[str, Column]) -> Answers:
    """The answers in ``content`` to the questions in ``columns`` (by key).

    Empty lines are passed over. Raises UnreadableFile for what is no text or has no heading, a column that is
    unknown, doubled or missing, or quotation marks that never end.
    """
    text = _decoded(content)
    try:
        lines = list(lines_of(text, _delimiter(text)))
    except BrokenLine as error:
        raise UnreadableFile(str(error)) from error
    heading, *others = lines or [Line(1, [])]
    _check_heading(heading.cells, columns)
    rows: list[dict[str, str]] = []
    refused: list[RefusedRow] = []
    for line in others:
        reason = _fault(line.cells, heading.cells, columns)
        if reason:
            refused.append(RefusedRow(line.number, reason))
        else:
            rows.append({key: value for key, value in zip(heading.cells, line.cells, strict=True) if value})
    return Answers(rows, refused)


def _decoded(content: bytes) -> str:
    try:
        return decoded(content)
    except NotText as fault:
        raise UnreadableFile("the file is neither UTF-8 nor cp1252 text") from fault


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return ";" if heading.count(";") >= heading.count(",") else ","


def _check_heading(heading: Sequence[str], columns: Mapping[str, Column]) -> None:
    if not any(heading):
        raise UnreadableFile("the file has no heading")
    unknown = [name for name in heading if name not in columns]
    if unknown:
        raise UnreadableFile(f"unknown column {_quoted(unknown)}; the questions are {_quoted(list(columns))}")
    doubled = sorted({name for name in heading if heading.count(name) > 1})
    if doubled:
        raise UnreadableFile(f"column {_quoted(doubled)} comes more than once")
    absent = [key for key, column in columns.items() if column.required and key not in heading]
    if absent:
        raise UnreadableFile(f"column {_quoted(absent)} {MISSING}")


def _fault(values: Sequence[str], heading: Sequence[str], columns: Mapping[str, Column]) -> str:
    """What is wrong with a row, all of it; empty when nothing is."""
    if len(values) != len(heading):
        return f"{len(values)} values where the heading has {len(heading)}"
    faults = []
    for key, value in zip(heading, values, strict=True):
        column = columns[key]
        if not value and column.required:
            faults.append(f"{key} {MISSING}")
        elif value and value not in column.codes:
            faults.append(f"{key}: “{value[:40]}” is none of {', '.join(column.codes)}")
    return "; ".join(faults)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names)
