"""Who may work at the desk of the door; the phones' own addresses know no people, only devices."""

from tests.permissions.row import DOOR, EDITOR, EVERYONE, ORGANISER, Row, World

AT_THE_DOOR = {ORGANISER, EDITOR, DOOR}


def event(world: World) -> dict:
    return {"slug": world.event.slug}


def a_walk_in(world: World) -> dict:
    return {"name": "Kim", "language": "sv", "gate": world.gate.pk}


def ticket(world: World) -> dict:
    return {**event(world), "handle": world.ticket.handle}


PAGES: list[Row] = [
    Row("registrations:door-search", AT_THE_DOOR, event),
    Row(
        "registrations:door-search",
        AT_THE_DOOR,
        event,
        method="post",
        data=lambda w: {"act": "enter", "handle": w.ticket.handle},
    ),
    Row(
        "registrations:door-block", AT_THE_DOOR, ticket, method="post", data=lambda w: {"reason": "Borttappad"}, ok=302
    ),
    Row("registrations:door-unblock", AT_THE_DOOR, ticket, method="post", ok=302),
    Row("registrations:door-badge", AT_THE_DOOR, ticket),
    Row("registrations:door-walk-in", AT_THE_DOOR, event),
    # The world's event is some weeks away: the desk says no.
    Row("registrations:door-walk-in", AT_THE_DOOR, event, method="post", data=a_walk_in, ok=409),
    Row("registrations:door-walk-in-done", AT_THE_DOOR, ticket),
    Row("registrations:door-practice", AT_THE_DOOR, event),
    Row("registrations:practice-ticket", EVERYONE, lambda w: {"code": "PRACT1CE00000ADM"}),
]
NOBODY: frozenset[str] = frozenset()
PHONES: list[Row] = [
    Row("api:door-search", NOBODY, denied=401, anonymous=401),
    Row("api:door-names", NOBODY, denied=401, anonymous=401),
    Row("api:door-block", NOBODY, method="post", json=True, denied=401, anonymous=401),
    Row("api:door-unblock", NOBODY, method="post", json=True, denied=401, anonymous=401),
    Row("api:door-badge", NOBODY, lambda w: {"handle": w.ticket.handle}, denied=401, anonymous=401),
    Row("api:door-kiosk", NOBODY, method="post", json=True, denied=401, anonymous=401),
]
ROWS: list[Row] = [*PAGES, *PHONES]
