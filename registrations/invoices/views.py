"""The treasurer's pages of invoices: the list, a paper, its files, crediting it, a company's statement."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.exports import export_response
from events.once.guard import makes_once
from registrations.invoices import queries
from registrations.invoices.crediting import credit_invoice, totals_with_notes
from registrations.invoices.files import agrees, pdf_response
from registrations.invoices.forms import CreditForm
from registrations.invoices.gate import get_invoice_for, get_invoiced_company
from registrations.invoices.models import Invoice, PaperKind
from registrations.invoices.paper import pdf_bytes, sheet_of
from registrations.invoices.queries import EXPORT, Filter, contents_in
from registrations.invoices.reminders import due_reminders, stage_of
from registrations.invoices.sending import send_paper
from registrations.invoices.statements import kind_words, statement_of, statement_pdf
from registrations.money.crediting import left_of
from registrations.payments.models import Method

PAGES = "registrations/invoices"
PAGE_SIZE = 50


@login_required
@require_safe
def invoice_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every paper of the event: search, filter by how it stands, sums, export."""
    event = get_event_for(request.user, slug, "money.view")
    chosen, today = Filter.from_query(request.GET), timezone.localdate()
    page = Paginator(queries.papers(event, chosen, today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "event": event,
        "chosen": chosen,
        "page_obj": page,
        "rows": queries.shown(page.object_list, today),
        "states": queries.state_counts(event, chosen, today),
        "sums": queries.sums_of(event, today),
        "biller": queries.biller_of(event),
        "awaiting": queries.awaiting_invoice(event),
        "to_remind": len(due_reminders(event, today)),
        "can_handle": may(request.user, "money.handle", event),
    }
    template = f"{PAGES}/_list.html" if request.headers.get("HX-Target") == "invoices" else f"{PAGES}/list.html"
    return render(request, template, context)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The list as it is filtered, as a file."""
    event = get_event_for(request.user, slug, "money.view")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    today = timezone.localdate()
    rows = queries.shown(queries.papers(event, Filter.from_query(request.GET), today), today)
    return export_response(ending, slugify(_("invoices") + f"-{event.slug}"), EXPORT, rows)


@login_required
@require_safe
def invoice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One paper: what stands on it, what has become of it, what can be done."""
    event, row = get_invoice_for(request.user, slug, pk, "money.view")
    return render(request, f"{PAGES}/detail.html", {"event": event} | _about(request, row))


@login_required
@require_safe
def pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _event, row = get_invoice_for(request.user, slug, pk, "money.view")
    return pdf_response(row)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def credit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back an invoice, or a part of it."""
    event, row = get_invoice_for(request.user, slug, pk, "money.handle")
    if row.kind != PaperKind.INVOICE:
        raise Http404
    left = left_of(*totals_with_notes(row))
    form = CreditForm(request.POST if request.method == "POST" else None, left=left)
    refusal = None
    if form.is_valid():
        try:
            note = credit_invoice(
                invoice=row,
                parts=form.parts,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as reason:
            refusal = reason
        else:
            send_paper(note)
            messages.success(request, _("Credit note %(name)s is issued.") % {"name": note.name})
            return redirect("registrations:invoice", slug, note.pk)
    context = {"event": event, "invoice": row, "form": form, "refusal": refusal, "is_left": any(left.values())}
    return render(request, f"{PAGES}/credit.html", context, status=status_of(form, refusal))


@login_required
@require_safe
def statement(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """All papers and payments of a company with the event's issuer, and the balance after each."""
    event, organisation = get_invoiced_company(request.user, slug, pk, "money.view")
    biller = queries.biller_of(event)
    rows = statement_of(organisation, biller) if biller else []
    context = {
        "event": event,
        "organisation": organisation,
        "biller": biller,
        "rows": [{"entry": row.entry, "balance_ore": row.balance_ore, "kind": kind_words(row.entry)} for row in rows],
        "balance_ore": rows[-1].balance_ore if rows else 0,
    }
    return render(request, f"{PAGES}/statement.html", context)


@login_required
@require_safe
def statement_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    event, organisation = get_invoiced_company(request.user, slug, pk, "money.view")
    biller = queries.biller_of(event)
    if biller is None:
        raise Http404
    content = statement_pdf(organisation, biller, timezone.localdate(), get_language() or "sv")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(_("statement") + f"-{organisation}")}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _about(request: HttpRequest, row: Invoice) -> dict[str, Any]:
    today = timezone.localdate()
    contents = contents_in(row)
    shown = queries.paper(row.pk, today)
    payments = list(queries.payments_of(row))
    reminders = list(queries.reminders_of(row))
    too_much = max(-shown.invoice.left_ore, 0) if shown.standing is not None else 0
    fees = sum(one.fee_ore for one in reminders) + sum(one.amount_ore for one in payments if one.method == Method.FEE)
    return {
        "shown": shown,
        "invoice": shown.invoice,
        "contents": contents,
        "sheet": sheet_of(contents),
        "is_as_issued": agrees(row, pdf_bytes(contents)),
        "is_whole": row.is_whole,
        "payments": payments,
        "notes": list(queries.notes_of(row)),
        "reminders": reminders,
        "next_stage": stage_of(shown.invoice, today),
        "fees_ore": fees,
        "too_much_ore": too_much,
        "is_fee_only": 0 < too_much <= fees,
        "entries": AuditEntry.objects.about(row)[:20],
        "can_handle": may(request.user, "money.handle", row.event),
    }
