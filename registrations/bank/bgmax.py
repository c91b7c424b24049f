"""Reads BgMax, Bankgirot's file of incoming payments ("Bankgiro Inbetalningar, teknisk manual"). Pure.

Lines of 80 signs in ISO 8859-1; the first two are the kind of record. A section (05 … 15) is one deposit: its day comes
last, in 15. A payment (20) or deduction (21) is followed by what belongs to it: further references (22, 23), words (25),
the payer's name (26), address (27, 28) and organisation number (29). Amounts are in hundredths.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from registrations.bank.told import Entry, NotReadable, Told, together

START, SECTION, DEPOSIT, PAYMENT, DEDUCTION, END = "01", "05", "15", "20", "21", "70"
MORE, LESS, WORDS, NAME, STREET, TOWN, NUMBER = "22", "23", "25", "26", "27", "28", "29"
KNOWN = {START, SECTION, DEPOSIT, PAYMENT, DEDUCTION, END, MORE, LESS, WORDS, NAME, STREET, TOWN, NUMBER}


@dataclass
class _Payment:
    sender: str
    reference: str
    amount_ore: int
    serial: str
    further: list[tuple[str, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    name: str = ""
    number: str = ""


@dataclass
class _Section:
    account: str
    currency: str
    payments: list[_Payment] = field(default_factory=list)


def is_bgmax(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf").startswith(b"01BGMAX")


def read_bgmax(content: bytes) -> Told:
    """The payments in ``content``, in the order of the file.

    Raises NotReadable: ``start``, ``kind`` (a record that the format does not have), ``order``, ``number`` (a field that
    should be digits), ``date``, ``sum`` (a deposit is not what its payments make), ``count``, ``end`` (it is cut off).
    """
    lines = re.split(r"\r\n|\n|\r", _text(content).rstrip())
    if not lines or not lines[0].startswith("01BGMAX"):
        raise NotReadable("start", 1)
    entries: list[Entry] = []
    section: _Section | None = None
    counts = dict.fromkeys((PAYMENT, DEDUCTION, MORE, DEPOSIT), 0)
    ended = False
    for at, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        kind = line[:2]
        if kind not in KNOWN:
            raise NotReadable("kind", at)
        if ended or kind == START or (section is None and kind not in {SECTION, END}):
            raise NotReadable("order", at)
        if kind in counts:
            counts[kind] += 1
        elif kind == LESS:
            counts[MORE] += 1
        if kind == END:
            if section is not None:
                raise NotReadable("order", at)
            _check_counts(line, counts, at)
            ended = True
        elif kind == SECTION:
            if section is not None:
                raise NotReadable("order", at)
            section = _Section(line[2:12].strip().lstrip("0"), line[22:25].strip() or "SEK")
        elif kind == DEPOSIT:
            assert section is not None
            entries += _deposited(section, line, at)
            section = None
        else:
            assert section is not None
            _take(section, kind, line, at)
    if not ended:
        raise NotReadable("end", len(lines))
    return Told("bgmax", tuple(entries), is_test=lines[0][44:45] == "T")


def _take(section: _Section, kind: str, line: str, at: int) -> None:
    if kind in {PAYMENT, DEDUCTION}:
        amount = _number(line[37:55], at) * (1 if kind == PAYMENT else -1)
        sender = line[2:12].strip().lstrip("0")
        section.payments.append(_Payment(sender, line[12:37].strip(), amount, line[57:69].strip()))
        return
    if not section.payments:
        raise NotReadable("order", at)
    payment = section.payments[-1]
    if kind in {MORE, LESS}:
        payment.further.append((line[12:37].strip(), _number(line[37:55], at) * (1 if kind == MORE else -1)))
    elif kind == WORDS:
        payment.words.append(line[2:52].strip())
    elif kind == NAME:
        payment.name = together([line[2:37], line[37:72]], 140)
    elif kind == NUMBER:
        payment.number = line[2:14].strip().removeprefix("00")


def _deposited(section: _Section, line: str, at: int) -> list[Entry]:
    day = _date(line[37:45], at)
    if _number(line[50:68], at) != sum(payment.amount_ore for payment in section.payments):
        raise NotReadable("sum", at)
    deposit = f"bgmax/{section.account}/{day:%Y%m%d}/{line[45:50].strip()}"
    entries = []
    for place, payment in enumerate(section.payments, start=1):
        # The serial number is Bankgirot's own and the same in a file that is sent again; old samples lack it.
        name = f"{deposit}/{payment.serial or 'place'}/{place}"
        parts = [(payment.reference, payment.amount_ore)]
        if payment.further and sum(ore for _reference, ore in payment.further) == payment.amount_ore:
            parts = payment.further
        elif payment.further:
            payment.words += [reference for reference, _ore in payment.further]
        entries += [
            Entry(
                outside=name if len(parts) == 1 else f"{name}/{number}",
                amount_ore=ore,
                currency=section.currency,
                paid_on=day,
                reference=reference,
                payer=payment.name,
                payer_number=payment.number,
                words=together(payment.words, 500),
                account=section.account,
            )
            for number, (reference, ore) in enumerate(parts, start=1)
        ]
    return entries


def _check_counts(line: str, counts: dict[str, int], at: int) -> None:
    said = [_number(line[start : start + 8], at) for start in (2, 10, 18, 26)]
    if said != [counts[PAYMENT], counts[DEDUCTION], counts[MORE], counts[DEPOSIT]]:
        raise NotReadable("count", at)


def _number(text: str, at: int) -> int:
    if not (text.isascii() and text.isdigit()):
        raise NotReadable("number", at)
    return int(text)


def _date(text: str, at: int) -> date:
    try:
        return date(_number(text[:4], at), _number(text[4:6], at), _number(text[6:8], at))
    except ValueError as wrong:
        raise NotReadable("date", at) from wrong


def _text(content: bytes) -> str:
    """Bankgirot writes ISO 8859-1; a file that somebody has saved again may be UTF-8."""
    is_utf8 = content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig", errors="replace") if is_utf8 else content.decode("latin-1")
    return text.replace("\0", " ")  # no database takes it
