"""The books of an event's issuer: sums, SIE 4 and a ledger."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from django.views.decorators.http import require_safe

from events.exports import Column, export_response
from registrations.bank.gate import get_biller_for
from registrations.books import queries
from registrations.books.forms import PeriodForm
from registrations.books.posting import Entry, Voucher
from registrations.books.sie import sie_bytes

PAGES = "registrations/books"
Row = tuple[Voucher, Entry]

COLUMNS = [
    Column(_("Day"), lambda row: row[0].on),
    Column(_("Voucher"), lambda row: f"{row[0].series}{row[0].number}"),
    Column(_("Invoice"), lambda row: row[0].paper),
    Column(_("Text"), lambda row: row[0].text),
    Column(_("Account"), lambda row: row[1].account),
    Column(_("Debit"), lambda row: row[1].amount_ore / 100 if row[1].amount_ore > 0 else None),
    Column(
        pgettext_lazy("bookkeeping", "Credit"), lambda row: -row[1].amount_ore / 100 if row[1].amount_ore < 0 else None
    ),
]


@login_required
@require_safe
def books(request: HttpRequest, slug: str) -> HttpResponse:
    """What a period comes to, account by account, beside what its papers say."""
    event, biller = get_biller_for(request.user, slug, "money.view")
    form = PeriodForm(request.GET) if request.GET else PeriodForm.for_year(timezone.localdate())
    context = {"event": event, "biller": biller, "form": form}
    if biller and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        vouchers = queries.vouchers_of(biller, first, last)
        context |= {
            "ledger": queries.ledger_of(biller, vouchers),
            "sums": queries.sums_of(biller, first, last),
            "vouchers": len(vouchers),
            "query": f"first={first:%Y-%m-%d}&last={last:%Y-%m-%d}",
        }
    return render(request, f"{PAGES}/books.html", context)


@login_required
@require_safe
def sie(request: HttpRequest, slug: str) -> HttpResponse:
    """The period as a SIE 4 file, in Swedish: it is read by Swedish programs."""
    event, biller = get_biller_for(request.user, slug, "money.view")
    first, last = _period(request)
    if biller is None:
        raise Http404
    with override("sv"):
        vouchers = queries.vouchers_of(biller, first, last)
        used = {entry.account for voucher in vouchers for entry in voucher.entries}
        number = biller.issuer.organisation_number
        content = sie_bytes(
            program="Torget",
            version="1",
            made_on=timezone.localdate(),
            company=biller.issuer.name,
            company_number=number,
            year=(date(first.year, 1, 1), date(first.year, 12, 31)),
            accounts={account: str(name) for account, name in queries.names_of(biller).items() if account in used},
            vouchers=vouchers,
        )
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-{first:%Y%m%d}-{last:%Y%m%d}.se"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def ledger(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Every entry of the period as a table."""
    event, biller = get_biller_for(request.user, slug, "money.view")
    first, last = _period(request)
    if biller is None or ending not in {"csv", "xlsx"}:
        raise Http404
    rows: list[Row] = [
        (voucher, entry) for voucher in queries.vouchers_of(biller, first, last) for entry in voucher.entries
    ]
    return export_response(ending, f"{event.slug}-ledger", COLUMNS, rows)


def _period(request: HttpRequest) -> tuple[date, date]:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data["first"], form.cleaned_data["last"]
