"""A company's papers and payments in the order of time, with what it owed after each. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    INVOICE = "invoice"
    CREDIT = "credit"
    PAYMENT = "payment"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class Entry:
    """``amount_ore`` adds to what is owed: an invoice above zero, a credit note and a payment below.

    A fee is what was kept of a payment: it adds too.
    """

    on: date
    kind: Kind
    paper: str
    amount_ore: int
    about: str = ""
    due_on: date | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    entry: Entry
    balance_ore: int


_ORDER = {Kind.INVOICE: 0, Kind.CREDIT: 1, Kind.PAYMENT: 2, Kind.FEE: 3}


def rows_of(entries: Iterable[Entry]) -> list[Row]:
    """``entries`` by day, papers before payments, each with the running balance."""
    rows, balance = [], 0
    for entry in sorted(entries, key=lambda one: (one.on, _ORDER[one.kind], one.key)):
        balance += entry.amount_ore
        rows.append(Row(entry, balance))
    return rows
