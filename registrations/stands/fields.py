"""Lengths as people type them: "12", "12,5", "3.0 m"; kept as whole centimetres."""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from events.look.typed import TypedWholeField
from registrations.stands.models import LONGEST_CM


def read_metres(text: str) -> int:
    """The centimetres in ``text``; a comma or a full stop before at most two decimals. Raises ValueError."""
    bare = re.sub(r"\s", "", text).lower().removesuffix("m")
    if not re.fullmatch(r"[0-9]{1,5}([.,][0-9]{1,2})?", bare):
        raise ValueError(text)
    return int(Decimal(bare.replace(",", ".")) * 100)


def typed_metres(length: int) -> str:
    """``length`` in centimetres as one would type it: 300 is "3", 1250 "12,5", 305 "3,05"."""
    whole, rest = divmod(length, 100)
    return f"{whole},{rest:02}".rstrip("0") if rest else str(whole)


class MetreField(TypedWholeField):
    """Gives centimetres (an int), or ``None`` where it may be empty; from ``least_cm`` to ``most_cm``."""

    default_error_messages = {
        "unreadable": _("Write a length in metres, such as 3 or 12,5."),
        "least": _("At least %(bound)s m."),
        "most": _("At most %(bound)s m."),
    }

    def __init__(self, *, least_cm: int = 0, most_cm: int = LONGEST_CM, **kwargs: Any):
        super().__init__(read=read_metres, typed=typed_metres, least=least_cm, most=most_cm, max_length=12, **kwargs)
