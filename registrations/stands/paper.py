"""The plan of the halls as a PDF on A3: each hall drawn to scale, then its stands as a table."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.look import formats
from events.pdf import compile_pdf
from events.programme.models import Event
from registrations.papers.words import clean
from registrations.stands.floor import Floor, Spot
from registrations.stands.words import size_of


def plan_pdf(event: Event, floors: list[Floor], at: datetime) -> bytes:
    """A PDF/UA-1 with one sheet for each of ``floors`` and the list of its stands; lengths go to the template in metres."""
    language = get_language()
    printed = formats.moment(timezone.localtime(at), language)
    data = {
        "lang": language or "sv",
        "author": event.issuer.name,
        "title": f"{_('The hall')} · {event.title}",
        "event": event.title,
        "day": formats.day(timezone.localtime(event.starts_at), language),
        "printed": _("Made %(moment)s") % {"moment": printed},
        "labels": {
            "number": _("Stand"),
            "company": _("Company"),
            "size": _("Size"),
            "empty": _("There are no halls yet."),
            "entrance": _("Entrance"),
            "page": _("Page"),
        },
        "halls": [_hall(floor) for floor in floors],
    }
    return compile_pdf("hall.typ", clean(data))


def _hall(floor: Floor) -> dict[str, Any]:
    hall = floor.hall
    named = sum(1 for spot in floor.spots if spot.name)
    across, along = hall.entrance
    return {
        "name": hall.name,
        "width": hall.width_cm / 100,
        "depth": hall.depth_cm / 100,
        "entrance": [across / 100, along / 100],
        "alt": _("Plan of %(hall)s with %(stands)s stands, %(named)s of them with a company. The list follows.")
        % {"hall": hall.name, "stands": len(floor.spots), "named": named},
        "spots": [_spot(spot) for spot in floor.spots],
    }


def _spot(spot: Spot) -> dict[str, Any]:
    box = spot.box
    return {
        "number": spot.stand.number,
        "name": spot.name,
        "lines": [words for _x, _y, words in spot.lines],
        "size": size_of(spot),
        "x": box.x / 100,
        "y": box.y / 100,
        "width": box.width / 100,
        "depth": box.depth / 100,
        "taken": bool(spot.name),
    }
