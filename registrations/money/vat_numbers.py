"""VAT numbers of companies in the EU, and what they mean for an invoice. Pure.

Services to businesses are taxed where the buyer is (the VAT directive, article 44): another EU country's business accounts
for the tax itself under a number that is shown on the invoice; outside the EU no Swedish VAT is due at all.
"""

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from registrations.money.amounts import Category

# The member states as ISO 3166-1 writes them; Greece's VAT numbers begin with EL.
EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)  # fmt: skip


class BadVatNumber(ValueError):
    """``code``: ``form`` (no VAT number of any EU country) or ``country`` (another country's than the address says)."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


def read_vat_number(text: str, country: str) -> str:
    """The VAT number in ``text`` in the form that is printed, for a company in ``country`` (ISO 3166-1).

    Only its form and check digits are tested; that it is in force says the EU's VIES. Raises BadVatNumber.
    """
    compact = "".join(text.split()).upper().replace("-", "").replace(".", "")
    prefix = "EL" if country == "GR" else country
    if compact[:2] in {"EL", *EU} and compact[:2] != prefix:
        raise BadVatNumber("country")
    try:
        number: str = vat.validate(compact if compact.startswith(prefix) else prefix + compact)
    except ValidationError as wrong:
        raise BadVatNumber("form") from wrong
    return number


def category_for(country: str, vat_number: str) -> Category | None:
    """How Swedish VAT treats a business buyer: ``None`` as any Swedish one (also an EU buyer without a number)."""
    if country == "SE":
        return None
    if country in EU:
        return Category.REVERSE if vat_number else None
    return Category.OUTSIDE
