"""Credit notes: what an invoice charged is taken back by a paper of its own in the same series, never more than is left."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.look.formats import kronor
from events.moments import STOCKHOLM
from registrations.invoices import words
from registrations.invoices.contents import Stamp, contents_of, lines_in, totals_in
from registrations.invoices.models import Invoice, PaperKind
from registrations.invoices.numbering import draw_number
from registrations.invoices.parties import buyer_of, occasion_of, seller_of
from registrations.invoices.queries import contents_in
from registrations.invoices.services import credits_of, issue_for_cancelled, write_paper
from registrations.money.amounts import Line, Totals, Vat, half_away, totals_of
from registrations.money.crediting import TooMuch, credit_all, credit_of, left_of
from registrations.orders.models import Order
from registrations.orders.states import OrderState

CREDITED = audit.verb("invoice.credited", _("credited the invoice"))


class NothingLeft(Refusal):
    code = "nothing_left"
    message = _("The whole invoice has been credited already.")


class NothingToCredit(Refusal):
    code = "nothing_to_credit"
    message = _("Give an amount above zero for one of the rates of VAT.")


class MoreThanLeft(Refusal):
    """``left_ore``: what can still be credited of that rate, without VAT."""

    code = "more_than_left"
    message = _("No more than %(left)s without VAT is left to credit at %(rate)s %% VAT.")

    def __init__(self, too_much: TooMuch):
        self.left_ore = too_much.left_ore
        super().__init__(left=kronor(too_much.left_ore, None), rate=too_much.vat.rate)


class CreditOfCredit(Refusal):
    code = "credit_of_credit"
    message = _("A credit note is not credited: credit its invoice.")


@transaction.atomic
def credit_invoice(
    *, invoice: Invoice, parts: Mapping[Vat, int] | None, reason: str, by: User | None, at: datetime
) -> Invoice:
    """Take back ``parts`` of ``invoice`` (öre without VAT per rate and category), or all that is left (``None``).

    Raises MoreThanLeft, NothingLeft, NothingToCredit, CreditOfCredit; then no number is drawn.
    """
    row = locked_paper(invoice.pk)
    if row.kind != PaperKind.INVOICE:
        raise CreditOfCredit
    charged, credited = totals_with_notes(row)
    if not any(left_of(charged, credited).values()):
        raise NothingLeft
    try:
        totals = credit_all(charged, credited) if parts is None else credit_of(charged, credited, parts)
    except TooMuch as too_much:
        raise MoreThanLeft(too_much) from too_much
    except ValueError as nothing:
        raise NothingToCredit from nothing
    whole = parts is None and not credited
    return _write_note(row, totals, whole=whole, reason=reason, by=by, at=at)


@transaction.atomic
def settle_cancellation(*, order: Order, by: User | None, at: datetime) -> Invoice | None:
    """The paper that follows when a confirmed ``order`` is cancelled at its cost (0, 50 or 100 per cent).

    Where there is an invoice, what it charges above the cost is credited; where there is none, the cost is invoiced.
    Told twice it is done once. ``None``: there is nothing to write. Raises NoBiller.
    """
    order = Order.objects.locked(order.pk)
    if order.state != OrderState.CANCELLED or order.confirmed_at is None:
        return None
    invoice = Invoice.objects.charges().filter(order=order).first()
    if invoice is None:
        return issue_for_cancelled(order=order, by=by, at=at)
    charged, credited = totals_with_notes(locked_paper(invoice.pk))
    cost = order.cost_of_cancelling or 0
    price = totals_of(row.line for row in order.lines.all())
    parts = parts_above(charged, credited, price, cost)
    if not parts:
        return None
    language = words.known(order.language)
    reason = words.CANCELLED[language].format(order=order.reference, cost=cost)
    everything = parts == {vat: ore for vat, ore in left_of(charged, credited).items() if ore}
    return credit_invoice(invoice=invoice, parts=None if everything else parts, reason=reason, by=by, at=at)


def parts_above(charged: Totals, credited: list[Totals], price: Totals, cost: int) -> dict[Vat, int]:
    """What is left above ``cost`` per cent of the ``price``. A group below zero is only taken back whole. Pure."""
    priced = {one.vat: one.taxable_ore for one in price.sums}
    parts = {}
    for vat, left in left_of(charged, credited).items():
        above = left - half_away(priced.get(vat, 0) * cost, 100)
        if (left > 0 and above > 0) or (left < 0 and cost == 0):
            parts[vat] = above
    return parts


def totals_with_notes(invoice: Invoice) -> tuple[Totals, list[Totals]]:
    """What ``invoice`` charged, and what each of its credit notes took back."""
    notes = Invoice.objects.filter(credits=invoice).order_by("pk")
    return totals_in(contents_in(invoice)), [totals_in(contents_in(note)) for note in notes]


def locked_paper(pk: int) -> Invoice:
    """The invoice's row, locked until the transaction ends: whoever credits it or registers money on it takes it first."""
    rows = Invoice.objects.select_related(
        "order__event__venue", "order__exhibitor__organisation", "series__biller__issuer"
    )
    row: Invoice = rows.select_for_update(of=("self",), no_key=True).get(pk=pk)
    return row


def _write_note(
    invoice: Invoice, totals: Totals, *, whole: bool, reason: str, by: User | None, at: datetime
) -> Invoice:
    biller, order = invoice.series.biller, invoice.order
    issued_on = at.astimezone(STOCKHOLM).date()
    drawn = draw_number(biller, issued_on)
    before = contents_in(invoice)
    contents = contents_of(
        stamp=Stamp(PaperKind.CREDIT.value, drawn.name, issued_on, drawn.ocr),
        seller=seller_of(biller),
        buyer=buyer_of(order),
        occasion=occasion_of(order),
        lines=_turned(before) if whole else _lines_of(totals, invoice, before["language"]),
        totals=totals,
        language=before["language"],
        credited=credits_of(invoice, reason),
    )
    # To whom and about what stands on the invoice: a credit note repeats it, whatever the order says today.
    contents["buyer"], contents["event"], contents["order"] = before["buyer"], before["event"], before["order"]
    note = Invoice(order=order, part=invoice.part, credits=invoice, series=drawn.series, number=drawn.number)
    write_paper(note, contents, totals, by=by, at=at)
    audit.created(note, CREDITED, by=by, at=at)
    audit.record(invoice, CREDITED, by=by, at=at, changes={"credit_note": [None, note.name]})
    return note


def _turned(contents: dict) -> list[Line]:
    """The invoice's own lines with the signs turned."""
    return [Line(line.text, -line.quantity, line.unit_ore, line.vat) for line in lines_in(contents)]


def _lines_of(totals: Totals, invoice: Invoice, language: str) -> list[Line]:
    """A line per rate of VAT."""
    text = words.PARTS_OF[language].format(name=invoice.name)
    return [Line(text, -1 if one.taxable_ore < 0 else 1, abs(one.taxable_ore), one.vat) for one in totals.sums]
