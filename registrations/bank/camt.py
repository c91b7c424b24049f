"""Reads camt.054, the bank's notice of what came in (ISO 20022, BankToCustomerDebitCreditNotification). Pure.

Versions 02 to 08 and later differ in where a party's name stands; element names are read without their namespace. A file
with a document type is refused: nothing that a bank sends has one, and it is where XML attacks begin.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from registrations.bank.told import Entry, NotReadable, Told, together

CREDIT, DEBIT = "CRDT", "DBIT"


class _Doctype(Exception):
    pass


class _Builder(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _Doctype


def is_camt(content: bytes) -> bool:
    return b"BkToCstmrDbtCdtNtfctn" in content[:4000]


def read_camt(content: bytes) -> Told:
    """The payments in ``content``: one entry for each transaction, or for an entry without transactions.

    Raises NotReadable: ``xml``, ``doctype``, ``start`` (another message than camt.054), ``amount``, ``date``.
    """
    root = _parse(content)
    notices = list(_all(root, "BkToCstmrDbtCdtNtfctn", "Ntfctn"))
    if not notices:
        raise NotReadable("start")
    entries: list[Entry] = []
    for notice in notices:
        account = _text(notice, "Acct", "Id", "IBAN") or _text(notice, "Acct", "Id", "Othr", "Id")
        for place, entry in enumerate(_all(notice, "Ntry"), start=1):
            entries += _entries(entry, account, f"{_text(notice, 'Id')}/{place}")
    return Told("camt.054", tuple(entries))


def _entries(entry: Element, account: str, place: str) -> Iterator[Entry]:
    day = _day(entry)
    details = list(_all(entry, "NtryDtls", "TxDtls")) or [entry]
    for number, one in enumerate(details, start=1):
        amount = _find(one, "Amt")
        if amount is None:
            amount = _find(one, "AmtDtls", "TxAmt", "Amt")
        if amount is None and len(details) == 1:
            amount = _find(entry, "Amt")
        sign = -1 if (_text(one, "CdtDbtInd") or _text(entry, "CdtDbtInd")) == DEBIT else 1
        if (_text(one, "RvslInd") or _text(entry, "RvslInd")) == "true":
            sign = -sign
        party = _find(one, "RltdPties", "Dbtr")
        servicer = _text(one, "Refs", "AcctSvcrRef") or _text(entry, "AcctSvcrRef")
        yield Entry(
            outside=f"camt/{account}/{day:%Y%m%d}/{servicer or place}/{number}"[:120],
            amount_ore=sign * _ore(amount),
            currency=amount.get("Ccy", "SEK") if amount is not None else "SEK",
            paid_on=day,
            reference=(_text(one, "RmtInf", "Strd", "CdtrRefInf", "Ref") or _bare(one))[:140],
            payer=together([_text(party, "Nm") or _text(party, "Pty", "Nm")], 140) if party is not None else "",
            payer_number=_number(party)[:20] if party is not None else "",
            words=together([part.text or "" for part in _all(one, "RmtInf", "Ustrd")], 500),
            account=account,
        )


def _bare(one: Element) -> str:
    """An unstructured message that is nothing but digits is a reference that was written in the wrong place."""
    words = together([part.text or "" for part in _all(one, "RmtInf", "Ustrd")], 140)
    return words if words.replace(" ", "").isdigit() else ""


def _number(party: Element) -> str:
    for path in (("Id", "OrgId", "Othr", "Id"), ("Pty", "Id", "OrgId", "Othr", "Id")):
        if found := _text(party, *path):
            return found
    return ""


def _ore(amount: Element | None) -> int:
    try:
        value = Decimal((amount.text or "").strip()) if amount is not None else Decimal("NaN")
        hundredths = value * 100
        if not value.is_finite() or value < 0 or hundredths != hundredths.to_integral_value() or value > 10**10:
            raise NotReadable("amount")
    except ArithmeticError as wrong:
        raise NotReadable("amount") from wrong
    return int(hundredths)


def _day(entry: Element) -> date:
    for name in ("BookgDt", "ValDt"):
        text = _text(entry, name, "Dt") or _text(entry, name, "DtTm")
        if text:
            try:
                return date.fromisoformat(text[:10])
            except ValueError as wrong:
                raise NotReadable("date") from wrong
    raise NotReadable("date")


def _parse(content: bytes) -> Element:
    parser = XMLParser(target=_Builder())  # noqa: S314 — a document type, and with it every entity, is refused
    try:
        parser.feed(content)
        root: Element = parser.close()
    except _Doctype as wrong:
        raise NotReadable("doctype") from wrong
    except (ParseError, ValueError, LookupError) as wrong:
        raise NotReadable("xml", getattr(wrong, "position", (0, 0))[0]) from wrong
    return root


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Element, *path: str) -> Iterator[Element]:
    """Every element at ``path`` under ``element``, in the order of the file."""
    if not path:
        yield element
        return
    for child in element:
        if _local(child) == path[0]:
            yield from _all(child, *path[1:])


def _find(element: Element, *path: str) -> Element | None:
    return next(_all(element, *path), None)


def _text(element: Element, *path: str) -> str:
    found = _find(element, *path)
    return (found.text or "").strip() if found is not None else ""
