"""Reads files of answers: one row a respondent, one column a question. Pure.

A survey tool exports semicolons and a BOM, a spreadsheet commas or cp1252; all are read. Many of many are their codes
with a bar between them (food|music). A row is taken whole or
refused whole, with its line in the file and the reason. Reasons are in English: an operator reads them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.csv_files import BrokenLine, Line, NotText, RefusedRow, decoded, lines_of
from surveys.answers.values import Ask, Fault, Unanswerable, left_unanswered, on_the_way, understood
from surveys.questionnaires.scales import LONGEST

MISSING = "is missing"


class UnreadableFile(ValueError):
    """The file as a whole makes no sense; the text says why."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a file holds: one mapping of question to answer a respondent, and the rows that were refused."""

    rows: list[dict[str, str]]
    refused: list[RefusedRow]


def read_answers(content: bytes, asks: Sequence[Ask]) -> Answers:
    """The answers in ``content`` to ``asks``, a column each, headed by its key.

    Empty lines are passed over. Raises UnreadableFile for what is no text or has no heading, a column that is
    unknown, doubled or missing, or quotation marks that never end.
    """
    columns = {ask.key: ask for ask in asks}
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
        row, reason = _row(line.cells, heading.cells, columns)
        if reason:
            refused.append(RefusedRow(line.number, reason))
        else:
            rows.append(row)
    return Answers(rows, refused)


def _decoded(content: bytes) -> str:
    try:
        return decoded(content)
    except NotText as fault:
        raise UnreadableFile("the file is neither UTF-8 nor cp1252 text") from fault


def _delimiter(text: str) -> str:
    heading = text.split("\n", 1)[0]
    return ";" if heading.count(";") >= heading.count(",") else ","


def _check_heading(heading: Sequence[str], columns: Mapping[str, Ask]) -> None:
    if not any(heading):
        raise UnreadableFile("the file has no heading")
    unknown = [name for name in heading if name not in columns]
    if unknown:
        raise UnreadableFile(f"unknown column {_quoted(unknown)}; the questions are {_quoted(list(columns))}")
    doubled = sorted({name for name in heading if heading.count(name) > 1})
    if doubled:
        raise UnreadableFile(f"column {_quoted(doubled)} comes more than once")
    absent = [key for key, ask in columns.items() if ask.required and not ask.only_if and key not in heading]
    if absent:
        raise UnreadableFile(f"column {_quoted(absent)} {MISSING}")


def _row(values: Sequence[str], heading: Sequence[str], columns: Mapping[str, Ask]) -> tuple[dict[str, str], str]:
    """The answers of a row, and what is wrong with it, all of it; empty when nothing is."""
    if len(values) != len(heading):
        return {}, f"{len(values)} values where the heading has {len(heading)}"
    row, faults = {}, {}
    for key, value in zip(heading, values, strict=True):
        try:
            row[key] = understood(columns[key], value)
        except Unanswerable as refused:
            faults[key] = f"{key}: {_reason(columns[key], value, refused.fault)}"
    row = {key: value for key, value in row.items() if value}
    asks = list(columns.values())
    if not faults:
        asked = {ask.key for ask in on_the_way(asks, row)}
        faults |= {key: f"{key} is answered where it is not asked" for key in row if key not in asked}
    for ask in left_unanswered(asks, row):
        faults.setdefault(ask.key, f"{ask.key} {MISSING}")
    order = [*heading, *columns]
    return row, "; ".join(faults[key] for key in sorted(faults, key=order.index))


def _reason(ask: Ask, value: str, fault: Fault) -> str:
    lowest, highest = ask.ends
    said = f"“{value[:40]}”"
    return {
        Fault.UNKNOWN: f"{said} is none of {', '.join(ask.codes)}",
        Fault.NO_NUMBER: f"{said} is no whole number from {lowest} to {highest}",
        Fault.TOO_LOW: f"{said} is less than {lowest}",
        Fault.TOO_HIGH: f"{said} is more than {highest}",
        Fault.TOO_LONG: f"{len(value)} signs where {LONGEST.get(ask.kind, 0)} are taken",
        Fault.NOT_BOTH: f"{said} is both an answer and none",
    }[fault]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:40]}”" for name in names)
