"""Tables for Excel: the rows of a list as a CSV or an Excel file.

A column has a title and says how to read its value from a row. Values keep their types: numbers stay numbers, aware
moments become Stockholm time, ``None`` an empty cell. Text is always text: a cell that begins like a formula can
never become one (OWASP, "CSV injection").
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
from django.db.models import Choices
from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise

BOM = "\ufeff"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDEST = 60


@dataclass(frozen=True)
class Column:
    """``title`` is translated text, ``value`` reads the cell from one row."""

    title: str | Promise
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]


def export_response(ending: str, name: str, columns: Sequence[Column], rows: Iterable[Any]) -> HttpResponse:
    """``rows`` as a download called ``name.ending``; ``ending`` is "csv" or "xlsx" (KeyError otherwise)."""
    write = {"csv": csv_bytes, "xlsx": xlsx_bytes}[ending]
    return download(ending, name, write(columns, rows))


def download(ending: str, name: str, content: bytes) -> HttpResponse:
    """``content`` as a download called ``name.ending``; ``ending`` is "csv" or "xlsx"."""
    content_type = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX_TYPE}[ending]
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def csv_bytes(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """Semicolons and a byte order mark: what Swedish Excel opens without asking.

    Text that begins like a formula gets an apostrophe in front.
    """
    frame = _frame(columns, rows).map(_csv_cell)
    out = StringIO()
    frame.to_csv(out, sep=";", index=False, lineterminator="\r\n")
    return (BOM + out.getvalue()).encode()


def xlsx_bytes(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """One sheet with a bold, frozen, filterable head. Nothing in it is a formula or a link."""
    return workbook_bytes([Sheet("Torget", columns, rows)])


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Sheets like that, in their order; there must be one at least. Names have 31 characters at most, each its own."""
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(
        out,
        engine="xlsxwriter",
        datetime_format="yyyy-mm-dd hh:mm",
        date_format="yyyy-mm-dd",
        engine_kwargs={"options": options},
    ) as writer:
        for one in sheets:
            frame = _frame(one.columns, one.rows)
            frame.to_excel(writer, index=False, sheet_name=one.name, freeze_panes=(1, 0))
            sheet = writer.sheets[one.name]
            sheet.autofilter(0, 0, len(frame), max(len(one.columns) - 1, 0))
            for position, title in enumerate(frame.columns):
                longest = max([len(str(title)), *(len(str(value)) for value in frame.iloc[:, position])])
                sheet.set_column(position, position, min(longest + 2, WIDEST))
    return out.getvalue()


def _frame(columns: Sequence[Column], rows: Iterable[Any]) -> pd.DataFrame:
    cells = [[_cell(column.value(row)) for column in columns] for row in rows]
    return pd.DataFrame(cells, columns=[str(column.title) for column in columns], dtype=object)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, Choices):
        return str(value.label)
    return value if isinstance(value, bool | int | float | Decimal | date) else str(value)


def _csv_cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
