"""What was decided by hand, as a proposal's row keeps it and as the solver takes it. Pure.

A lock is ``{"group": "c12", "place": true, "wave": "w3"}``: the group gets a place (in that wave; ``None``: in any), or
it gets none.
"""

from collections.abc import Iterable
from typing import Any

from registrations.allocation.solver.locks import Locks

Lock = dict[str, Any]


def solver_locks(locks: Iterable[Lock]) -> Locks:
    rows = list(locks)
    return Locks(
        placed={row["group"]: row["wave"] for row in rows if row["place"]},
        refused=frozenset(row["group"] for row in rows if not row["place"]),
    )
