"""The words that stand on invoices and credit notes, in Swedish and English. Pure.

They are no part of the catalogue of translations: a paper is kept for seven years and says the same to its last day, so
each one carries its words in its contents. A changed word here is on the papers that are issued from then on.
"""

from registrations.money.amounts import Category

LANGUAGES = ("sv", "en")

LABELS: dict[str, dict[str, str]] = {
    "sv": {
        "invoice": "Faktura",
        "credit": "Kreditfaktura",
        "number": "Fakturanummer",
        "issued_on": "Fakturadatum",
        "due_on": "Förfallodag",
        "service": "Leveransdag",
        "order": "Order",
        "your_reference": "Er referens",
        "your_order": "Ert ordernummer",
        "buyer": "Köpare",
        "buyer_number": "Organisationsnummer",
        "buyer_vat": "Momsregistreringsnummer",
        "text": "Benämning",
        "quantity": "Antal",
        "unit": "À-pris",
        "vat": "Moms",
        "amount": "Belopp",
        "net": "Summa utan moms",
        "vat_sum": "Moms",
        "rounding": "Öresavrundning",
        "to_pay": "Att betala",
        "credited": "Att få tillbaka",
        "vat_table": "Moms per skattesats",
        "rate": "Skattesats",
        "taxable": "Underlag",
        "payment": "Betalning",
        "bankgiro": "Bankgiro",
        "ocr": "OCR-nummer",
        "late": "Vid försenad betalning",
        "seller": "Säljare",
        "seller_number": "Org.nr",
        "seller_vat": "Momsreg.nr",
        "seat": "Säte",
        "email": "E-post",
        "phone": "Telefon",
        "currency": "Valuta",
        "credits": "Krediterar faktura",
        "reason": "Orsak",
        "page": "Sida",
        "of": "av",
        "continued": "Alla belopp i svenska kronor",
        "seal": "Kontrollsumma (SHA-256)",
    },
    "en": {
        "invoice": "Invoice",
        "credit": "Credit note",
        "number": "Invoice number",
        "issued_on": "Invoice date",
        "due_on": "Due date",
        "service": "Date of service",
        "order": "Order",
        "your_reference": "Your reference",
        "your_order": "Your order number",
        "buyer": "Buyer",
        "buyer_number": "Company number",
        "buyer_vat": "VAT number",
        "text": "Description",
        "quantity": "Quantity",
        "unit": "Unit price",
        "vat": "VAT",
        "amount": "Amount",
        "net": "Total without VAT",
        "vat_sum": "VAT",
        "rounding": "Rounding",
        "to_pay": "To pay",
        "credited": "To be repaid",
        "vat_table": "VAT by rate",
        "rate": "Rate",
        "taxable": "Taxable amount",
        "payment": "Payment",
        "bankgiro": "Bankgiro",
        "ocr": "OCR reference",
        "late": "If payment is late",
        "seller": "Seller",
        "seller_number": "Company number",
        "seller_vat": "VAT number",
        "seat": "Registered seat",
        "email": "E-mail",
        "phone": "Phone",
        "currency": "Currency",
        "credits": "Credits invoice",
        "reason": "Reason",
        "page": "Page",
        "of": "of",
        "continued": "All amounts in Swedish kronor",
        "seal": "Checksum (SHA-256)",
    },
}

# What the VAT act and directive 2006/112/EC, article 226, want to be said where no VAT is charged.
VAT_WORDS: dict[str, dict[Category, str]] = {
    "sv": {
        Category.REVERSE: "Omvänd betalningsskyldighet (Reverse charge). Säljarens momsregistreringsnummer {seller}, "
        "köparens {buyer}. Rådets direktiv 2006/112/EG, artiklarna 44 och 196.",
        Category.OUTSIDE: "Tjänsten är omsatt utanför Sverige; svensk moms tas inte ut. Rådets direktiv 2006/112/EG, "
        "artikel 44.",
        Category.EXEMPT: "Undantaget från skatteplikt enligt mervärdesskattelagen (2023:200).",
    },
    "en": {
        Category.REVERSE: "Reverse charge (Omvänd betalningsskyldighet). The seller's VAT number is {seller}, "
        "the buyer's {buyer}. Council Directive 2006/112/EC, articles 44 and 196.",
        Category.OUTSIDE: "The service is supplied outside Sweden; no Swedish VAT is charged. Council Directive "
        "2006/112/EC, article 44.",
        Category.EXEMPT: "Exempt from VAT by the Swedish VAT Act (2023:200).",
    },
}
NO_VAT = {"sv": "Utan moms", "en": "No VAT"}

F_TAX = {"sv": "Godkänd för F-skatt", "en": "Approved for F-tax"}
LATE_INTEREST = {
    "sv": "Dröjsmålsränta enligt räntelagen.",
    "en": "Interest by the Swedish Interest Act (räntelagen).",
}
REMINDER_FEE = {
    "sv": "Påminnelseavgift {kronor} kr.",
    "en": "A reminder costs SEK {kronor}.",
}
PAY = {
    "sv": "Ange OCR-numret när du betalar.",
    "en": "Give the OCR reference when you pay.",
}
PAY_ABROAD = {
    "sv": "Från utlandet: IBAN {iban}, BIC {bic}.",
    "en": "From abroad: IBAN {iban}, BIC {bic}.",
}
PARTS_OF = {"sv": "Kreditering av faktura {name}", "en": "Credit of invoice {name}"}
CANCELLED = {
    "sv": "Avbokning av order {order}: {cost} % av priset",
    "en": "Cancellation of order {order}: {cost} % of the price",
}
SEATS = {"sv": "Säte: {seat}", "en": "Registered seat: {seat}"}


def known(language: str) -> str:
    """``language`` if papers are written in it; Swedish otherwise."""
    return language if language in LANGUAGES else "sv"
