"""Amounts on orders and invoices: öre, VAT and the rounding to whole kronor. Pure.

There is one rounding rule in the house: half away from zero, so that a credit note mirrors its invoice to the öre. VAT is
counted once per rate, on the sum of that rate's lines (EN 16931, BR-CO-17), never line by line. What is to be paid is
rounded to whole kronor, 50 öre upwards (the act on rounding off, 1970:1029); the difference is a line of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

KRONA = 100
MAX_ORE = 10**12  # ten billion kronor: whatever is more was typed wrong


class Category(StrEnum):
    """Why a line bears the VAT it does; the values are UNCL 5305's, as an e-invoice says them."""

    STANDARD = "S"
    EXEMPT = "E"  # the Swedish VAT act names what is exempt
    REVERSE = "AE"  # the buyer, a business in another EU country, accounts for it
    OUTSIDE = "O"  # a business outside the EU: the service is not taxed in Sweden


@dataclass(frozen=True, slots=True)
class Vat:
    """``rate`` in per cent; 0 for everything that is not of category STANDARD."""

    rate: int
    category: Category = Category.STANDARD

    def __post_init__(self) -> None:
        if self.category == Category.STANDARD and self.rate not in RATES:
            raise ValueError(f"{self.rate} % is no rate of VAT in Sweden")
        if self.category != Category.STANDARD and self.rate:
            raise ValueError(f"Category {self.category} bears no VAT")


RATES = (25, 12, 6)
FULL = Vat(25)


@dataclass(frozen=True, slots=True)
class Line:
    """``quantity`` of something at ``unit_ore`` (öre without VAT).

    A discount has a negative quantity, never a negative price.
    """

    text: str
    quantity: int
    unit_ore: int
    vat: Vat = FULL

    def __post_init__(self) -> None:
        if self.unit_ore < 0:
            raise ValueError("A price is never negative; a discount has a negative quantity")
        if abs(self.quantity * self.unit_ore) > MAX_ORE:
            raise ValueError("The amount is too large to be meant")

    @property
    def net_ore(self) -> int:
        return self.quantity * self.unit_ore


@dataclass(frozen=True, slots=True)
class VatSum:
    """What is taxed alike: its taxable amount and its VAT, in öre."""

    vat: Vat
    taxable_ore: int
    vat_ore: int


@dataclass(frozen=True, slots=True)
class Totals:
    """``payable_ore = net_ore + vat_ore + rounding_ore``, always whole kronor when ``rounded``."""

    net_ore: int
    vat_ore: int
    rounding_ore: int
    sums: tuple[VatSum, ...]

    @property
    def total_ore(self) -> int:
        """With VAT, before the rounding."""
        return self.net_ore + self.vat_ore

    @property
    def payable_ore(self) -> int:
        return self.total_ore + self.rounding_ore


def half_away(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` rounded to a whole number, halves away from zero. ``denominator`` is above zero."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def vat_of(taxable_ore: int, vat: Vat) -> int:
    """The VAT on ``taxable_ore``, in öre."""
    return half_away(taxable_ore * vat.rate, 100)


def rounding_of(total_ore: int) -> int:
    """What is added to ``total_ore`` to make whole kronor: −49 … 50 (a credit: −50 … 49)."""
    return half_away(total_ore, KRONA) * KRONA - total_ore


def totals_of(lines: Iterable[Line], *, rounded: bool = True) -> Totals:
    """Sums of ``lines`` per rate and category, in the order highest rate first."""
    ordered = sorted(lines, key=_taxed)
    sums = []
    for _key, alike in groupby(ordered, key=_taxed):
        group = list(alike)
        taxable = sum(line.net_ore for line in group)
        sums.append(VatSum(group[0].vat, taxable, vat_of(taxable, group[0].vat)))
    return summed(sums, rounded=rounded)


def summed(sums: Iterable[VatSum], *, rounded: bool = True) -> Totals:
    """The totals of what is taxed in several ways."""
    sums = tuple(sums)
    net, vat = sum(one.taxable_ore for one in sums), sum(one.vat_ore for one in sums)
    return Totals(net, vat, rounding_of(net + vat) if rounded else 0, sums)


def treated(line: Line, category: Category | None) -> Line:
    """``line`` for a buyer whom Swedish VAT does not reach (REVERSE or OUTSIDE); ``None`` leaves it as it is."""
    return line if category is None else replace(line, vat=Vat(0, category))


def _taxed(line: Line) -> tuple[int, str]:
    return -line.vat.rate, line.vat.category.value


def typed_kronor(ore: int) -> str:
    """``ore`` as one would type it: 490050 is "4900,50", 490000 "4900"."""
    return f"{ore // 100}" if ore % 100 == 0 else f"{ore // 100},{ore % 100:02}"
