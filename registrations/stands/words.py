"""What is said of a stand, in one line: for those who hear the plan, and for the list."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.look import formats
from registrations.stands.floor import Spot


def size_of(spot: Spot) -> str:
    """ "9 m²" or "7,5 m²"."""
    metres = spot.square_metres
    whole = int(metres) if metres == int(metres) else None
    shown = formats.number(whole, get_language()) if whole is not None else formats.number(metres, get_language(), 1)
    return f"{shown} m²"


def said_of(spot: Spot) -> str:
    """ "A12, 9 m², free, corner": the name that the stand has in the picture."""
    parts = [spot.stand.number, size_of(spot), str(spot.state.label).lower()]
    if spot.name:
        parts.append(spot.name)
    elif spot.is_corner:
        parts.append(_("corner"))
    return ", ".join(parts)


def said_in_public(spot: Spot) -> str:
    """ "A12: Kuggfrö AB"; of a stand without a company only its number and size."""
    return f"{spot.stand.number}: {spot.name}" if spot.name else f"{spot.stand.number}, {size_of(spot)}"
