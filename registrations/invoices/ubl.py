"""An invoice or a credit note as an e-invoice: Peppol BIS Billing 3.0 in UBL 2.1, from the paper's contents alone. Pure.

The order of the elements is the schema's. On a credit note amounts are what is taken back, above zero, as UBL wants it.
BT numbers are EN 16931's.
"""

from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

from registrations.money.amounts import Category

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
DOCUMENT = "urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
F_TAX = "GODKÄND FÖR F-SKATT"
ORGANISATION_NUMBER = "0007"  # the Swedish organisation number among the electronic address schemes
PIECE = "C62"
REASON_CODES = {Category.REVERSE: "VATEX-EU-AE", Category.OUTSIDE: "VATEX-EU-O"}


def ubl_bytes(contents: dict[str, Any]) -> bytes:
    """The XML file, UTF-8."""
    root = ubl_tree(contents)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def ubl_tree(contents: dict[str, Any]) -> ET.Element:
    """The document. What the paper does not say has no element."""
    is_credit = contents["kind"] == "credit"
    kind = "CreditNote" if is_credit else "Invoice"
    sign = -1 if is_credit else 1
    namespace = DOCUMENT.format(kind=kind)
    ET.register_namespace("cbc", CBC)
    ET.register_namespace("cac", CAC)
    ET.register_namespace("", namespace)
    root = ET.Element(f"{{{namespace}}}{kind}")
    buyer = contents["buyer"]
    say(root, "CustomizationID", CUSTOMIZATION)
    say(root, "ProfileID", PROFILE)
    say(root, "ID", contents["number"])
    say(root, "IssueDate", contents["issued_on"])
    if is_credit:
        say(root, "CreditNoteTypeCode", "381")
        say(root, "Note", contents["credits"]["reason"])
    else:
        say(root, "DueDate", contents["due_on"])
        say(root, "InvoiceTypeCode", "380")
    say(root, "DocumentCurrencyCode", contents["currency"])
    say(root, "BuyerReference", buyer["reference"])
    if contents["event"]["last_on"] != contents["event"]["first_on"]:
        period = part(root, "InvoicePeriod")
        say(period, "StartDate", contents["event"]["first_on"])
        say(period, "EndDate", contents["event"]["last_on"])
    if buyer["order_number"]:
        say(part(root, "OrderReference"), "ID", buyer["order_number"])
    if is_credit:
        reference = part(root, "BillingReference", "InvoiceDocumentReference")
        say(reference, "ID", contents["credits"]["number"])
        say(reference, "IssueDate", contents["credits"]["issued_on"])
    _seller(part(root, "AccountingSupplierParty", "Party"), contents)
    _buyer(part(root, "AccountingCustomerParty", "Party"), contents)
    if contents["event"]["last_on"] == contents["event"]["first_on"]:
        say(part(root, "Delivery"), "ActualDeliveryDate", contents["event"]["first_on"])
    if not is_credit:
        _payment(part(root, "PaymentMeans"), contents)
    terms = contents["words"]["late"] or f"{contents['labels']['credits']} {contents['credits']['number']}"
    say(part(root, "PaymentTerms"), "Note", terms)
    _taxes(part(root, "TaxTotal"), contents, sign)
    _totals(part(root, "LegalMonetaryTotal"), contents, sign)
    for number, line in enumerate(contents["lines"], start=1):
        _line(part(root, f"{kind}Line"), number, line, contents, sign)
    return root


def endpoint_of(party: dict[str, Any]) -> tuple[str, str]:
    """The electronic address (scheme, number): the party's own, or its Swedish organisation number; empty without one."""
    if party["peppol_id"]:
        scheme, _colon, number = party["peppol_id"].partition(":")
        return scheme, number
    digits = party["number"].replace("-", "")
    if party["country"] == "SE" and len(digits) == 10 and digits.isdigit():
        return ORGANISATION_NUMBER, digits
    return "", ""


def is_outside(contents: dict[str, Any]) -> bool:
    """Whether nothing on the paper is subject to VAT: such a document names no VAT numbers (BR-O-02)."""
    return any(one["category"] == Category.OUTSIDE for one in contents["sums"])


def part(parent: ET.Element, *names: str) -> ET.Element:
    for name in names:
        parent = ET.SubElement(parent, f"{{{CAC}}}{name}")
    return parent


def say(parent: ET.Element, name: str, text: str, /, **attributes: str) -> None:
    """A leaf; none at all for an empty text (PEPPOL-EN16931-R008)."""
    if text := " ".join(text.split()):
        ET.SubElement(parent, f"{{{CBC}}}{name}", attributes).text = text


def _money(parent: ET.Element, name: str, ore: int, contents: dict[str, Any]) -> None:
    say(parent, name, f"{Decimal(ore) / 100:.2f}", currencyID=contents["currency"])


def _party_head(party: ET.Element, who: dict[str, Any]) -> None:
    scheme, number = endpoint_of(who)
    say(party, "EndpointID", number, schemeID=scheme)
    address = part(party, "PostalAddress")
    say(address, "StreetName", who["street"])
    say(address, "CityName", who["city"])
    say(address, "PostalZone", who["postal_code"])
    say(part(address, "Country"), "IdentificationCode", who["country"])


def _legal(party: ET.Element, who: dict[str, Any]) -> None:
    legal = part(party, "PartyLegalEntity")
    say(legal, "RegistrationName", who["name"])
    digits = who["number"].replace("-", "")
    if who["country"] == "SE" and len(digits) == 10 and digits.isdigit():
        say(legal, "CompanyID", digits, schemeID=ORGANISATION_NUMBER)
    else:
        say(legal, "CompanyID", who["number"])


def _tax_scheme(party: ET.Element, number: str, scheme: str) -> None:
    if number:
        tax = part(party, "PartyTaxScheme")
        say(tax, "CompanyID", number)
        say(part(tax, "TaxScheme"), "ID", scheme)


def _seller(party: ET.Element, contents: dict[str, Any]) -> None:
    seller = contents["seller"]
    _party_head(party, seller)
    if not is_outside(contents):
        _tax_scheme(party, seller["vat_number"], "VAT")
    if seller["is_f_tax_approved"]:
        _tax_scheme(party, F_TAX, "TAX")
    _legal(party, seller)
    contact = part(party, "Contact")
    say(contact, "Telephone", seller["phone"])
    say(contact, "ElectronicMail", seller["email"])


def _buyer(party: ET.Element, contents: dict[str, Any]) -> None:
    buyer = contents["buyer"]
    _party_head(party, buyer)
    if not is_outside(contents):
        _tax_scheme(party, buyer["vat_number"], "VAT")
    _legal(party, buyer)


def _payment(means: ET.Element, contents: dict[str, Any]) -> None:
    say(means, "PaymentMeansCode", "30", name="Credit transfer")
    say(means, "PaymentID", contents["ocr"])
    account = part(means, "PayeeFinancialAccount")
    say(account, "ID", contents["seller"]["bankgiro"])
    say(part(account, "FinancialInstitutionBranch"), "ID", "SE:BANKGIRO")


def _category(parent: ET.Element, name: str, one: dict[str, Any]) -> ET.Element:
    category = part(parent, name)
    say(category, "ID", one["category"])
    if one["category"] != Category.OUTSIDE:
        say(category, "Percent", str(one["rate"]))
    return category


def _taxes(total: ET.Element, contents: dict[str, Any], sign: int) -> None:
    _money(total, "TaxAmount", sign * contents["vat_ore"], contents)
    # The sentences stand in the order of the sums that ask for one.
    reasons = iter(contents["words"]["vat"])
    for one in contents["sums"]:
        subtotal = part(total, "TaxSubtotal")
        _money(subtotal, "TaxableAmount", sign * one["taxable_ore"], contents)
        _money(subtotal, "TaxAmount", sign * one["vat_ore"], contents)
        category = _category(subtotal, "TaxCategory", one)
        if one["category"] != Category.STANDARD:
            say(category, "TaxExemptionReasonCode", REASON_CODES.get(Category(one["category"]), ""))
            say(category, "TaxExemptionReason", next(reasons, ""))
        say(part(category, "TaxScheme"), "ID", "VAT")


def _totals(total: ET.Element, contents: dict[str, Any], sign: int) -> None:
    net, vat = sign * contents["net_ore"], sign * contents["vat_ore"]
    _money(total, "LineExtensionAmount", net, contents)
    _money(total, "TaxExclusiveAmount", net, contents)
    _money(total, "TaxInclusiveAmount", net + vat, contents)
    if contents["rounding_ore"]:
        _money(total, "PayableRoundingAmount", sign * contents["rounding_ore"], contents)
    _money(total, "PayableAmount", sign * contents["payable_ore"], contents)


def _line(parent: ET.Element, number: int, line: dict[str, Any], contents: dict[str, Any], sign: int) -> None:
    say(parent, "ID", str(number))
    quantity = "CreditedQuantity" if contents["kind"] == "credit" else "InvoicedQuantity"
    say(parent, quantity, str(sign * line["quantity"]), unitCode=PIECE)
    _money(parent, "LineExtensionAmount", sign * line["net_ore"], contents)
    item = part(parent, "Item")
    say(item, "Name", line["text"])
    say(part(_category(item, "ClassifiedTaxCategory", line), "TaxScheme"), "ID", "VAT")
    _money(part(parent, "Price"), "PriceAmount", line["unit_ore"], contents)
