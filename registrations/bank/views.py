"""The treasurer's page of what came from the bank."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import makes_once
from events.programme.models import Event
from registrations.bank import queries, services
from registrations.bank.forms import BankFileForm, LeaveForm, SettleForm
from registrations.bank.gate import get_bank_entry_for, get_biller_for
from registrations.bank.models import BankEntry, BankFile

PAGES = "registrations/bank"
SETTLED_SHOWN = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits to be settled and what was; a file is read by posting it."""
    permission = "money.handle" if request.method == "POST" else "money.view"
    event, biller = get_biller_for(request.user, slug, permission)
    form = BankFileForm(request.POST if request.method == "POST" else None, request.FILES or None)
    refusal = None
    if request.method == "POST":
        if biller is None:
            raise Http404
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                read = services.read_bank_file(
                    biller=biller, content=file.read(), name=file.name, by=request.user, at=timezone.now()
                )
            except Refusal as reason:
                refusal = reason
            else:
                _say(request, read)
                return redirect("registrations:bank", slug)
    context = {
        "event": event,
        "biller": biller,
        "form": form,
        "refusal": refusal,
        "to_settle": queries.to_settle(biller) if biller else [],
        "settled": queries.settled(biller)[:SETTLED_SHOWN] if biller else [],
        "can_handle": may(request.user, "money.handle", event),
    }
    return render(request, f"{PAGES}/bank.html", context, status=status_of(form, refusal))


@login_required
@require_safe
def bank_entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One payment: what the bank told, the suggestion and why, and what can be done."""
    event, entry = get_bank_entry_for(request.user, slug, pk, "money.view")
    return _render_entry(request, event, entry)


@login_required
@require_POST
@makes_once
def settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Yes, it is for that invoice."""
    event, entry = get_bank_entry_for(request.user, slug, pk, "money.handle")
    form = SettleForm(request.POST, biller=entry.biller)
    if not form.is_valid():
        return _render_entry(request, event, entry, settling=form)
    invoice = form.cleaned_data["number"]
    try:
        services.settle_entry(entry=entry, invoice=invoice, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _render_entry(request, event, entry, refusal=refusal)
    messages.success(request, _("The payment is registered on invoice %(name)s.") % {"name": invoice.name})
    return redirect("registrations:bank", slug)


@login_required
@require_POST
def leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It is for none of our invoices."""
    event, entry = get_bank_entry_for(request.user, slug, pk, "money.handle")
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _render_entry(request, event, entry, leaving=form)
    try:
        services.leave_entry(entry=entry, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _render_entry(request, event, entry, refusal=refusal)
    messages.success(request, _("The payment is put aside."))
    return redirect("registrations:bank", slug)


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It was settled wrongly: take it up again."""
    event, entry = get_bank_entry_for(request.user, slug, pk, "money.handle")
    services.reopen_entry(entry=entry, by=request.user, at=timezone.now())
    messages.success(request, _("The payment waits to be settled again."))
    return redirect("registrations:bank-entry", event.slug, entry.pk)


def _render_entry(
    request: HttpRequest,
    event: Event,
    entry: BankEntry,
    *,
    settling: SettleForm | None = None,
    leaving: LeaveForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    suggestion = queries.suggestion_for(entry)
    context = {
        "event": event,
        "entry": entry,
        "suggestion": suggestion,
        "settling": settling or SettleForm(biller=entry.biller),
        "leaving": leaving or LeaveForm(),
        "refusal": refusal,
        "can_handle": may(request.user, "money.handle", event),
    }
    status = status_of(settling or leaving, refusal)
    return render(request, f"{PAGES}/entry.html", context, status=status)


def _say(request: HttpRequest, file: BankFile) -> None:
    """What became of the file, in numbers."""
    all_of_them = file.entries.count()
    waiting = file.entries.open().count()
    text = ngettext("%(n)s payment was read.", "%(n)s payments were read.", all_of_them) % {"n": all_of_them}
    settled = all_of_them - waiting
    more = ngettext("%(n)s was settled by its reference.", "%(n)s were settled by their references.", settled) % {
        "n": settled
    }
    messages.success(request, f"{text} {more}")
    if waiting:
        left = ngettext("%(n)s waits for you below.", "%(n)s wait for you below.", waiting)
        messages.warning(request, left % {"n": waiting})
