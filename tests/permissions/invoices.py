"""Who may see and write papers: those who handle the event's money, and the company its own."""

from typing import Any

from tests.permissions.row import MEMBER, ORGANISER, OWNER, TREASURER, Row, World

MONEY = {ORGANISER, TREASURER}
OWN = {OWNER, MEMBER}


def paper(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "pk": world.invoice.pk}


def fair(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def company(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "pk": world.organisation.pk}


def own(world: World) -> dict[str, Any]:
    return {"pk": world.exhibitor.pk, "invoice_pk": world.own_invoice.pk}


ROWS: list[Row] = [
    Row("registrations:invoice-list", MONEY, fair),
    Row("registrations:invoice-export", MONEY, lambda w: fair(w) | {"ending": "csv"}),
    Row("registrations:invoice-reminders", MONEY, fair),
    Row("registrations:invoice-reminders", MONEY, fair, method="post", ok=302),
    Row("registrations:invoice", MONEY, paper),
    Row("registrations:invoice-pdf", MONEY, paper),
    Row("registrations:invoice-e", MONEY, paper, ok=409),  # the buyer gave no reference
    Row("registrations:invoice-ubl", MONEY, paper, ok=302),
    Row("registrations:invoice-credit", MONEY, paper),
    Row(
        "registrations:invoice-credit",
        MONEY,
        paper,
        method="post",
        data=lambda w: {"what": "whole", "reason": "Fel"},
        ok=302,
    ),
    Row("registrations:invoice-remind", MONEY, paper, method="post", ok=302),
    Row("registrations:invoice-statement", MONEY, company),
    Row("registrations:invoice-statement-pdf", MONEY, company),
    Row("registrations:biller-edit", MONEY, fair),
    Row("registrations:biller-edit", MONEY, fair, method="post", ok=422),
    Row("registrations:own-invoice", OWN, own),
    Row("registrations:own-invoice-pdf", OWN, own),
]
