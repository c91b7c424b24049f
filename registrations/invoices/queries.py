"""Reads invoices and credit notes: how they stand, lists, sums."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from events.exports import Column
from events.programme.models import Event
from registrations.invoices.models import Biller, Invoice, PaperKind, Reminder
from registrations.invoices.states import OVERDUE, Standing, is_overdue, standing_of
from registrations.orders.models import Order
from registrations.orders.states import OrderState
from registrations.payments.models import Payment
from registrations.payments.queries import with_balance

NOTES = "notes"
SORTS: dict[str, list[str | Collate]] = {
    "number": ["series__year", "number"],
    "buyer": [Collate("buyer", "swedish")],
    "due": ["due_on"],
    "left": ["left_ore"],
    "payable": ["payable_ore"],
}


def contents_in(invoice: Invoice) -> dict[str, Any]:
    """What stands on the paper, as plain data."""
    contents: dict[str, Any] = json.loads(invoice.contents)
    return contents


@dataclass(frozen=True)
class Filter:
    """What the list shows: words to look for, a standing (or OVERDUE, NOTES), and the order."""

    words: str = ""
    state: str = ""
    sort: str = "-number"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        """Reads an address' query; what makes no sense is left aside."""
        state, sort = query.get("state", ""), query.get("sort", "")
        return cls(
            words=query.get("q", "").strip().replace("\0", "")[:100],
            state=state if state in {*Standing.values, OVERDUE, NOTES} else "",
            sort=sort if sort.removeprefix("-") in SORTS else cls.sort,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper with how it stands. ``standing`` is ``None`` for a credit note."""

    invoice: Any
    standing: Standing | None
    is_overdue: bool

    @property
    def look(self) -> str:
        """What its badge shows."""
        return OVERDUE if self.is_overdue else str(self.standing or "")


def papers(event: Event, chosen: Filter, today: date) -> QuerySet[Invoice]:
    """The event's papers that ``chosen`` lets through, each with its balance, in one query."""
    rows = _searched(event, chosen.words)
    if chosen.state:
        rows = rows.filter(_standing(chosen.state, today))
    rows = rows.select_related("order", "credits").defer("contents", "credits__contents")
    order = SORTS[chosen.sort.removeprefix("-")]
    if chosen.sort.startswith("-"):
        return rows.order_by(*[key.desc() if isinstance(key, Collate) else f"-{key}" for key in order], "-pk")
    return rows.order_by(*order, "pk")


def shown(rows: Iterable[Any], today: date) -> list[Shown]:
    """``rows`` (with their balance) with how they stand."""
    return [_shown(row, today) for row in rows]


def paper(invoice_pk: int, today: date) -> Shown:
    """One paper with its balance, whole."""
    rows = with_balance(Invoice.objects.all()).select_related(
        "event", "order__exhibitor__organisation", "credits", "series__biller__issuer", "issued_by"
    )
    return _shown(rows.get(pk=invoice_pk), today)


def state_counts(event: Event, chosen: Filter, today: date) -> list[tuple[str, str, int]]:
    """How many papers are in each state for the chosen words, as (value, label, count), in one query."""
    names = [*Standing.values, OVERDUE, NOTES]
    counted = _searched(event, chosen.words).aggregate(
        **{f"in_{name}": Count("pk", filter=_standing(name, today)) for name in names}
    )
    labels = dict(Standing.choices) | {
        OVERDUE: pgettext("state of an invoice", "Overdue"),
        NOTES: pgettext("kind of paper", "Credit notes"),
    }
    return [(name, str(labels[name]), counted[f"in_{name}"]) for name in names]


@dataclass(frozen=True, slots=True)
class Sums:
    """An event's money in öre, VAT included. ``left_ore`` counts what is owed to us, ``too_much_ore`` what we owe."""

    invoiced_ore: int
    credited_ore: int
    paid_ore: int
    left_ore: int
    overdue_ore: int
    too_much_ore: int


def sums_of(event: Event, today: date) -> Sums:
    """The event's invoices summed, in one query."""
    rows = with_balance(Invoice.objects.for_event(event).charges())
    summed = rows.aggregate(
        invoiced=Sum("payable_ore"),
        credited=Sum("credited_ore"),
        paid=Sum("paid_ore"),
        left=Sum("left_ore", filter=Q(left_ore__gt=0)),
        overdue=Sum("left_ore", filter=Q(left_ore__gt=0, due_on__lt=today)),
        too_much=Sum("left_ore", filter=Q(left_ore__lt=0)),
    )
    sums = {name: value or 0 for name, value in summed.items()}
    return Sums(
        invoiced_ore=sums["invoiced"],
        credited_ore=sums["credited"],
        paid_ore=sums["paid"],
        left_ore=sums["left"],
        overdue_ore=sums["overdue"],
        too_much_ore=-sums["too_much"],
    )


def notes_of(invoice: Invoice) -> QuerySet[Invoice]:
    return Invoice.objects.filter(credits=invoice).defer("contents").order_by("pk")


def payments_of(invoice: Invoice) -> QuerySet[Payment]:
    return invoice.payments.select_related("by", "taken_back_by").order_by("paid_on", "pk")


def reminders_of(invoice: Invoice) -> QuerySet[Reminder]:
    return invoice.reminders.select_related("sent_by").order_by("stage")


def own_papers(exhibitor_pk: int) -> QuerySet[Invoice]:
    """An exhibitor's papers as the company sees them, in their order."""
    rows = with_balance(Invoice.objects.filter(order__exhibitor=exhibitor_pk))
    return rows.select_related("credits").defer("contents", "credits__contents").order_by("issued_on", "pk")


def awaiting_invoice(event: Event) -> int:
    """How many confirmed orders have no invoice yet, those at no cost aside."""
    rows = Order.objects.for_event(event).filter(state=OrderState.CONFIRMED, invoices__isnull=True)
    return rows.filter(lines__unit_ore__gt=0).distinct().count()


def biller_of(event: Event) -> Biller | None:
    return Biller.objects.select_related("issuer").filter(issuer=event.issuer_id).first()


EXPORT = [
    Column(_("Number"), lambda row: row.invoice.name),
    Column(_("Kind"), lambda row: row.invoice.get_kind_display()),
    Column(_("Buyer"), lambda row: row.invoice.buyer),
    Column(_("Organisation number"), lambda row: row.invoice.order.bill_number),
    Column(_("Credits"), lambda row: row.invoice.credits.name if row.invoice.credits else None),
    Column(_("Issued"), lambda row: row.invoice.issued_on),
    Column(_("Due"), lambda row: row.invoice.due_on),
    Column("OCR", lambda row: row.invoice.ocr),
    Column(_("Without VAT"), lambda row: row.invoice.net_ore / 100),
    Column(_("VAT"), lambda row: row.invoice.vat_ore / 100),
    Column(_("Rounding"), lambda row: row.invoice.rounding_ore / 100),
    Column(_("To pay"), lambda row: row.invoice.payable_ore / 100),
    Column(_("Credited"), lambda row: row.invoice.credited_ore / 100 if row.standing else None),
    Column(_("Paid"), lambda row: row.invoice.paid_ore / 100 if row.standing else None),
    Column(_("Left to pay"), lambda row: row.invoice.left_ore / 100 if row.standing else None),
    Column(_("State"), lambda row: row.standing.label if row.standing else None),
    Column(_("Overdue"), lambda row: _("Yes") if row.is_overdue else None),
]


def _shown(row: Any, today: date) -> Shown:
    if row.kind != PaperKind.INVOICE:
        return Shown(row, None, False)
    standing = standing_of(row.payable_ore, row.credited_ore, row.paid_ore)
    return Shown(row, standing, is_overdue(row.left_ore, row.due_on, today))


def _searched(event: Event, words: str) -> QuerySet[Invoice]:
    rows = with_balance(Invoice.objects.for_event(event))
    for word in words.split()[:5]:
        digits = word.replace("-", "")
        number = digits if digits.isdigit() else "-"
        rows = rows.filter(
            Q(buyer__icontains=word)
            | Q(name__icontains=word)
            | Q(ocr__startswith=number)
            | Q(order__bill_number__startswith=number)
            | Q(order__bill_reference__icontains=word)
        )
    return rows


def _standing(name: str, today: date) -> Q:
    """The same as ``standing_of``, for the database; a test holds the two together."""
    if name == NOTES:
        return Q(kind=PaperKind.CREDIT)
    return (
        Q(kind=PaperKind.INVOICE)
        & {
            Standing.OVERPAID.value: Q(left_ore__lt=0),
            Standing.CREDITED.value: Q(left_ore=0, paid_ore=0, credited_ore__lt=0),
            Standing.PAID.value: Q(left_ore=0) & ~Q(paid_ore=0, credited_ore__lt=0),
            Standing.PART_PAID.value: Q(left_ore__gt=0, paid_ore__gt=0),
            Standing.UNPAID.value: Q(left_ore__gt=0, paid_ore__lte=0),
            OVERDUE: Q(left_ore__gt=0, due_on__lt=today),
        }[name]
    )
