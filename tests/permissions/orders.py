"""Who sees the price list and the orders, who changes them, and the company its own."""

from collections.abc import Callable
from typing import Any

from tests.permissions.row import EDITOR, MEMBER, ORGANISER, OWNER, READER, TREASURER, Row, World

SEES = {ORGANISER, EDITOR, TREASURER, READER}
SELLS = {ORGANISER, TREASURER}
DECIDES = {ORGANISER, EDITOR}
OWN = {OWNER, MEMBER}


def fair(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def own(world: World) -> dict[str, Any]:
    return {"pk": world.exhibitor.pk}


def offer(world: World) -> dict[str, Any]:
    return fair(world) | {"pk": world.offer.pk}


def thing(kind: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: fair(world) | {"pk": getattr(world, kind).pk}


def price_list(kind: str) -> list[Row]:
    """The rows of one of the three lists."""
    one = thing(kind)
    return [
        Row(f"registrations:{kind}-list", SEES, fair),
        Row(f"registrations:{kind}-new", SELLS, fair),
        Row(f"registrations:{kind}-new", SELLS, fair, "post", ok=422),
        Row(f"registrations:{kind}-edit", SELLS, one),
        Row(f"registrations:{kind}-edit", SELLS, one, "post", ok=422),
        Row(f"registrations:{kind}-retire", SELLS, one, "post", ok=302),
    ]


ROWS: list[Row] = [
    *price_list("package"),
    *price_list("addon"),
    *price_list("discount"),
    Row("registrations:package-move", SELLS, thing("package"), "post", ok=302),
    Row("registrations:addon-move", SELLS, thing("addon"), "post", ok=302),
    Row("registrations:terms", SEES, fair),
    Row("registrations:terms", SELLS, fair, "post", ok=422),
    Row("registrations:order-list", SELLS, fair),
    Row("registrations:order-export", SELLS, lambda w: fair(w) | {"ending": "csv"}),
    Row("registrations:order-prolong", DECIDES, offer, "post", ok=302),
    Row("registrations:order-release", DECIDES, offer, "post", ok=302),
    Row("registrations:exhibitor-package", OWN, own, ok=302),  # its order is sent
    Row("registrations:exhibitor-billing", OWN, own, ok=302),
    Row("registrations:order-confirm", OWN, own, ok=302),
    Row("registrations:order-confirm", OWN, own, "post", ok=302),
]
