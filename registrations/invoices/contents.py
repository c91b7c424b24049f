"""Everything that stands on an invoice or a credit note, as plain data: the format "torget.invoice/1". Pure.

Amounts are integer öre without VAT unless they say otherwise, days are ISO 8601 (Stockholm). ``lines`` are what is sold;
``sums`` one row per rate and category of VAT; ``payable_ore = net_ore + vat_ore + rounding_ore``. On a credit note every
amount is negative and ``credits`` names the invoice. ``words`` and ``labels`` are in the paper's language. A paper can be
printed from its contents alone.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from registrations.invoices import words
from registrations.money.amounts import Category, Line, Totals, Vat, VatSum, typed_kronor
from registrations.money.references import written_bankgiro

FORMAT = "torget.invoice/1"
CURRENCY = "SEK"
INVOICE, CREDIT = "invoice", "credit"


@dataclass(frozen=True, slots=True)
class Seller:
    """Who issues. ``number`` is its organisation number as it is written, ``bankgiro`` digits only."""

    name: str
    number: str
    vat_number: str
    street: str
    postal_code: str
    city: str
    email: str
    bankgiro: str
    seat: str = ""
    phone: str = ""
    iban: str = ""
    bic: str = ""
    is_f_tax_approved: bool = False
    late_interest: str = ""
    peppol_id: str = ""
    country: str = "SE"


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who pays."""

    name: str
    number: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = "SE"
    vat_number: str = ""
    email: str = ""
    reference: str = ""
    order_number: str = ""
    peppol_id: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was bought: the event, its days (Stockholm) and the order."""

    event: str
    place: str
    first_on: date
    last_on: date
    order: str
    ordered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What makes the paper this one."""

    kind: str
    number: str
    issued_on: date
    ocr: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Credits:
    """The invoice that a credit note is about, and why it is credited."""

    number: str
    issued_on: date
    reason: str


def contents_of(
    *,
    stamp: Stamp,
    seller: Seller,
    buyer: Buyer,
    occasion: Occasion,
    lines: Iterable[Line],
    totals: Totals,
    language: str,
    reminder_fee_ore: int = 0,
    credited: Credits | None = None,
) -> dict[str, Any]:
    """The whole paper. ``totals`` are the lines' (an invoice's) or what is credited (then all amounts are negative)."""
    language = words.known(language)
    return {
        "format": FORMAT,
        "kind": stamp.kind,
        "language": language,
        "number": stamp.number,
        "issued_on": stamp.issued_on.isoformat(),
        "due_on": stamp.due_on.isoformat() if stamp.due_on else "",
        "ocr": stamp.ocr,
        "currency": CURRENCY,
        "seller": asdict(seller),
        "buyer": asdict(buyer),
        "event": {
            "name": occasion.event,
            "place": occasion.place,
            "first_on": occasion.first_on.isoformat(),
            "last_on": occasion.last_on.isoformat(),
        },
        "order": {
            "reference": occasion.order,
            "ordered_on": occasion.ordered_on.isoformat() if occasion.ordered_on else "",
        },
        "lines": [_line(line) for line in lines],
        "sums": [_sum(one) for one in totals.sums],
        "net_ore": totals.net_ore,
        "vat_ore": totals.vat_ore,
        "rounding_ore": totals.rounding_ore,
        "payable_ore": totals.payable_ore,
        "credits": {"number": credited.number, "issued_on": credited.issued_on.isoformat(), "reason": credited.reason}
        if credited
        else None,
        "words": _words(stamp, seller, buyer, totals, language, reminder_fee_ore),
        "labels": dict(words.LABELS[language]),
    }


def lines_in(contents: dict[str, Any]) -> list[Line]:
    """The paper's lines. A credit note's have negative quantities."""
    return [
        Line(one["text"], one["quantity"], one["unit_ore"], Vat(one["rate"], Category(one["category"])))
        for one in contents["lines"]
    ]


def totals_in(contents: dict[str, Any]) -> Totals:
    """The paper's sums, as the pure modules count with them."""
    sums = tuple(
        VatSum(Vat(one["rate"], Category(one["category"])), one["taxable_ore"], one["vat_ore"])
        for one in contents["sums"]
    )
    return Totals(contents["net_ore"], contents["vat_ore"], contents["rounding_ore"], sums)


def _line(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "quantity": line.quantity,
        "unit_ore": line.unit_ore,
        "net_ore": line.net_ore,
        "rate": line.vat.rate,
        "category": line.vat.category.value,
    }


def _sum(one: VatSum) -> dict[str, Any]:
    return {
        "rate": one.vat.rate,
        "category": one.vat.category.value,
        "taxable_ore": one.taxable_ore,
        "vat_ore": one.vat_ore,
    }


def _words(
    stamp: Stamp, seller: Seller, buyer: Buyer, totals: Totals, language: str, reminder_fee_ore: int
) -> dict[str, Any]:
    """The sentences that the law or the payment asks for."""
    numbers = {"seller": seller.vat_number, "buyer": buyer.vat_number}
    vat = [
        words.VAT_WORDS[language][one.vat.category].format(**numbers)
        for one in totals.sums
        if one.vat.category in words.VAT_WORDS[language]
    ]
    late = ""
    pay = ""
    if stamp.kind == INVOICE:
        late = seller.late_interest or words.LATE_INTEREST[language]
        if reminder_fee_ore:
            late += " " + words.REMINDER_FEE[language].format(kronor=typed_kronor(reminder_fee_ore))
        pay = words.PAY[language]
        if buyer.country != "SE" and seller.iban:
            pay += " " + words.PAY_ABROAD[language].format(iban=seller.iban, bic=seller.bic or "–")
    return {
        "vat": vat,
        "f_tax": words.F_TAX[language] if seller.is_f_tax_approved else "",
        "seat": words.SEATS[language].format(seat=seller.seat) if seller.seat else "",
        "late": late,
        "pay": pay,
        "no_vat": words.NO_VAT[language],
        "bankgiro": written_bankgiro(seller.bankgiro),
    }
