"""Who may print the papers of an evening."""

from typing import Any

from tests.permissions.row import DOOR, EDITOR, MEMBER, ORGANISER, OWNER, Row, World

PRINTS = {ORGANISER, EDITOR, DOOR}
OWN = {OWNER, MEMBER}


def evening(world: World) -> dict[str, Any]:
    return {"slug": world.night.event.slug}


ROWS: list[Row] = [
    Row("registrations:papers", PRINTS, evening),
    Row("registrations:papers-class-sheets", PRINTS, evening),
    Row("registrations:papers-station-lists", PRINTS, evening),
    Row("registrations:papers-bus-lists", PRINTS, evening),
    Row("registrations:papers-wall-plan", PRINTS, evening),
    Row("registrations:booking-sheets", OWN, lambda w: {"pk": w.booking.pk}),
    Row("registrations:station-sheet", OWN, lambda w: {"pk": w.station.pk}),
]
