"""Who may open the pages of registrations."""

from django.utils import timezone

from tests.permissions.row import DOOR, EDITOR, EVERYONE, ORGANISER, Row, World

VISITORS: list[Row] = [
    Row("registrations:visitor-signup", EVERYONE, lambda w: {"slug": w.event.slug}),
    Row("registrations:visit-cancel", EVERYONE, lambda w: {"code": w.ticket.code}),
    Row("registrations:visit-cancel", EVERYONE, lambda w: {"code": w.ticket.code}, method="post", ok=302),
    Row("registrations:visitor-list", {ORGANISER, EDITOR}, lambda w: {"slug": w.event.slug}),
    Row("registrations:visitor-export", {ORGANISER, EDITOR}, lambda w: {"slug": w.event.slug, "ending": "csv"}),
]
TICKETS: list[Row] = [
    Row("registrations:ticket", EVERYONE, lambda w: {"code": w.ticket.code}),
    Row("registrations:ticket-from-qr", EVERYONE, lambda w: {"code": w.ticket.code}, ok=302),
    Row("registrations:badges", {ORGANISER, EDITOR}, lambda w: {"slug": w.event.slug}),
]


def one_scan(world: World) -> dict:
    nonce = "5f0c8f3e-58a4-4a1c-a4f0-8a1a31c9ad5e"
    moment = timezone.now().isoformat()
    return {
        "scans": [{"nonce": nonce, "text": world.ticket.code, "gate": world.gate.pk, "device_at": moment}],
    }


AT_THE_DOOR = {ORGANISER, EDITOR, DOOR}
CHECKIN: list[Row] = [
    Row("registrations:door", AT_THE_DOOR, lambda w: {"slug": w.event.slug}),
    Row("registrations:door", AT_THE_DOOR, lambda w: {"slug": w.event.slug}, method="post"),
    Row("registrations:door-gates", {ORGANISER, EDITOR}, lambda w: {"slug": w.event.slug}),
    Row(
        "registrations:door-gates",
        {ORGANISER, EDITOR},
        lambda w: {"slug": w.event.slug},
        method="post",
        data=lambda w: {"name": "Norra entrén"},
        ok=302,
    ),
    Row("api:door-count", AT_THE_DOOR, lambda w: {"slug": w.event.slug}, anonymous=401),
    Row(
        "api:door-scans",
        AT_THE_DOOR,
        lambda w: {"slug": w.event.slug},
        method="post",
        data=one_scan,
        json=True,
        anonymous=401,
    ),
]
ROWS: list[Row] = [*VISITORS, *TICKETS, *CHECKIN]
