"""Tells a company that a paper is issued: a letter with the way to it."""

from events.mail.models import Letter
from events.mail.services import write_letter
from registrations.invoices.models import Invoice
from registrations.money.references import written_bankgiro


def address_of(invoice: Invoice) -> str:
    """Where letters about a paper go."""
    return invoice.order.bill_email or invoice.order.exhibitor.contact_email


def send_paper(invoice: Invoice) -> Letter | None:
    """The letter to where invoices go; ``None`` when nobody has said where. Inside the caller's transaction."""
    to = address_of(invoice)
    if not to:
        return None
    return write_letter(
        to=to,
        template="registrations/invoices/mail/issued",
        context={
            "invoice": invoice,
            "exhibitor": invoice.order.exhibitor,
            "bankgiro": written_bankgiro(invoice.series.biller.bankgiro),
        },
        language=invoice.order.language,
        event=invoice.order.event,
    )
