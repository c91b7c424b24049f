"""Reads the bytes of a CSV file as other programs write them: lines of cells, with their place in the file. Pure.

What the columns mean, and what is wrong with a row, each subject says itself (``csv_files.py`` there).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO


class NotText(ValueError):
    """The bytes are no text in an encoding that we know."""


class BrokenLine(ValueError):
    """A line that cannot be taken apart, such as one with quotation marks that never end. The text says where and why."""

    def __init__(self, line: int, why: object):
        super().__init__(f"line {line}: {why}")
        self.line = line


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """``line`` counts from 1 in the file, the heading included; ``reason`` is for people."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` is where the row begins in the file, counted from 1; ``cells`` have no spaces around them."""

    number: int
    cells: list[str]


def decoded(content: bytes) -> str:
    """The text in ``content``: UTF-8 with or without a byte order mark, or cp1252. Raises NotText."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotText


def lines_of(text: str, delimiter: str) -> Iterator[Line]:
    """The lines of ``text`` that are not empty. Raises BrokenLine when it comes to one."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    end = 0
    try:
        for cells in reader:
            begin, end = end + 1, reader.line_num
            values = [cell.strip() for cell in cells]
            if any(values):
                yield Line(begin, values)
    except csv.Error as error:
        raise BrokenLine(reader.line_num, error) from error
