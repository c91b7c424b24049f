"""Writes SIE 4, the file that every Swedish bookkeeping program reads (SIE-gruppen, format 4, edition 4C). Pure.

The import file (4I): vouchers without balances. Text is in code page 437 ("PC8"), fields with spaces stand in quotation
marks, amounts have a full stop and two decimals, days are eight digits.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from registrations.books.posting import Voucher

CODE_PAGE = "cp437"


def sie_bytes(
    *,
    program: str,
    version: str,
    made_on: date,
    company: str,
    company_number: str,
    year: tuple[date, date],
    accounts: Mapping[str, str],
    vouchers: Iterable[Voucher],
) -> bytes:
    """A whole file. ``company_number`` as 559012-3456 or empty, ``year`` the first and last day of the financial year,
    ``accounts`` the names of those that the vouchers use. Signs that the code page lacks become question marks.
    """
    lines = [
        "#FLAGGA 0",
        f"#PROGRAM {_text(program)} {_text(version)}",
        "#FORMAT PC8",
        f"#GEN {made_on:%Y%m%d}",
        "#SIETYP 4",
        *([f"#ORGNR {company_number}"] if company_number else []),
        f"#FNAMN {_text(company)}",
        f"#RAR 0 {year[0]:%Y%m%d} {year[1]:%Y%m%d}",
        "#KPTYP EUBAS97",
        *(f"#KONTO {number} {_text(name)}" for number, name in sorted(accounts.items())),
    ]
    for voucher in vouchers:
        lines += [
            f"#VER {_text(voucher.series)} {voucher.number} {voucher.on:%Y%m%d} {_text(voucher.text)}",
            "{",
            *(f"   #TRANS {entry.account} {{}} {_amount(entry.amount_ore)}" for entry in voucher.entries),
            "}",
        ]
    return ("\r\n".join(lines) + "\r\n").encode(CODE_PAGE, errors="replace")


def _text(words: str) -> str:
    """``words`` in quotation marks; a mark inside gets a backslash, and signs that steer a printer become spaces."""
    plain = "".join(sign if sign >= " " and sign != "\x7f" else " " for sign in words)
    return '"' + plain.replace("\\", "/").replace('"', '\\"') + '"'


def _amount(ore: int) -> str:
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"
