"""Takes down the database's own guards while a test that committed is cleaned up: they would keep its rows for ever."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

GUARDED = (
    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal "
    "AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
)


@contextmanager
def guards_down(*, put_up_again: bool = True) -> Iterator[None]:
    """No trigger of ours answers inside the block, on SQLite as on PostgreSQL. After the last test the tables are gone."""
    down, up = _statements()
    _run(down)
    try:
        yield
    finally:
        if put_up_again:
            _run(up)


def _statements() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(GUARDED)
            tables = [table for (table,) in cursor.fetchall()]
            return (
                [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables],
                [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables],
            )
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        return [f'DROP TRIGGER "{name}"' for name, _sql in triggers], [sql for _name, sql in triggers]


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
