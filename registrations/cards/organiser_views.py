"""The treasurer's page of card payments: what came of each, refunds, and what differs from the card company."""

from datetime import datetime
from uuid import uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import token_of
from registrations.cards import queries
from registrations.cards.client import is_set_up, is_stand_in
from registrations.cards.forms import RefundForm
from registrations.cards.models import Checkout, CheckoutState, Refund, RefundState
from registrations.cards.refunding import RefundWaits, ask_for_refund, refund_to_card, scope_of

PAGES = "registrations/cards"
SHOWN = 200

DIFFERENCES = {
    "unknown": gettext_lazy("A payment that none of our invoices began"),
    "amount": gettext_lazy("Another amount was drawn than what was to be paid"),
    "currency": gettext_lazy("Drawn in another currency; it is not registered"),
    "refund": gettext_lazy("Paid back at the card company without us"),
    "missing": gettext_lazy("Paid here, but the card company does not know of it"),
}


@login_required
@require_safe
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "money.view")
    differences = [(row, DIFFERENCES.get(row.kind, row.kind)) for row in queries.open_differences(event)]
    context = {
        "event": event,
        "checkouts": queries.checkouts_of(event)[:SHOWN],
        "differences": differences,
        "is_set_up": is_set_up(),
        "is_stand_in": is_stand_in(),
        "can_handle": may(request.user, "money.handle", event),
    }
    return render(request, f"{PAGES}/cards.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Pay back to the card; what is not paid too much is credited in the same act. The form's token makes it one wish."""
    event = get_event_for(request.user, slug, "money.handle")
    paid = Checkout.objects.filter(invoice__event=event, state=CheckoutState.PAID)
    checkout = get_object_or_404(paid.select_related("payment", "invoice__order"), pk=pk)
    waiting = checkout.refunds.filter(state=RefundState.ASKED).first()
    scope = scope_of(checkout)
    form = RefundForm(request.POST if request.method == "POST" and not waiting else None, scope=scope)
    refusal = None
    if request.method == "POST" and (waiting or form.is_valid()):
        at = timezone.now()
        try:
            made = ask_for_refund(refund=waiting, at=at) if waiting else _wish(request, checkout, form, at)
        except RefundWaits as waits:
            messages.warning(request, str(waits))
            return redirect("registrations:cards", slug)
        except Refusal as reason:
            refusal = reason
        else:
            _say(request, made)
            return redirect("registrations:cards", slug)
    context = {
        "event": event,
        "checkout": checkout,
        "invoice": checkout.invoice,
        "scope": scope,
        "waiting": waiting,
        "form": form,
        "refusal": refusal,
    }
    return render(request, f"{PAGES}/refund.html", context, status=status_of(form, refusal))


def _wish(request: HttpRequest, checkout: Checkout, form: RefundForm, at: datetime) -> Refund:
    token = token_of(request)
    return refund_to_card(
        checkout=checkout,
        amount_ore=form.cleaned_data["amount_ore"],
        reason=form.cleaned_data.get("reason", ""),
        key=uuid5(token, f"refund/{checkout.pk}") if token else None,
        by=request.user,
        at=at,
    )


def _say(request: HttpRequest, made: Refund) -> None:
    if made.state == RefundState.FAILED:
        messages.error(request, _("The card company refused to pay it back. Pay it back by bank instead."))
    elif made.state == RefundState.ASKED:
        messages.info(request, _("The card company has taken it in; it is noted when the money has gone."))
    elif made.credit_note:
        done = _("The money is on its way back to the card, and credit note %(name)s is issued.")
        messages.success(request, done % {"name": made.credit_note.name})
    else:
        messages.success(request, _("The money is on its way back to the card."))


@login_required
@require_POST
def seen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody has looked at a difference; it is no longer listed."""
    event = get_event_for(request.user, slug, "money.handle")
    difference = get_object_or_404(queries.open_differences(event), pk=pk)
    difference.seen_at, difference.seen_by = timezone.now(), request.user
    difference.save(update_fields=["seen_at", "seen_by"])
    messages.success(request, _("Noted as seen."))
    return redirect("registrations:cards", slug)
