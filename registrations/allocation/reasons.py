"""Why a class has no place, in words, from what publishing wrote down (or from a solution that is not published yet)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from registrations.allocation.solver.solution import Reason
from registrations.allocation.wording import TEXTS, reason_text


def reason_of(outcome: Mapping[str, Any] | None, *, with_cost: bool = False) -> str:
    """The reason in the reader's language, with its numbers; a plain sentence where none was given.

    ``outcome`` has ``code``, ``numbers`` and ``names`` (what the ids among the numbers are called). ``with_cost`` adds
    what a place would have cost whom: for the organiser, who may read the names of others.
    """
    code = (outcome or {}).get("code", "")
    if not outcome or code not in TEXTS:
        return _("There were not enough places.")
    numbers = dict(outcome.get("numbers") or {})
    cost = numbers.pop("cost", None)
    if with_cost and cost:
        numbers["cost"] = cost
    return reason_text(Reason(code, numbers), outcome.get("names") or {})
