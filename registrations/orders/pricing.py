"""What an order costs: a package, its extras and a discount become lines and sums. Pure.

The discount is a line of its own under the package, never more than the package's price, and bears the package's VAT. A
buyer whom Swedish VAT does not reach (another EU country's business with a VAT number, or one outside the EU) pays none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from registrations.money.amounts import FULL, Line, Totals, Vat, half_away, totals_of, treated
from registrations.money.vat_numbers import category_for


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is sold: ``unit_ore`` is its price at the time, in öre without VAT."""

    text: str
    unit_ore: int
    vat: Vat = FULL
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Less:
    """A discount on the package: ``percent`` (1–100) or ``amount_ore``; the other is ``None``."""

    text: str
    percent: int | None = None
    amount_ore: int | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """The lines in the order they are printed, and what they come to."""

    lines: tuple[Line, ...]
    totals: Totals

    @property
    def is_free(self) -> bool:
        return self.totals.payable_ore == 0 and self.totals.total_ore == 0


def price_of(
    package: Thing, extras: Sequence[Thing] = (), less: Less | None = None, *, country: str = "SE", vat_number: str = ""
) -> Price:
    """The price of ``package`` with ``extras`` for a buyer in ``country`` (ISO 3166-1)."""
    lines = [Line(package.text, package.quantity, package.unit_ore, package.vat)]
    off = discount_of(package.unit_ore, less)
    if less and off:
        lines.append(Line(less.text, -1, off, package.vat))
    lines += [Line(extra.text, extra.quantity, extra.unit_ore, extra.vat) for extra in extras if extra.quantity]
    category = category_for(country, vat_number)
    taxed = tuple(treated(line, category) for line in lines)
    return Price(taxed, totals_of(taxed))


def discount_of(price_ore: int, less: Less | None) -> int:
    """How many öre ``less`` takes off ``price_ore``: never below zero, never more than the price."""
    if less is None:
        return 0
    if less.percent is not None:
        return min(half_away(price_ore * less.percent, 100), price_ore)
    return min(less.amount_ore or 0, price_ore)
