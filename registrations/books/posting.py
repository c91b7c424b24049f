"""How papers and payments are entered in the books: double entry, each voucher summing to zero. Pure.

The accounts are the issuer's own choice out of BAS. A paper is entered on its date (the invoicing method, which is what
municipalities and limited companies use): the customer's debt against sales, VAT and rounding. A credit note is the same
with the signs turned. A payment moves the debt to the bank or to what the card company owes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from registrations.money.amounts import Category, Totals, Vat


@dataclass(frozen=True, slots=True)
class Accounts:
    """Four digits each. ``sales`` and ``vat`` by rate in per cent."""

    receivable: str
    bank: str
    card: str
    rounding: str
    fees: str
    exempt: str
    eu: str
    export: str
    sales: Mapping[int, str]
    vat: Mapping[int, str]

    def sales_of(self, vat: Vat) -> str:
        """The account for what is sold under ``vat``."""
        if vat.category == Category.STANDARD:
            return self.sales[vat.rate]
        return {Category.EXEMPT: self.exempt, Category.REVERSE: self.eu, Category.OUTSIDE: self.export}[vat.category]


@dataclass(frozen=True, slots=True)
class Entry:
    """``amount_ore`` above zero is debit, below zero credit."""

    account: str
    amount_ore: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """``series`` and ``number`` as they are exported; ``paper`` is the invoice number it is about."""

    series: str
    number: int
    on: date
    text: str
    paper: str
    entries: tuple[Entry, ...]

    def __post_init__(self) -> None:
        if sum(entry.amount_ore for entry in self.entries):
            raise ValueError(f"Voucher {self.series}{self.number} does not balance")


def entries_of_paper(totals: Totals, accounts: Accounts) -> tuple[Entry, ...]:
    """The entries of an invoice, or of a credit note (whose totals are negative). Accounts with nothing are left out."""
    sums: dict[str, int] = defaultdict(int)
    sums[accounts.receivable] += totals.payable_ore
    for one in totals.sums:
        sums[accounts.sales_of(one.vat)] -= one.taxable_ore
        if one.vat_ore:
            sums[accounts.vat[one.vat.rate]] -= one.vat_ore
    sums[accounts.rounding] -= totals.rounding_ore
    return tuple(Entry(account, ore) for account, ore in sums.items() if ore)


def entries_of_payment(amount_ore: int, method: str, accounts: Accounts) -> tuple[Entry, ...]:
    """The entries of a payment by ``method`` ("bank", "card", "other"); one that went back has a negative amount.

    So has what was kept as a reminder fee ("fee"): it leaves the customer's balance and is income.
    """
    to = {"card": accounts.card, "fee": accounts.fees}.get(method, accounts.bank)
    return Entry(to, amount_ore), Entry(accounts.receivable, -amount_ore)


def balances(vouchers: Iterable[Voucher]) -> dict[str, int]:
    """What each account comes to, in öre, in the order of the accounts. They sum to zero."""
    sums: dict[str, int] = defaultdict(int)
    for voucher in vouchers:
        for entry in voucher.entries:
            sums[entry.account] += entry.amount_ore
    return dict(sorted(sums.items()))
