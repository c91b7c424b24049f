"""Who may open the pages of registrations."""

from tests.permissions.row import EDITOR, EVERYONE, ORGANISER, Row

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
ROWS: list[Row] = [*VISITORS, *TICKETS]
