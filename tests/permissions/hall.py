"""Who sees the hall and gives out its stands, the company its own choice, everybody the public plan."""

from typing import Any

from tests.permissions.row import EDITOR, EVERYONE, MEMBER, ORGANISER, OWNER, READER, TREASURER, Row, World

SEES = {ORGANISER, EDITOR, TREASURER, READER}
GIVES = {ORGANISER, EDITOR}
OWN = {OWNER, MEMBER}


def fair(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def hall(world: World) -> dict[str, Any]:
    return fair(world) | {"pk": world.hall.pk}


def stand(world: World) -> dict[str, Any]:
    return fair(world) | {"pk": world.stand.pk}


def own(world: World) -> dict[str, Any]:
    return {"pk": world.exhibitor.pk}


def chosen(world: World) -> dict[str, Any]:
    return {"stand": world.stand.pk}


ROWS: list[Row] = [
    Row("registrations:hall", SEES, fair),
    Row("registrations:hall-one", SEES, hall),
    Row("registrations:hall-states", SEES, hall),
    Row("registrations:hall-paper", SEES, fair),
    Row("registrations:hall-new", GIVES, fair),
    Row("registrations:hall-new", GIVES, fair, "post", ok=422),
    Row("registrations:hall-edit", GIVES, hall),
    Row("registrations:hall-edit", GIVES, hall, "post", ok=422),
    Row("registrations:hall-remove", GIVES, hall),
    Row("registrations:hall-remove", GIVES, hall, "post", ok=302),
    Row("registrations:hall-rows", GIVES, hall),
    Row("registrations:hall-rows", GIVES, hall, "post", ok=422),
    Row("registrations:hall-settings", GIVES, fair),
    Row("registrations:hall-settings", GIVES, fair, "post", ok=422),
    Row("registrations:hall-tell", GIVES, fair),
    Row("registrations:hall-tell", GIVES, fair, "post", ok=302),
    Row("registrations:stand-new", GIVES, hall),
    Row("registrations:stand-new", GIVES, hall, "post", ok=422),
    Row("registrations:stand", SEES, stand),
    Row("registrations:stand", GIVES, stand, "post", ok=422),
    Row("registrations:stand-move", GIVES, stand, "post", lambda w: {"x": "0", "y": "0"}),
    Row("registrations:stand-place", GIVES, stand, "post", lambda w: {"exhibitor": w.exhibitor.pk}, ok=302),
    Row("registrations:stand-free", GIVES, stand, "post", ok=302),
    Row("registrations:stand-block", GIVES, stand, "post", ok=302),
    Row("registrations:stand-remove", GIVES, stand, "post", ok=302),
    Row("registrations:hall-public", EVERYONE, fair),
    Row("registrations:hall-public-paper", EVERYONE, fair),
    Row(
        "registrations:hall-plan", EVERYONE, hall, ok=404, anonymous=404
    ),  # it has no plan; tests/…/stands tell the rest
    Row("registrations:stand-choose", OWN, own),
    Row("registrations:stand-choice-states", OWN, lambda w: own(w) | {"hall_pk": w.hall.pk}),
    Row("registrations:stand-hold", OWN, own, "post", chosen, ok=409),  # companies do not choose yet
    Row("registrations:stand-take", OWN, own, "post", chosen, ok=409),
    Row("registrations:stand-let-go", OWN, own, "post", ok=302),
]
