"""What a bank's file tells, whatever its format. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LARGEST = 5 * 1024 * 1024


class NotReadable(ValueError):
    """The file cannot be read. ``code`` says why, ``line`` where (from 1; 0: nowhere in particular)."""

    def __init__(self, code: str, line: int = 0):
        self.code = code
        self.line = line
        super().__init__(f"{code} ({line})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment. ``outside`` is the bank's own name for it, the same in every file that tells of it.

    ``amount_ore`` is in hundredths of ``currency``; below zero money went out. ``account`` is the bankgiro number (digits)
    or IBAN that it came to, empty if the file does not say.
    """

    outside: str
    amount_ore: int
    currency: str
    paid_on: date
    reference: str = ""
    payer: str = ""
    payer_number: str = ""
    words: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A whole file. ``is_test``: the bank made it for a trial, and no money has moved."""

    format: str
    entries: tuple[Entry, ...]
    is_test: bool = False


def together(parts: Iterable[str], length: int) -> str:
    """``parts`` that say something, one after the other, no longer than ``length``."""
    return " ".join(" ".join(part.split()) for part in parts if part.strip())[:length]
