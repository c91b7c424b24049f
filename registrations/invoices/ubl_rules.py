"""The rules of EN 16931, Peppol BIS Billing 3.0 and Sweden that our e-invoices can break, checked before they leave. Pure.

Each broken rule is given by its official code. It is a choice of rules, those about what our papers contain, and does not
replace the validation that an access point does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree as ET

from stdnum import luhn

from registrations.invoices.ubl import CAC, CBC, F_TAX

NS = {"cbc": CBC, "cac": CAC}
CENT = Decimal("0.01")
SELLER, BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
TOTAL = "cac:LegalMonetaryTotal"
RATES = {Decimal(25), Decimal(12), Decimal(6)}
NEEDED = (
    ("BR-01", "cbc:CustomizationID"),
    ("PEPPOL-EN16931-R001", "cbc:ProfileID"),
    ("BR-02", "cbc:ID"),
    ("BR-03", "cbc:IssueDate"),
    ("BR-05", "cbc:DocumentCurrencyCode"),
    ("BR-06", f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName"),
    ("BR-07", f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName"),
    ("BR-09", f"{SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    ("BR-11", f"{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    ("PEPPOL-EN16931-R020", f"{SELLER}/cbc:EndpointID"),
    ("PEPPOL-EN16931-R010", f"{BUYER}/cbc:EndpointID"),
    ("BR-13", f"{TOTAL}/cbc:TaxExclusiveAmount"),
    ("BR-14", f"{TOTAL}/cbc:TaxInclusiveAmount"),
    ("BR-15", f"{TOTAL}/cbc:PayableAmount"),
    ("BR-CO-18", "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount"),
)


def broken_rules(root: ET.Element) -> list[str]:
    """The codes of the rules that the document breaks, in the order in which they were looked at."""
    return list(dict.fromkeys(_broken(root)))


def _broken(root: ET.Element) -> Iterator[str]:
    yield from (code for code, path in NEEDED if not _text(root, path))
    if not (_text(root, "cbc:BuyerReference") or _text(root, "cac:OrderReference/cbc:ID")):
        yield "PEPPOL-EN16931-R003"
    if len(root.findall("cbc:Note", NS)) > 1:
        yield "PEPPOL-EN16931-R002"
    if any(not len(one) and not (one.text or "").strip() for one in root.iter()):
        yield "PEPPOL-EN16931-R008"
    yield from _sums(root)
    yield from _lines(root)
    yield from _categories(root)
    yield from _sweden(root)
    is_credit = root.tag.endswith("CreditNote")
    if is_credit and not _text(root, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"):
        yield "BR-55"
    if _amount(root, f"{TOTAL}/cbc:PayableAmount") > 0 and not (
        _text(root, "cbc:DueDate") or _text(root, "cac:PaymentTerms/cbc:Note")
    ):
        yield "BR-CO-25"
    for means in root.findall("cac:PaymentMeans", NS):
        if _text(means, "cbc:PaymentMeansCode") in {"30", "58"} and not _text(
            means, "cac:PayeeFinancialAccount/cbc:ID"
        ):
            yield "BR-61"


def _sums(root: ET.Element) -> Iterator[str]:
    net = sum((_amount(line, "cbc:LineExtensionAmount") for line in _line_elements(root)), Decimal())
    exclusive, inclusive = (_amount(root, f"{TOTAL}/cbc:Tax{name}Amount") for name in ("Exclusive", "Inclusive"))
    tax = _amount(root, "cac:TaxTotal/cbc:TaxAmount")
    payable, rounding = (_amount(root, f"{TOTAL}/cbc:{name}Amount") for name in ("Payable", "PayableRounding"))
    if _amount(root, f"{TOTAL}/cbc:LineExtensionAmount") != net:
        yield "BR-CO-10"
    if exclusive != net:
        yield "BR-CO-13"
    if tax != sum((_amount(one, "cbc:TaxAmount") for one in _subtotals(root)), Decimal()):
        yield "BR-CO-14"
    if inclusive != exclusive + tax:
        yield "BR-CO-15"
    if payable != inclusive + rounding:
        yield "BR-CO-16"
    for one in _subtotals(root):
        due = _amount(one, "cbc:TaxableAmount") * _amount(one, "cac:TaxCategory/cbc:Percent") / 100
        # A credit in parts bears what is left of the invoice's VAT: the official rule allows a krona either way.
        if abs(_amount(one, "cbc:TaxAmount") - due.quantize(CENT, ROUND_HALF_UP)) >= 1:
            yield "BR-CO-17"


def _lines(root: ET.Element) -> Iterator[str]:
    lines = _line_elements(root)
    if not lines:
        yield "BR-16"
    for line in lines:
        quantity = _amount(line, "cbc:InvoicedQuantity") or _amount(line, "cbc:CreditedQuantity")
        price = _amount(line, "cac:Price/cbc:PriceAmount")
        if not _text(line, "cac:Item/cbc:Name"):
            yield "BR-25"
        if price < 0:
            yield "BR-27"
        if not _text(line, "cac:Item/cac:ClassifiedTaxCategory/cbc:ID"):
            yield "BR-CO-04"
        if abs(quantity * price - _amount(line, "cbc:LineExtensionAmount")) > Decimal("0.02"):
            yield "PEPPOL-EN16931-R120"


def _categories(root: ET.Element) -> Iterator[str]:
    seller_vat, buyer_vat = (_vat_number(root, party) for party in (SELLER, BUYER))
    taxable: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for line in _line_elements(root):
        at = line.find("cac:Item/cac:ClassifiedTaxCategory", NS)
        if at is None:
            continue
        code, rate = _text(at, "cbc:ID"), _amount(at, "cbc:Percent")
        taxable[code, rate] += _amount(line, "cbc:LineExtensionAmount")
        if code == "S" and rate <= 0:
            yield "BR-S-05"
        if code in {"AE", "E"} and (rate or not _text(at, "cbc:Percent")):
            yield f"BR-{code}-05"
        if code == "O" and _text(at, "cbc:Percent"):
            yield "BR-O-05"
    codes = {code for code, _rate in taxable}
    if codes & {"S", "E", "AE"} and not seller_vat:
        yield from (f"BR-{code}-02" for code in ("S", "E", "AE") if code in codes)
    if "AE" in codes and not (buyer_vat or _text(root, f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID")):
        yield "BR-AE-02"
    if "O" in codes and (seller_vat or buyer_vat):
        yield "BR-O-02"
    if "O" in codes and len(codes) > 1:
        yield "BR-O-11"
    for one in _subtotals(root):
        at = one.find("cac:TaxCategory", NS)
        if at is None:
            continue
        code, rate = _text(at, "cbc:ID"), _amount(at, "cbc:Percent")
        reason = _text(at, "cbc:TaxExemptionReasonCode") or _text(at, "cbc:TaxExemptionReason")
        if taxable.get((code, rate)) != _amount(one, "cbc:TaxableAmount"):
            yield f"BR-{code}-08"
        if code == "S" and reason:
            yield "BR-S-10"
        if code != "S" and _amount(one, "cbc:TaxAmount"):
            yield f"BR-{code}-09"
        if code != "S" and not reason:
            yield f"BR-{code}-10"
    summed = {
        (_text(one, "cac:TaxCategory/cbc:ID"), _amount(one, "cac:TaxCategory/cbc:Percent")) for one in _subtotals(root)
    }
    yield from (f"BR-{code}-01" for code, rate in taxable if (code, rate) not in summed)


def _sweden(root: ET.Element) -> Iterator[str]:
    """SE-R-001 to 013, for a seller in Sweden."""
    seller_country, buyer_country = (
        _text(root, f"{party}/cac:PostalAddress/cac:Country/cbc:IdentificationCode") for party in (SELLER, BUYER)
    )
    if seller_country != "SE":
        return
    vat = _vat_number(root, SELLER)
    if vat.startswith("SE"):
        if len(vat) != 14:
            yield "SE-R-001"
        if not vat[2:].isdigit():
            yield "SE-R-002"
    number = _text(root, f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID")
    if number:
        if not number.isdigit():
            yield "SE-R-003"
        elif len(number) != 10:
            yield "SE-R-004"
        elif not luhn.is_valid(number):
            yield "SE-R-013"
    for scheme in root.findall(f"{SELLER}/cac:PartyTaxScheme", NS):
        if _text(scheme, "cac:TaxScheme/cbc:ID") != "VAT" and _text(scheme, "cbc:CompanyID").upper() != F_TAX:
            yield "SE-R-005"
    for at in root.iter(f"{{{CAC}}}TaxCategory"):
        if _text(at, "cbc:ID") == "S" and _amount(at, "cbc:Percent") not in RATES:
            yield "SE-R-006"
    for means in root.findall("cac:PaymentMeans", NS):
        code = _text(means, "cbc:PaymentMeansCode")
        branch = _text(means, "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID")
        account = _text(means, "cac:PayeeFinancialAccount/cbc:ID")
        if branch == "SE:BANKGIRO":
            if not account.isdigit():
                yield "SE-R-008"
            elif not re.fullmatch(r"[0-9]{7,8}", account):
                yield "SE-R-009"
            if code != "30":
                yield "SE-R-011"
        if buyer_country == "SE" and code == "31":
            yield "SE-R-012"


def _line_elements(root: ET.Element) -> list[ET.Element]:
    return [*root.findall("cac:InvoiceLine", NS), *root.findall("cac:CreditNoteLine", NS)]


def _subtotals(root: ET.Element) -> list[ET.Element]:
    return root.findall("cac:TaxTotal/cac:TaxSubtotal", NS)


def _vat_number(root: ET.Element, party: str) -> str:
    for scheme in root.findall(f"{party}/cac:PartyTaxScheme", NS):
        if _text(scheme, "cac:TaxScheme/cbc:ID") == "VAT":
            return _text(scheme, "cbc:CompanyID")
    return ""


def _text(element: ET.Element, path: str) -> str:
    return (element.findtext(path, "", NS) or "").strip()


def _amount(element: ET.Element, path: str) -> Decimal:
    """The number at ``path``, 0 where there is none."""
    return Decimal(_text(element, path) or 0)
