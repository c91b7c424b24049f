"""Why a class has no place, in words, from what publishing wrote down (or from a solution that is not published yet)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from registrations.allocation.solver.solution import Reason


def reason_of(outcome: Mapping[str, Any] | None) -> str:
    """The reason in the reader's language, with its numbers; a plain sentence where none was given."""
    try:
        from registrations.allocation.wording import reason_text
    except ModuleNotFoundError:  # until it is there
        return _("There were not enough places.")

    code = (outcome or {}).get("code", "")
    if not outcome or code in {"", "placed", "no_reason"}:
        return _("There were not enough places.")
    return reason_text(Reason(code, dict(outcome.get("numbers") or {})))
