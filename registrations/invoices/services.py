"""Issues invoices, once each and numbered without a gap. A paper is written in the transaction that drew its number.

Locks are taken in one order: the order's row, an invoice's, the series'.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.moments import STOCKHOLM
from events.seal import canonical, seal
from registrations.invoices import words
from registrations.invoices.contents import Credits, Stamp, contents_of
from registrations.invoices.models import Biller, Invoice, PaperKind
from registrations.invoices.numbering import draw_number
from registrations.invoices.paper import pdf_bytes
from registrations.invoices.parties import buyer_of, occasion_of, seller_of
from registrations.money.amounts import Line, Totals, half_away, totals_of
from registrations.orders.models import Order, Terms
from registrations.orders.states import OrderState

ISSUED = audit.verb("invoice.issued", _("issued the invoice"))

DUE_DAYS = 30  # where the event has no terms of its own
PART = 1


class NoBiller(Refusal):
    code = "no_biller"
    message = _("%(issuer)s can issue no invoice until its invoice details are filled in.")


class NotConfirmed(Refusal):
    code = "not_confirmed"
    message = _("The order is not confirmed, so there is nothing to invoice.")


def biller_for(order: Order) -> Biller:
    """What the issuer of the order's event says on its papers. Raises NoBiller."""
    biller = Biller.objects.select_related("issuer").filter(issuer=order.event.issuer_id).first()
    if biller is None:
        raise NoBiller(issuer=order.event.issuer)
    return biller


@transaction.atomic
def issue_invoice(*, order: Order, by: User | None, at: datetime) -> Invoice | None:
    """The invoice of a confirmed ``order``, issued now unless it was before. ``None``: there is nothing to pay.

    Raises NoBiller, NotConfirmed; then no number is drawn.
    """
    order = _locked(order)
    if known := Invoice.objects.charges().filter(order=order, part=PART).first():
        return known
    if order.state != OrderState.CONFIRMED:
        raise NotConfirmed
    return _issue(order, [row.line for row in order.lines.all()], by=by, at=at)


@transaction.atomic
def issue_for_cancelled(*, order: Order, by: User | None, at: datetime) -> Invoice | None:
    """The invoice of what it costs to cancel ``order`` by its terms, where none had been issued: nothing, half or all.

    One that was issued before is given as it is. Raises NoBiller, NotConfirmed (the order is not cancelled, or was
    cancelled before anybody had confirmed it).
    """
    order = _locked(order)
    if known := Invoice.objects.charges().filter(order=order, part=PART).first():
        return known
    if order.state != OrderState.CANCELLED or order.confirmed_at is None:
        raise NotConfirmed
    cost = order.cost_of_cancelling or 0
    return _issue(order, cost_lines(order, cost), by=by, at=at)


def cost_lines(order: Order, cost: int) -> list[Line]:
    """What cancelling costs as lines: one per rate of VAT with ``cost`` per cent of what was ordered at it."""
    language = words.known(order.language)
    text = words.CANCELLED[language].format(order=order.reference, cost=cost)
    lines = []
    for one in totals_of(row.line for row in order.lines.all()).sums:
        ore = half_away(one.taxable_ore * cost, 100)
        if ore:
            lines.append(Line(text, 1 if ore > 0 else -1, abs(ore), one.vat))
    return lines


def _issue(order: Order, lines: list[Line], *, by: User | None, at: datetime) -> Invoice | None:
    biller = biller_for(order)
    totals = totals_of(lines)
    if totals.payable_ore <= 0:
        return None
    terms = Terms.objects.filter(event=order.event_id).first()
    issued_on = at.astimezone(STOCKHOLM).date()
    due_on = issued_on + timedelta(days=terms.due_days if terms else DUE_DAYS)
    drawn = draw_number(biller, issued_on)
    stamp = Stamp(PaperKind.INVOICE.value, drawn.name, issued_on, drawn.ocr, due_on)
    contents = contents_of(
        stamp=stamp,
        seller=seller_of(biller),
        buyer=buyer_of(order),
        occasion=occasion_of(order),
        lines=lines,
        totals=totals,
        language=order.language,
        reminder_fee_ore=terms.reminder_fee_ore if terms else 0,
    )
    invoice = Invoice(order=order, part=PART, due_on=due_on, series=drawn.series, number=drawn.number)
    write_paper(invoice, contents, totals, by=by, at=at)
    audit.created(invoice, ISSUED, by=by, at=at)
    return invoice


def write_paper(invoice: Invoice, contents: dict, totals: Totals, *, by: User | None, at: datetime) -> None:
    """Fill the new row from its ``contents``, seal it and write it. The PDF is made once, to know what it must be."""
    text = canonical(contents)
    invoice.name = contents["number"]
    invoice.kind = contents["kind"]
    invoice.event_id = invoice.order.event_id
    invoice.buyer = contents["buyer"]["name"]
    invoice.issued_on = at.astimezone(STOCKHOLM).date()
    invoice.ocr = contents["ocr"]
    invoice.net_ore, invoice.vat_ore = totals.net_ore, totals.vat_ore
    invoice.rounding_ore, invoice.payable_ore = totals.rounding_ore, totals.payable_ore
    invoice.contents = text
    invoice.sha256 = seal(text)
    invoice.pdf_sha256 = sha256(pdf_bytes(contents)).hexdigest()
    invoice.issued_at = at
    invoice.issued_by = by
    invoice.save(force_insert=True)


def credits_of(invoice: Invoice, reason: str) -> Credits:
    return Credits(invoice.name, invoice.issued_on, reason)


def _locked(order: Order) -> Order:
    row = Order.objects.locked(order.pk)
    row.event = order.event
    return row
