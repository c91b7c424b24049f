"""A paper as an e-invoice: looked at, downloaded, handed over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from events.access import audit
from events.access.rules import may
from events.errors import Refusal
from registrations.invoices.gate import get_invoice_for
from registrations.invoices.handover import e_invoice, handover
from registrations.invoices.queries import contents_in
from registrations.invoices.ubl import endpoint_of

HANDED_OVER = audit.verb("invoice.handed_over", gettext_lazy("handed over the e-invoice of"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Whether the paper can be an e-invoice, to whom, and the way to the file; posting hands it over."""
    event, row = get_invoice_for(request.user, slug, pk, "money.handle" if request.method == "POST" else "money.view")
    contents, taker, refusal = contents_in(row), handover(), None
    try:
        xml = e_invoice(contents)
        if request.method == "POST":
            if taker is None:
                raise Http404
            taker.take(f"{row.name}.xml", xml)
            audit.record(row, HANDED_OVER, by=request.user, at=timezone.now())  # type: ignore[arg-type]  # signed in
            messages.success(request, _("The e-invoice is handed over."))
            return redirect("registrations:invoice", slug, pk)
    except Refusal as reason:
        refusal = reason
    context = {
        "event": event,
        "invoice": row,
        "refusal": refusal,
        "address": endpoint_of(contents["buyer"]),
        "reference": contents["buyer"]["reference"] or contents["buyer"]["order_number"],
        "hands_over": taker is not None,
        "can_handle": may(request.user, "money.handle", event),
    }
    return render(request, "registrations/invoices/e_invoice.html", context, status=409 if refusal else 200)


@login_required
@require_safe
def ubl(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The XML file; a paper that can not be an e-invoice leads back to the page that says why."""
    _event, row = get_invoice_for(request.user, slug, pk, "money.view")
    try:
        xml = e_invoice(contents_in(row))
    except Refusal:
        return redirect("registrations:invoice-e", slug, pk)
    response = HttpResponse(xml, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.name}.xml"'
    response["Cache-Control"] = "private, no-store"
    return response
