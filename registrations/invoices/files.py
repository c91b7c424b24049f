"""A paper as a file: made anew from its contents, and compared with what was issued."""

from hashlib import sha256

from django.http import HttpResponse

from registrations.invoices.models import Invoice
from registrations.invoices.paper import pdf_bytes
from registrations.invoices.queries import contents_in


def agrees(invoice: Invoice, content: bytes) -> bool:
    """Whether ``content`` is to the byte the PDF that was issued, and the contents are those that were sealed."""
    return invoice.is_whole and sha256(content).hexdigest() == invoice.pdf_sha256


def pdf_response(invoice: Invoice) -> HttpResponse:
    """The PDF to look at; a header says whether it is the one that was issued, as the page does in words."""
    content = pdf_bytes(contents_in(invoice))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{invoice.name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Paper"] = "as-issued" if agrees(invoice, content) else "differs"
    return response
