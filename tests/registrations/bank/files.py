"""Bank files for the tests, written as the bank writes them."""

from datetime import date
from typing import NamedTuple


class Paid(NamedTuple):
    """One payment for a file; ``further`` are (reference, öre) of records 22."""

    reference: str
    ore: int
    payer: str = ""
    number: str = ""
    words: str = ""
    serial: str = "000000000001"
    further: tuple[tuple[str, int], ...] = ()


def bgmax(
    *payments: Paid,
    account: str = "9912346",
    day: date = date(2027, 3, 8),
    deposit: int = 36,
    mark: str = "P",
    currency="SEK",
) -> bytes:
    """One deposit; lines of 80 signs in ISO 8859-1."""
    lines = [f"01BGMAX               0120270308173035010331{mark}", f"05{account:0>10}{'':10}{currency}"]
    deductions = more = 0
    for one in payments:
        kind = "20" if one.ore >= 0 else "21"
        deductions += one.ore < 0
        lines.append(f"{kind}{378_3511:0>10}{one.reference:<25}{abs(one.ore):018}24{one.serial:0>12}0")
        for reference, ore in one.further:
            more += 1
            lines.append(
                f"{'22' if ore >= 0 else '23'}{378_3511:0>10}{reference:<25}{abs(ore):018}24{one.serial:0>12}0"
            )
        lines += [f"25{one.words:<50}"] * bool(one.words)
        lines += [f"26{one.payer:<35}{'':35}"] * bool(one.payer)
        lines += [f"29{one.number:0>12}"] * bool(one.number)
    total = sum(one.ore for one in payments)
    lines.append(
        f"15{'00000000000000000000058410000010098':35}{day:%Y%m%d}{deposit:05}{total:018}{currency}{len(payments):08} "
    )
    lines.append(f"70{len(payments) - deductions:08}{deductions:08}{more:08}{1:08}")
    return "".join(f"{line:<80}\r\n" for line in lines).encode("latin-1")


def camt(
    *payments: Paid, iban: str = "SE3550000000054910000003", day: date = date(2027, 3, 8), currency: str = "SEK"
) -> bytes:
    """One notice with an entry for each payment, version 08."""
    entries = "".join(
        f"""<Ntry><Amt Ccy="{currency}">{abs(one.ore) / 100:.2f}</Amt>
        <CdtDbtInd>{"CRDT" if one.ore >= 0 else "DBIT"}</CdtDbtInd>
        <BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>REF{place}</AcctSvcrRef><NtryDtls><TxDtls>
        <RltdPties><Dbtr><Pty><Nm>{one.payer}</Nm><Id><OrgId><Othr><Id>{one.number}</Id></Othr></OrgId></Id></Pty></Dbtr></RltdPties>
        <RmtInf>{f"<Strd><CdtrRefInf><Ref>{one.reference}</Ref></CdtrRefInf></Strd>" if one.reference else ""}
        <Ustrd>{one.words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
        for place, one in enumerate(payments)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
    <Ntfctn><Id>N1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>{entries}</Ntfctn>
    </BkToCstmrDbtCdtNtfctn></Document>""".encode()
