"""What the treasurer does beside the papers: reminds those who are late, fills in the issuer's details."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from events.access.gate import get_event_for
from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.versions import show_stale
from registrations.invoices.billers import save_biller
from registrations.invoices.forms import BillerForm
from registrations.invoices.gate import get_invoice_for
from registrations.invoices.models import Biller
from registrations.invoices.queries import biller_of
from registrations.invoices.reminders import due_reminders, send_reminder, send_reminders

PAGES = "registrations/invoices"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may be reminded today; the ticked ones get their letter."""
    permission = "money.handle" if request.method == "POST" else "money.view"
    event = get_event_for(request.user, slug, permission)
    if request.method == "POST":
        chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit() and len(pk) < 16]
        sent = send_reminders(event=event, chosen=chosen, by=request.user, at=timezone.now())
        if not chosen:
            messages.error(request, _("Tick the invoices that you want to remind of."))
        elif sent:
            text = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", sent)
            messages.success(request, text % {"n": sent})
        if chosen and sent < len(chosen):
            left = ngettext(
                "%(n)s was left: it has been paid or reminded of meanwhile.",
                "%(n)s were left: they have been paid or reminded of meanwhile.",
                len(chosen) - sent,
            )
            messages.warning(request, left % {"n": len(chosen) - sent})
        return redirect("registrations:invoice-reminders", slug)
    context = {
        "event": event,
        "due": due_reminders(event, timezone.localdate()),
        "can_handle": may(request.user, "money.handle", event),
    }
    return render(request, f"{PAGES}/reminders.html", context)


@login_required
@require_POST
def remind(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One reminder, from the invoice's page."""
    _event, invoice = get_invoice_for(request.user, slug, pk, "money.handle")
    try:
        reminder = send_reminder(invoice=invoice, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reminder %(stage)s is on its way.") % {"stage": reminder.stage})
    return redirect("registrations:invoice", slug, pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def biller_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What the papers of the event's issuer say of it."""
    event = get_event_for(request.user, slug, "money.handle")
    biller = biller_of(event) or Biller(issuer=event.issuer, email=event.contact_email)
    initial = {"organisation_number": event.issuer.organisation_number}
    form = BillerForm(request.POST if request.method == "POST" else None, instance=biller, initial=initial)
    context = {"event": event, "form": form, "biller": biller}
    refusal = None
    if form.is_valid():
        fields = dict(form.cleaned_data)
        seen, number = fields.pop("version"), fields.pop("organisation_number")
        try:
            save_biller(
                issuer=event.issuer,
                organisation_number=number,
                seen=seen,
                by=request.user,
                at=timezone.now(),
                **fields,
            )
        except Stale as stale:
            refusal = stale
            context |= {"refusal": stale, "stored": show_stale(form, Biller.objects.get(issuer=event.issuer))}
        else:
            messages.success(request, _("Saved. Invoices that are issued from now on say this."))
            return redirect("registrations:invoice-list", slug)
    context["entries"] = AuditEntry.objects.about(biller)[:10] if biller.pk else []
    return render(request, f"{PAGES}/biller.html", context, status=status_of(form, refusal))
