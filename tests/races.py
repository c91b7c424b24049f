"""Several people at the same moment, for the tests that PostgreSQL alone can fail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from events.errors import Refusal


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Everybody acts at the same moment; what each was told, in order: ``done`` or the refusal's code."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait()
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
