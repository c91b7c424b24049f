"""What the higher apps know of an evening's parts; see ``events.programme.hooks`` for how it works."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from events.access.models import User
from events.nights.models import Field, Night, Wave, Zone
from events.programme.hooks import Hook

Part = Wave | Zone | Field

# What uses a part ("3 stations"), in words; while something does, the part can not be taken away.
used_by: Hook[Callable[[Part], list[str]]] = Hook()

# What else will go wrong with the programme as it is saved, in words, for those who plan it.
warnings: Hook[Callable[[Night], list[str]]] = Hook()


@dataclass(frozen=True, slots=True)
class Retimed:
    """An admission whose times are others now: ``before_at`` is when it began before, perhaps at the same time."""

    wave: Wave
    before_at: datetime


# Tells whoever was told of the old times of the new ones, which are written by then; gives in words who was told.
when_retimed: Hook[Callable[[Night, list[Retimed], User, datetime], list[str]]] = Hook()
