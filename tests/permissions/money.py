"""Who sees and handles what came in, and the books."""

from typing import Any

from tests.permissions.row import EVERYONE, MEMBER, ORGANISER, OWNER, TREASURER, Row, World

OWN = {OWNER, MEMBER}
MONEY = {ORGANISER, TREASURER}


def event(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug}


def entry(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "pk": world.bank_entry.pk}


def invoice(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "pk": world.invoice.pk}


def own_invoice(world: World) -> dict[str, Any]:
    return {"exhibitor_pk": world.exhibitor.pk, "pk": world.own_invoice.pk}


def payment(world: World) -> dict[str, Any]:
    return {"slug": world.event.slug, "pk": world.payment.pk}


ROWS: list[Row] = [
    Row("registrations:bank", MONEY, event),
    Row("registrations:bank", MONEY, event, "post", ok=422),
    Row("registrations:bank-entry", MONEY, entry),
    Row("registrations:bank-settle", MONEY, entry, "post", lambda w: {"number": w.invoice.name}, ok=302),
    Row("registrations:bank-leave", MONEY, entry, "post", lambda w: {"note": "Hyra"}, ok=302),
    Row("registrations:bank-reopen", MONEY, entry, "post", ok=302),
    Row("registrations:invoice-pay", MONEY, invoice),
    Row("registrations:invoice-pay", MONEY, invoice, "post", ok=422),
    Row("registrations:invoice-repay", MONEY, invoice),
    Row("registrations:invoice-repay", MONEY, invoice, "post", ok=422),
    Row("registrations:invoice-keep-fee", MONEY, invoice, "post", ok=302),
    Row("registrations:payment-take-back", MONEY, payment),
    Row("registrations:payment-take-back", MONEY, payment, "post", ok=422),
    Row("registrations:card-messages", EVERYONE, method="post", ok=400, anonymous=400),
    Row("registrations:card-begin", OWN, own_invoice, "post", ok=409),  # no cards are set up
    Row("registrations:card-back", OWN, own_invoice),
    Row("registrations:card-stopped", OWN, own_invoice),
    Row("registrations:cards", MONEY, event),
    Row("registrations:card-refund", MONEY, lambda w: {**event(w), "pk": w.checkout.pk}),
    Row("registrations:card-refund", MONEY, lambda w: {**event(w), "pk": w.checkout.pk}, "post", ok=422),
    Row("registrations:card-difference-seen", MONEY, lambda w: {**event(w), "pk": w.difference.pk}, "post", ok=302),
    Row("registrations:books", MONEY, event),
    Row("registrations:books-sie", MONEY, event, data=lambda w: {"first": "2027-01-01", "last": "2027-12-31"}),
    Row(
        "registrations:books-ledger",
        MONEY,
        lambda w: {**event(w), "ending": "csv"},
        data=lambda w: {"first": "2027-01-01", "last": "2027-12-31"},
    ),
]
