"""Querysets that are asked with every scan, put into SQL once: Django spends longer on that than PostgreSQL on the answer."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

_sql: dict[Hashable, str] = {}
MOST = 2000


def rows_of(shape: Hashable, params: Sequence[Any], queryset: Callable[[], QuerySet]) -> list[tuple[Any, ...]]:
    """The rows of ``queryset()``, a ``values_list``, whose SQL is the same whenever ``shape`` is.

    ``params`` are its parameters in the order of the SQL: looked at where the SQL is made, so that a queryset that
    was changed without them fails at once. SQLite wants its values converted both ways, and is asked in the plain way.
    """
    if connection.vendor != "postgresql":
        return list(queryset())
    sql = _sql.get(shape)
    if sql is None:
        sql, told = queryset().query.sql_with_params()
        if list(told) != list(params):
            raise ValueError(f"the parameters of {shape!r} are {told!r}, not {params!r}")
        if len(_sql) >= MOST:
            _sql.clear()
        _sql[shape] = sql
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
