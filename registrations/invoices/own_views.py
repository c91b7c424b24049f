"""The company's own papers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from registrations.invoices import queries
from registrations.invoices.files import pdf_response
from registrations.invoices.gate import get_own_invoice
from registrations.invoices.hooks import ways_to_pay
from registrations.invoices.paper import sheet_of

PAGES = "registrations/invoices"


@login_required
@require_safe
def own_invoice(request: HttpRequest, pk: int, invoice_pk: int) -> HttpResponse:
    """One of the company's papers: what stands on it, and what has been paid."""
    exhibitor, row = get_own_invoice(request.user, pk, invoice_pk)
    shown = queries.paper(row.pk, timezone.localdate())
    contents = queries.contents_in(row)
    context = {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "shown": shown,
        "invoice": shown.invoice,
        "contents": contents,
        "sheet": sheet_of(contents),
        "payments": list(queries.payments_of(row)),
        "ways": [way(row, exhibitor, request) for way in ways_to_pay],
        "notes": list(queries.notes_of(row)),
    }
    return render(request, f"{PAGES}/own.html", context)


@login_required
@require_safe
def own_pdf(request: HttpRequest, pk: int, invoice_pk: int) -> HttpResponse:
    _exhibitor, row = get_own_invoice(request.user, pk, invoice_pk)
    return pdf_response(row)
