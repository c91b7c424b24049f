"""An invoice or a credit note as a tagged PDF (PDF/UA-1), from its contents alone: the same contents, the same bytes.

The file's date is the paper's, not the clock's. A new release of typst may lay out other bytes: the page that serves the
file says so then, and the contents with their seal remain what counts.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from events.look import formats
from events.pdf import compile_pdf, printable
from registrations.money.amounts import Category
from registrations.money.references import written_ocr

COUNTRIES = {
    "sv": {"DK": "Danmark", "NO": "Norge", "FI": "Finland", "DE": "Tyskland", "PL": "Polen", "GB": "Storbritannien"},
    "en": {
        "SE": "Sweden",
        "DK": "Denmark",
        "NO": "Norway",
        "FI": "Finland",
        "DE": "Germany",
        "PL": "Poland",
        "GB": "United Kingdom",
    },
}


def pdf_bytes(contents: dict[str, Any]) -> bytes:
    """``contents`` to print and to send."""
    return compile_pdf("invoice-1.typ", sheet_of(contents))


def sheet_of(contents: dict[str, Any]) -> dict[str, Any]:
    """The paper's words and numbers as they are set, in the paper's own language."""
    language, labels = contents["language"], contents["labels"]
    seller, buyer = contents["seller"], contents["buyer"]
    title = labels[contents["kind"]]
    is_invoice = contents["kind"] == "invoice"

    def money(ore: int) -> str:
        return formats.number(Decimal(ore) / 100, language, 2)

    def on(day: str) -> str:
        return formats.day(date.fromisoformat(day), language) if day else ""

    service = on(contents["event"]["first_on"])
    if contents["event"]["last_on"] != contents["event"]["first_on"]:
        service += " – " + on(contents["event"]["last_on"])
    facts = [(labels["number"], contents["number"]), (labels["issued_on"], on(contents["issued_on"]))]
    if contents["credits"]:
        credited = f"{contents['credits']['number']}, {on(contents['credits']['issued_on'])}"
        facts += [(labels["credits"], credited), (labels["reason"], contents["credits"]["reason"])]
    facts += [(labels["due_on"], on(contents["due_on"])), (labels["service"], service)]
    facts += [(labels["order"], contents["order"]["reference"])]
    facts += [(labels["your_reference"], buyer["reference"]), (labels["your_order"], buyer["order_number"])]
    facts += [(labels["buyer_number"], buyer["number"]), (labels["buyer_vat"], buyer["vat_number"])]
    issued = date.fromisoformat(contents["issued_on"])
    return _clean(
        {
            "lang": language,
            "title": f"{title} {contents['number']}",
            "author": seller["name"],
            "year": issued.year,
            "month": issued.month,
            "day": issued.day,
            "kind": title,
            "number": contents["number"],
            "about": f"{contents['event']['name']}, {service}",
            "labels": labels,
            "seller": [seller["name"], seller["street"], f"{seller['postal_code']} {seller['city']}".strip()],
            "buyer": _address(buyer, language),
            "facts": [{"name": name, "value": value} for name, value in facts if value],
            "lines": [
                {
                    "text": one["text"],
                    "quantity": formats.number(one["quantity"], language),
                    "unit": money(one["unit_ore"]),
                    "vat": _rate(one, contents, language),
                    "amount": money(one["net_ore"]),
                }
                for one in contents["lines"]
            ],
            "sums": [
                {
                    "rate": _rate(one, contents, language),
                    "taxable": money(one["taxable_ore"]),
                    "vat": money(one["vat_ore"]),
                }
                for one in contents["sums"]
            ],
            "net": money(contents["net_ore"]),
            "vat": money(contents["vat_ore"]),
            "rounding": money(contents["rounding_ore"]) if contents["rounding_ore"] else "",
            "payable_label": labels["to_pay"] if is_invoice else labels["credited"],
            "payable": formats.kronor(contents["payable_ore"] if is_invoice else -contents["payable_ore"], language),
            "payment": [
                {"name": labels["bankgiro"], "value": contents["words"]["bankgiro"]},
                {"name": labels["ocr"], "value": written_ocr(contents["ocr"])},
                {"name": labels["to_pay"], "value": formats.kronor(contents["payable_ore"], language)},
                {"name": labels["due_on"], "value": on(contents["due_on"])},
            ]
            if is_invoice
            else [],
            "notes": [*contents["words"]["vat"]],
            "pay": contents["words"]["pay"],
            "late": contents["words"]["late"],
            "foot": _foot(contents),
        }
    )


def _foot(contents: dict[str, Any]) -> list[list[str]]:
    """Three columns about the seller, at the foot of each page."""
    seller, labels = contents["seller"], contents["labels"]
    columns = [
        [
            seller["name"],
            seller["street"],
            f"{seller['postal_code']} {seller['city']}".strip(),
            contents["words"]["seat"],
        ],
        [
            f"{labels['seller_number']} {seller['number']}" if seller["number"] else "",
            f"{labels['seller_vat']} {seller['vat_number']}",
            contents["words"]["f_tax"],
        ],
        [
            seller["email"],
            seller["phone"],
            f"{labels['bankgiro']} {contents['words']['bankgiro']}",
            f"IBAN {seller['iban']}" if seller["iban"] else "",
        ],
    ]
    return [[one for one in column if one] for column in columns]


def _address(buyer: dict[str, Any], language: str) -> list[str]:
    country = ""
    if buyer["country"] != "SE":
        country = COUNTRIES[language].get(buyer["country"], buyer["country"])
    lines = [buyer["name"], buyer["street"], f"{buyer['postal_code']} {buyer['city']}".strip(), country]
    return [line for line in lines if line]


def _rate(one: dict[str, Any], contents: dict[str, Any], language: str) -> str:
    if one["category"] != Category.STANDARD:
        return str(contents["words"]["no_vat"])
    return f"{one['rate']}%" if language == "en" else f"{one['rate']}{formats.NBSP}%"


def _clean(value: Any) -> Any:
    """Every text without pictures that our font lacks; no-break spaces stay."""
    if isinstance(value, str):
        return formats.NBSP.join(printable(part) for part in value.split(formats.NBSP))
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return {name: _clean(one) for name, one in value.items()} if isinstance(value, dict) else value
