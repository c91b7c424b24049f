"""Amounts as people type them: "4 900", "4900,50", "4 900 kr"; kept as whole öre."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.look.typed import TypedWholeField
from registrations.money.amounts import MAX_ORE, typed_kronor


class NotAnAmount(ValueError):
    """``text`` is no amount of kronor with at most two decimals."""


def read_kronor(text: str) -> int:
    """The öre in ``text``; a comma or a full stop before the decimals, spaces wherever. Raises NotAnAmount."""
    bare = re.sub(r"\s", "", text).lower().removesuffix("kr").removesuffix(":-").replace("−", "-")
    if not re.fullmatch(r"[0-9]{1,12}([.,][0-9]{1,2})?", bare):
        raise NotAnAmount(text)
    return int(Decimal(bare.replace(",", ".")) * 100)


class KronorField(TypedWholeField):
    """Gives öre (an int), or ``None`` where it may be empty. ``least_ore`` and ``most_ore`` bound it."""

    default_error_messages = {
        "unreadable": _("Write an amount in kronor, such as 4 900 or 4 900,50."),
        "least": _("The amount is too small."),
        "most": _("The amount is larger than anybody means."),
    }

    def __init__(self, *, least_ore: int = 0, most_ore: int = MAX_ORE, **kwargs: Any):
        super().__init__(read=read_kronor, typed=typed_kronor, least=least_ore, most=most_ore, max_length=20, **kwargs)
