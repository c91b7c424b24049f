"""The triggers that keep rows as they were written, on SQLite and PostgreSQL. Pure: SQL as text.

A guarded table takes new rows only. One change is let through: a reference to a person becomes empty when the account
is deleted. On PostgreSQL TRUNCATE is refused too.
"""

MESSAGE = "A row of {table} is kept as it was written"

SQLITE = (
    """
    CREATE TRIGGER {table}_kept_delete BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
    """
    CREATE TRIGGER {table}_kept_update BEFORE UPDATE OF {columns} ON {table}
    BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
    """
    CREATE TRIGGER {table}_kept_person BEFORE UPDATE OF {person} ON {table} WHEN NEW.{person} IS NOT NULL
    BEGIN SELECT RAISE(ABORT, '{message}'); END
    """,
)
SQLITE_OFF = tuple(f"DROP TRIGGER {{table}}_kept_{name}" for name in ("delete", "update", "person"))

POSTGRESQL = (
    """
    CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.{person} IS NULL AND (to_jsonb(NEW) - '{person}') = (to_jsonb(OLD) - '{person}') THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER {table}_kept_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_kept()
    """,
    """
    CREATE TRIGGER {table}_kept_all BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()
    """,
)
POSTGRESQL_OFF = (
    "DROP TRIGGER {table}_kept_all ON {table}",
    "DROP TRIGGER {table}_kept_rows ON {table}",
    "DROP FUNCTION {table}_kept()",
)


def guards(vendor: str, table: str, columns: list[str], person: str) -> list[str]:
    """The statements that put up the guards of ``table``; ``person`` is the column that may become empty."""
    return [_filled(one, table, columns, person) for one in (POSTGRESQL if vendor == "postgresql" else SQLITE)]


def unguards(vendor: str, table: str) -> list[str]:
    """The statements that take them down, for a migration that must alter the table."""
    return [one.format(table=table) for one in (POSTGRESQL_OFF if vendor == "postgresql" else SQLITE_OFF)]


def _filled(statement: str, table: str, columns: list[str], person: str) -> str:
    others = ", ".join(f'"{name}"' for name in columns if name != person)
    return statement.format(table=table, columns=others, person=person, message=MESSAGE.format(table=table))
