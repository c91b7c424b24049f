"""Payments that the treasurer notes by hand, takes back, or notes as paid back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.access.gate import get_event_for
from events.answers import status_of
from events.errors import Refusal
from events.once.guard import makes_once
from registrations.invoices.models import Invoice
from registrations.payments import services
from registrations.payments.forms import PaymentForm, TakeBackForm
from registrations.payments.models import Payment
from registrations.payments.queries import with_balance

PAGES = "registrations/payments"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def pay(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note that money came in for an invoice."""
    done = _("The payment is registered.")
    return _note(request, slug, pk, "pay", services.register_payment, done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def repay(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note that what was paid too much went back."""
    done = _("The repayment is noted.")
    return _note(request, slug, pk, "repay", services.note_repayment, done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Undo a payment that was noted by mistake; both rows stay to be seen."""
    event = get_event_for(request.user, slug, "money.handle")
    payment = get_object_or_404(Payment.objects.select_related("invoice"), pk=pk, invoice__event=event)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        try:
            services.take_back_payment(
                payment=payment, note=form.cleaned_data["note"], by=request.user, at=timezone.now()
            )
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, _("The payment is taken back."))
            return redirect("registrations:invoice", slug, payment.invoice_id)
    context = {"event": event, "payment": payment, "form": form, "refusal": refusal}
    return render(request, f"{PAGES}/take_back.html", context, status=status_of(form, refusal))


@login_required
@require_POST
def keep_as_fee(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What was paid too much is the fee that a reminder asked for."""
    event = get_event_for(request.user, slug, "money.handle")
    invoice = get_object_or_404(Invoice.objects.for_event(event).charges(), pk=pk)
    try:
        services.keep_as_fee(invoice=invoice, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("What was paid too much is kept as a reminder fee."))
    return redirect("registrations:invoice", slug, pk)


def _note(request: HttpRequest, slug: str, pk: int, page: str, note: Callable[..., Any], done: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "money.handle")
    invoice = get_object_or_404(with_balance(Invoice.objects.for_event(event).charges()), pk=pk)
    left = invoice.left_ore if page == "pay" else -invoice.left_ore
    initial = {"amount_ore": left if left > 0 else None, "paid_on": timezone.localdate()}
    form = PaymentForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = None
    if form.is_valid():
        try:
            note(invoice=invoice, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as reason:
            refusal = reason
        else:
            messages.success(request, done)
            return redirect("registrations:invoice", slug, pk)
    context = {"event": event, "invoice": invoice, "form": form, "refusal": refusal}
    return render(request, f"{PAGES}/{page}.html", context, status=status_of(form, refusal))
