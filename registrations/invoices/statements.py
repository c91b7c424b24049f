"""Statements of account: from rows to what stands on them, as a page and as a PDF."""

from datetime import date

from django.utils.translation import gettext as _

from events.look import formats
from events.pdf import compile_pdf
from registrations.invoices.models import Biller, Invoice, PaperKind
from registrations.invoices.parties import seller_of
from registrations.invoices.statement import Entry, Kind, Row, rows_of
from registrations.organisations.models import Organisation
from registrations.papers.words import clean
from registrations.payments.models import Method, Payment

LANGUAGE = "sv"


def statement_of(organisation: Organisation, biller: Biller) -> list[Row]:
    """Every paper from ``biller`` to the company and every payment, whichever event they were about."""
    papers = Invoice.objects.filter(series__biller=biller, order__exhibitor__organisation=organisation)
    entries = [
        Entry(
            on=paper.issued_on,
            kind=Kind.INVOICE if paper.kind == PaperKind.INVOICE else Kind.CREDIT,
            paper=paper.name,
            amount_ore=paper.payable_ore,
            about=paper.event.title,
            due_on=paper.due_on,
            key=paper.pk,
        )
        for paper in papers.select_related("event").defer("contents")
    ]
    payments = Payment.objects.filter(invoice__in=papers).select_related("invoice")
    entries += [
        Entry(
            on=payment.paid_on,
            kind=Kind.FEE if payment.method == Method.FEE else Kind.PAYMENT,
            paper=payment.invoice.name,
            amount_ore=-payment.amount_ore,
            about=payment.get_method_display(),
            key=payment.pk,
        )
        for payment in payments
    ]
    return rows_of(entries)


def kind_words(entry: Entry) -> str:
    """What sort of line it is."""
    if entry.kind == Kind.FEE:
        return _("Reminder fee")
    if entry.kind == Kind.PAYMENT:
        return _("Payment") if entry.amount_ore < 0 else _("Repayment")
    return str(PaperKind(entry.kind.value).label)


def statement_pdf(organisation: Organisation, biller: Biller, today: date, language: str) -> bytes:
    """The statement as a tagged PDF; to be called with ``language`` active."""
    rows = statement_of(organisation, biller)
    balance = rows[-1].balance_ore if rows else 0
    seller = seller_of(biller)
    return compile_pdf(
        "statement-1.typ",
        clean(
            {
                "lang": language,
                "title": _("Statement of account, %(company)s") % {"company": organisation},
                "author": seller.name,
                "heading": _("Statement of account"),
                "company": str(organisation),
                "about": " · ".join(one for one in (organisation.number, organisation.city) if one),
                "made": formats.day(today, language),
                "labels": {
                    "day": _("Day"),
                    "kind": _("What"),
                    "paper": _("Number"),
                    "due": _("Due"),
                    "amount": _("Amount"),
                    "balance": _("Balance"),
                    "total": _("Left to pay") if balance >= 0 else _("To the company's credit"),
                    "page": _("Page"),
                },
                "rows": [
                    {
                        "day": formats.day(row.entry.on, language),
                        "kind": kind_words(row.entry),
                        "about": row.entry.about,
                        "paper": row.entry.paper,
                        "due": formats.day(row.entry.due_on, language) if row.entry.due_on else "",
                        "amount": formats.kronor(row.entry.amount_ore, language),
                        "balance": formats.kronor(row.balance_ore, language),
                    }
                    for row in rows
                ],
                "total": formats.kronor(abs(balance), language),
                "foot": [seller.name, f"{seller.street}, {seller.postal_code} {seller.city}", seller.email],
            }
        ),
    )
