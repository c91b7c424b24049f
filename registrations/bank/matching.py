"""Which invoice a payment from the bank is for: sure by its reference, else a suggestion that a person says yes to. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registrations.bank.told import Entry
from registrations.money.references import BadReference, read_ocr

# Words that are in half of all companies' names and tell nothing.
COMMON = {"ab", "aktiebolag", "hb", "kb", "ek", "för", "förening", "i", "och", "the", "of", "publ", "sverige", "sweden"}


@dataclass(frozen=True, slots=True)
class Open:
    """An invoice that money may come for. ``left_ore`` is what is left to pay (0 or below: nothing is).

    ``fees_ore`` is what reminders have asked for besides: who pays may add it.
    """

    key: int
    ocr: str
    name: str
    buyer: str
    buyer_number: str
    left_ore: int
    fees_ore: int = 0

    def asks(self, amount_ore: int) -> bool:
        return self.left_ore > 0 and amount_ore in {self.left_ore, self.left_ore + self.fees_ore}


@dataclass(frozen=True, slots=True)
class Sure:
    """The reference is that invoice's: the payment is registered at once, whatever its amount."""

    key: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``why``: ``words`` (it names the invoice), ``number_and_amount``, ``name_and_amount`` or ``reference_near``."""

    key: int
    why: str


def match(entry: Entry, invoices: Mapping[str, Open]) -> Sure | Suggestion | None:
    """What ``entry`` is for, of ``invoices`` (by OCR); ``None`` when nothing speaks for one before the others.

    Only money that came in, in kronor, is matched.
    """
    if entry.amount_ore <= 0 or entry.currency != "SEK":
        return None
    try:
        found = invoices.get(read_ocr(entry.reference))
    except BadReference:
        found = None
    if found:
        return Sure(found.key)
    for look, why in (
        (_by_words, "words"),
        (_by_number, "number_and_amount"),
        (_by_name, "name_and_amount"),
        (_by_near, "reference_near"),
    ):
        candidates = look(entry, invoices.values())
        if len(candidates) == 1:
            return Suggestion(candidates[0].key, why)
    return None


def likeness(one: str, other: str) -> float:
    """How alike two companies' names are, 0–1: the share of their telling words that they have in common."""
    first, second = _telling(one), _telling(other)
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def is_near(reference: str, ocr: str) -> bool:
    """Whether ``reference`` is ``ocr`` with one digit wrong, lost or doubled, or two neighbours swapped."""
    digits = re.sub(r"\D", "", reference)
    if not digits or digits == ocr or abs(len(digits) - len(ocr)) > 1:
        return False
    if len(digits) == len(ocr):
        wrong = [at for at in range(len(ocr)) if digits[at] != ocr[at]]
        swapped = (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and digits[wrong[0] : wrong[1] + 1] == ocr[wrong[0] : wrong[1] + 1][::-1]
        )
        return len(wrong) == 1 or swapped
    shorter, longer = sorted((digits, ocr), key=len)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _by_words(entry: Entry, invoices: Iterable[Open]) -> list[Open]:
    said = f" {entry.reference} {entry.words} ".casefold()
    return [one for one in invoices if _said(one.name, said) or _said(one.ocr, said)]


def _said(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(name.casefold())}(?![\w-])", text))


def _by_number(entry: Entry, invoices: Iterable[Open]) -> list[Open]:
    number = re.sub(r"\D", "", entry.payer_number)[-10:]
    if len(number) != 10:
        return []
    return [one for one in invoices if one.buyer_number == number and one.asks(entry.amount_ore)]


def _by_name(entry: Entry, invoices: Iterable[Open]) -> list[Open]:
    paid = [one for one in invoices if one.asks(entry.amount_ore)]
    return [one for one in paid if likeness(one.buyer, entry.payer) >= 0.5]


def _by_near(entry: Entry, invoices: Iterable[Open]) -> list[Open]:
    return [one for one in invoices if is_near(entry.reference, one.ocr)]


def _telling(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", name.casefold()) if word not in COMMON}
