"""What a bank's payment may be for, and what waits to be settled."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.bank.matching import Open, Suggestion, match
from registrations.bank.models import BankEntry, EntryState
from registrations.bank.told import Entry
from registrations.invoices.models import Biller, Invoice
from registrations.payments.queries import fees_left, with_balance


def invoices_by_ocr(biller: Biller) -> dict[str, Open]:
    """The biller's invoices, paid ones too: who pays twice must be found as well. By OCR."""
    rows = (
        with_balance(Invoice.objects.charges().filter(series__biller=biller)).select_related("order").defer("contents")
    )
    rows = rows.annotate(fees_ore=fees_left())
    return {
        row.ocr: Open(
            key=row.pk,
            ocr=row.ocr,
            name=row.name,
            buyer=row.buyer,
            buyer_number="".join(sign for sign in row.order.bill_number if sign.isdigit())[-10:],
            left_ore=row.left_ore,
            fees_ore=row.fees_ore,
        )
        for row in rows
    }


def to_settle(biller: Biller) -> QuerySet[BankEntry]:
    """Payments that wait for somebody, the oldest first; each with its suggestion at hand."""
    rows = BankEntry.objects.filter(biller=biller, state=EntryState.OPEN)
    return rows.select_related("file", "suggested").order_by("paid_on", "pk")


def settled(biller: Biller) -> QuerySet[BankEntry]:
    """The others, the latest first."""
    rows = BankEntry.objects.filter(biller=biller).exclude(state=EntryState.OPEN)
    return rows.select_related("file", "payment__invoice", "settled_by").order_by("-settled_at", "-pk")


WHY = {
    "words": _("The message names the invoice."),
    "number_and_amount": _("The payer's organisation number and the amount are the invoice's."),
    "name_and_amount": _("The payer's name is like the buyer's, and the amount is the invoice's."),
    "reference_near": _("The reference is nearly the invoice's: a digit is wrong, missing or swapped."),
}


class Suggested(NamedTuple):
    """An invoice that ``entry`` may be for, as it stands now, and why."""

    invoice: Invoice
    why: str | Promise


def suggestion_for(entry: BankEntry) -> Suggested | None:
    """What speaks for one invoice today: payments since the file was read count."""
    if entry.state != EntryState.OPEN:
        return None
    found = match(told_of(entry), invoices_by_ocr(entry.biller))
    if found is None:
        return None
    invoice = with_balance(Invoice.objects.filter(pk=found.key)).get()
    why = WHY[found.why] if isinstance(found, Suggestion) else _("The reference is the invoice's.")
    return Suggested(invoice, why)


def told_of(entry: BankEntry) -> Entry:
    """The row as the pure modules know it."""
    return Entry(
        outside=entry.outside,
        amount_ore=entry.amount_ore,
        currency=entry.currency,
        paid_on=entry.paid_on,
        reference=entry.reference,
        payer=entry.payer,
        payer_number=entry.payer_number,
        words=entry.words,
    )
