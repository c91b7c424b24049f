"""A row that many may hold at once: it stays as it is, and nobody who only reads it waits for another."""

from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def held_row(rows: "QuerySet[Row]", pk: int) -> Row | None:
    """The row ``pk`` of the model of ``rows``, kept as it is until the transaction ends; ``None``: there is none.

    Whoever locks it waits, and is waited for. (FOR SHARE, which Django cannot say; where rows cannot be locked the whole
    database is.)
    """
    table = connection.ops.quote_name(rows.model._meta.db_table)
    share = " FOR SHARE" if connection.vendor == "postgresql" else ""
    row = f"SELECT * FROM {table} WHERE id = %s{share}"  # noqa: S608 — the table's name is the model's own
    return next(iter(rows.raw(row, [pk])), None)
