"""SQLite knows only ASCII when it sorts and when it ignores case; here it learns Swedish.

PostgreSQL has the collation ``swedish`` from a migration. Both give querysets the same
``Collate("name", "swedish")`` and the same case-insensitive search for å, ä, ö and é.
"""

import re
from functools import lru_cache
from typing import Any

from config.swedish import compare


@lru_cache(maxsize=512)
def _pattern(like: str, escape: str | None) -> re.Pattern[str]:
    parts, quoted = [], False
    for char in like:
        if quoted:
            parts.append(re.escape(char))
            quoted = False
        elif char == escape:
            quoted = True
        else:
            parts.append({"%": ".*", "_": "."}.get(char, re.escape(char)))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def like(pattern: str | None, text: object, escape: str | None = None) -> bool | None:
    """SQL's LIKE for every letter, not just a to z; ``None`` (NULL) stays ``None``."""
    if pattern is None or text is None:
        return None
    return _pattern(pattern, escape).fullmatch(str(text)) is not None


def teach_swedish(sender: Any, connection: Any, **_: Any) -> None:
    """Receiver of ``connection_created``."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation("swedish", compare)
        connection.connection.create_function("like", 2, like, deterministic=True)
        connection.connection.create_function("like", 3, like, deterministic=True)
