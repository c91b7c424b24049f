"""An issuer's papers and payments of a period as vouchers."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.books.posting import Accounts, Voucher, balances, entries_of_paper, entries_of_payment
from registrations.invoices.contents import totals_in
from registrations.invoices.models import Biller, Invoice, PaperKind
from registrations.invoices.queries import contents_in
from registrations.payments.models import Method, Payment

PAPERS, PAYMENTS = "F", "B"


def accounts_of(biller: Biller) -> Accounts:
    """The accounts that the issuer has chosen."""
    return Accounts(
        receivable=biller.receivable_account,
        bank=biller.bank_account,
        card=biller.card_account,
        rounding=biller.rounding_account,
        fees=biller.fee_account,
        exempt=biller.exempt_account,
        eu=biller.eu_account,
        export=biller.export_account,
        sales={25: biller.sales_account, 12: biller.sales_12_account, 6: biller.sales_6_account},
        vat={25: biller.vat_account, 12: biller.vat_12_account, 6: biller.vat_6_account},
    )


def names_of(biller: Biller) -> dict[str, str | Promise]:
    """What each of the accounts is called; one that is used for two things has the first one's name."""
    named = [
        (biller.receivable_account, _("Customers' debts")),
        (biller.bank_account, _("Bank")),
        (biller.card_account, _("Card payments")),
        (biller.sales_account, _("Sales, 25 % VAT")),
        (biller.sales_12_account, _("Sales, 12 % VAT")),
        (biller.sales_6_account, _("Sales, 6 % VAT")),
        (biller.exempt_account, _("Sales without VAT")),
        (biller.eu_account, _("Sales in the EU, reverse charge")),
        (biller.export_account, _("Sales outside the EU")),
        (biller.vat_account, _("VAT, 25 %")),
        (biller.vat_12_account, _("VAT, 12 %")),
        (biller.vat_6_account, _("VAT, 6 %")),
        (biller.rounding_account, _("Rounding")),
        (biller.fee_account, _("Reminder fees")),
    ]
    return dict(reversed(named))


def vouchers_of(biller: Biller, first: date, last: date) -> list[Voucher]:
    """Every voucher from ``first`` through ``last``, papers by number, then payments by day."""
    accounts = accounts_of(biller)
    return [*_papers(biller, accounts, first, last), *_payments(biller, accounts, first, last)]


class Ledger(NamedTuple):
    """One account's sum over a period (debit above zero)."""

    account: str
    name: str | Promise
    debit_ore: int
    credit_ore: int
    balance_ore: int


class Sums(NamedTuple):
    """A period in numbers, from the papers themselves: what the accounts must agree with."""

    invoiced_ore: int
    credited_ore: int
    vat_ore: int
    paid_ore: int
    papers: int
    payments: int


def ledger_of(biller: Biller, vouchers: list[Voucher]) -> list[Ledger]:
    """The accounts that ``vouchers`` touch, in their order."""
    names = names_of(biller)
    rows = []
    for account, balance in balances(vouchers).items():
        debit = sum(e.amount_ore for v in vouchers for e in v.entries if e.account == account and e.amount_ore > 0)
        rows.append(Ledger(account, names.get(account, ""), debit, debit - balance, balance))
    return rows


def sums_of(biller: Biller, first: date, last: date) -> Sums:
    """What the papers and payments of the period come to."""
    papers = list(Invoice.objects.filter(series__biller=biller, issued_on__range=(first, last)))
    paid = list(
        Payment.objects.filter(invoice__series__biller=biller, paid_on__range=(first, last)).exclude(method=Method.FEE)
    )
    return Sums(
        invoiced_ore=sum(one.payable_ore for one in papers if one.kind == PaperKind.INVOICE),
        credited_ore=sum(one.payable_ore for one in papers if one.kind == PaperKind.CREDIT),
        vat_ore=sum(one.vat_ore for one in papers),
        paid_ore=sum(one.amount_ore for one in paid),
        papers=len(papers),
        payments=len(paid),
    )


class Income(NamedTuple):
    """What an event's papers come to without VAT, as its accounts for sales do: invoices less credit notes."""

    net_ore: int
    invoices: int
    credits: int


def income_of_events(events: Collection[int]) -> dict[int, Income]:
    """The income of each of ``events`` (keys) of which there are papers. One query."""
    rows = Invoice.objects.filter(event__in=events).order_by().values_list("event")
    told = rows.annotate(
        net=Sum("net_ore"),
        invoices=Count("pk", filter=Q(kind=PaperKind.INVOICE)),
        credits=Count("pk", filter=Q(kind=PaperKind.CREDIT)),
    )
    return {event: Income(*found) for event, *found in told}


def _papers(biller: Biller, accounts: Accounts, first: date, last: date) -> Iterator[Voucher]:
    rows = Invoice.objects.filter(series__biller=biller, issued_on__range=(first, last))
    for paper in rows.order_by("series__year", "number"):
        yield Voucher(
            series=PAPERS,
            number=paper.number,
            on=paper.issued_on,
            text=f"{paper.get_kind_display()} {paper.name}, {paper.buyer}",
            paper=paper.name,
            entries=entries_of_paper(totals_in(contents_in(paper)), accounts),
        )


def _text_of(payment: Payment) -> str | Promise:
    if payment.method == Method.FEE:
        return _("Reminder fee %(name)s")
    return _("Payment %(name)s") if payment.amount_ore > 0 else _("Repayment %(name)s")


def _payments(biller: Biller, accounts: Accounts, first: date, last: date) -> Iterator[Voucher]:
    rows = Payment.objects.filter(invoice__series__biller=biller, paid_on__range=(first, last))
    for payment in rows.select_related("invoice").order_by("paid_on", "pk"):
        text = _text_of(payment)
        yield Voucher(
            series=PAYMENTS,
            number=payment.pk,
            on=payment.paid_on,
            text=text % {"name": payment.invoice.name},
            paper=payment.invoice.name,
            entries=entries_of_payment(payment.amount_ore, payment.method, accounts),
        )
