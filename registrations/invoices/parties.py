"""From rows to what a paper says of its seller, its buyer and what was bought."""

from events.moments import STOCKHOLM
from registrations.invoices.contents import Buyer, Occasion, Seller
from registrations.invoices.models import Biller
from registrations.orders.models import Order


def seller_of(biller: Biller) -> Seller:
    issuer = biller.issuer
    return Seller(
        name=issuer.name,
        number=written_number(issuer.organisation_number),
        vat_number=biller.vat_number,
        street=biller.street,
        postal_code=biller.postal_code,
        city=biller.city,
        email=biller.email,
        bankgiro="".join(sign for sign in biller.bankgiro if sign.isdigit()),
        seat=biller.seat,
        phone=biller.phone,
        iban=biller.iban,
        bic=biller.bic,
        is_f_tax_approved=biller.is_f_tax_approved,
        late_interest=biller.late_interest,
        peppol_id=biller.peppol_id,
    )


def buyer_of(order: Order) -> Buyer:
    return Buyer(
        name=order.bill_name or order.exhibitor.organisation.name,
        number=written_number(order.bill_number) if order.bill_country == "SE" else order.bill_number,
        street=order.bill_street,
        postal_code=order.bill_postal_code,
        city=order.bill_city,
        country=order.bill_country,
        vat_number=order.bill_vat_number,
        email=order.bill_email,
        reference=order.bill_reference,
        order_number=order.bill_order_number,
        peppol_id=order.bill_peppol_id,
    )


def occasion_of(order: Order) -> Occasion:
    """The event in the language of the order; its days are the days of the service."""
    event = order.event
    return Occasion(
        event=event.name_en if order.language == "en" and event.name_en else event.name,
        place=str(event.venue),
        first_on=event.starts_at.astimezone(STOCKHOLM).date(),
        last_on=event.ends_at.astimezone(STOCKHOLM).date(),
        order=order.reference,
        ordered_on=order.ordered_on,
    )


def written_number(number: str) -> str:
    """Ten digits as Swedes write them (559012-3456); anything else as it is."""
    digits = number.replace("-", "")
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 and digits.isdigit() else number
