"""Money that came in or went back, written down once. Whether an invoice is paid is counted from these rows."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.moments import STOCKHOLM
from registrations.invoices.models import Invoice, PaperKind
from registrations.money.amounts import MAX_ORE
from registrations.payments.models import Method, Payment
from registrations.payments.queries import fees_left, with_balance

PAID = audit.verb("payment.registered", _("registered a payment"))
TAKEN_BACK = audit.verb("payment.taken_back", _("took back a payment"))
KEPT = audit.verb("payment.kept_as_fee", _("kept what was paid too much as a reminder fee"))
PAID_BACK = audit.verb("payment.paid_back", _("noted a repayment"))


class NotAnInvoice(Refusal):
    code = "not_an_invoice"
    message = _("A credit note is not paid: the money is noted on its invoice.")


class NoAmount(Refusal):
    code = "no_amount"
    message = _("Give an amount above zero.")


class InTheFuture(Refusal):
    code = "in_the_future"
    message = _("The day lies ahead. Give the day when the money came.")


class TakenBackAlready(Refusal):
    code = "taken_back_already"
    message = _("That payment has been taken back already.")


class MoreThanOverpaid(Refusal):
    code = "more_than_overpaid"
    message = _("No more can be paid back than what was paid too much.")


class NothingToKeep(Refusal):
    code = "nothing_to_keep"
    message = _("Nothing has been paid too much that the reminders have asked for.")


@transaction.atomic
def register_payment(
    *,
    invoice: Invoice,
    amount_ore: int,
    method: Method,
    paid_on: date,
    by: User | None,
    at: datetime,
    note: str = "",
    outside: str | None = None,
) -> Payment:
    """Note that ``amount_ore`` came in for ``invoice`` on ``paid_on``. Too much is no error: it shows as overpaid.

    ``outside`` is what the bank or the card company calls the payment: told twice it is noted once, and the first row is
    given. Raises NotAnInvoice, NoAmount, InTheFuture.
    """
    invoice = locked_invoice(invoice.pk)
    if outside is not None and (known := Payment.objects.filter(outside=outside).first()):
        return known
    if invoice.kind != PaperKind.INVOICE:
        raise NotAnInvoice
    if not 0 < amount_ore <= MAX_ORE:
        raise NoAmount
    if paid_on > _day(at):
        raise InTheFuture
    payment = Payment.objects.create(
        invoice=invoice,
        amount_ore=amount_ore,
        method=method,
        paid_on=paid_on,
        note=note,
        outside=outside,
        at=at,
        by=by,
    )
    audit.record(invoice, PAID, by=by, at=at, changes={"amount_ore": [None, amount_ore]})
    return payment


@transaction.atomic
def take_back_payment(*, payment: Payment, note: str, by: User | None, at: datetime) -> Payment:
    """Undo a payment that was registered by mistake, by a row of its own. Raises TakenBackAlready.

    A reminder fee that had been kept of it is undone too, where it would be left to pay now: it is no claim.
    """
    invoice = locked_invoice(payment.invoice_id)
    if payment.takes_back_id or Payment.objects.filter(takes_back=payment).exists():
        raise TakenBackAlready
    back = Payment.objects.create(
        invoice=invoice,
        amount_ore=-payment.amount_ore,
        method=payment.method,
        paid_on=payment.paid_on,
        note=note,
        takes_back=payment,
        at=at,
        by=by,
    )
    audit.record(invoice, TAKEN_BACK, by=by, at=at, changes={"amount_ore": [payment.amount_ore, None]})
    if payment.method != Method.FEE and _left(invoice) > 0:
        for fee in invoice.payments.filter(method=Method.FEE, takes_back=None, taken_back_by=None):
            take_back_payment(payment=fee, note=note, by=by, at=at)
    return back


@transaction.atomic
def note_repayment(
    *,
    invoice: Invoice,
    amount_ore: int,
    method: Method,
    paid_on: date,
    by: User | None,
    at: datetime,
    note: str = "",
    outside: str | None = None,
) -> Payment:
    """Note that ``amount_ore`` of what was paid too much went back. Told twice (``outside``) it is noted once.

    What is told from ``outside`` has gone back already: it is noted whatever is left, and shows as left to pay where it was
    too much. Raises NoAmount, MoreThanOverpaid, InTheFuture.
    """
    locked_invoice(invoice.pk)
    if outside is not None and (known := Payment.objects.filter(outside=outside).first()):
        return known
    left_ore = _left(invoice)
    if amount_ore <= 0:
        raise NoAmount
    if outside is None and amount_ore > -left_ore:
        raise MoreThanOverpaid
    if paid_on > _day(at):
        raise InTheFuture
    payment = Payment.objects.create(
        invoice=invoice,
        amount_ore=-amount_ore,
        method=method,
        paid_on=paid_on,
        note=note,
        outside=outside,
        at=at,
        by=by,
    )
    audit.record(invoice, PAID_BACK, by=by, at=at, changes={"amount_ore": [None, amount_ore]})
    return payment


@transaction.atomic
def keep_as_fee(*, invoice: Invoice, by: User, at: datetime) -> Payment:
    """Keep what was paid too much as the fee that the reminders asked for, as far as they did: it is income, without VAT.

    A second click changes nothing; a mistake is taken back as any other payment is. Raises NothingToKeep.
    """
    locked_invoice(invoice.pk)
    row = with_balance(Invoice.objects.filter(pk=invoice.pk)).annotate(fees_ore=fees_left()).get()
    ore = min(-row.left_ore, row.fees_ore)
    if ore <= 0:
        before = invoice.payments.filter(method=Method.FEE, takes_back=None, taken_back_by=None).last()
        if before is None:
            raise NothingToKeep
        return before
    payment = Payment.objects.create(
        invoice=invoice, amount_ore=-ore, method=Method.FEE, paid_on=_day(at), at=at, by=by
    )
    audit.record(invoice, KEPT, by=by, at=at, changes={"amount_ore": [None, ore]})
    return payment


def locked_invoice(pk: int) -> Invoice:
    """The invoice's row, locked until the transaction ends: whoever registers money on it takes it first."""
    row: Invoice = Invoice.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return row


def _left(invoice: Invoice) -> int:
    left_ore: int = with_balance(Invoice.objects.filter(pk=invoice.pk)).get().left_ore
    return left_ore


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()
