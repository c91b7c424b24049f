"""The company's way to pay by card and back, and the address that Stripe's messages come to."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from events.access.gate import Visitor
from events.errors import Refusal
from registrations.cards.client import is_stand_in
from registrations.cards.messages import Forged, receive
from registrations.cards.models import CheckoutState
from registrations.cards.services import begin_checkout
from registrations.invoices.models import Invoice
from registrations.organisations.gate import get_own_exhibitor
from registrations.payments.queries import with_balance

PAGES = "registrations/cards"
LARGEST_MESSAGE = 256 * 1024


@login_required
@require_POST
def begin(request: HttpRequest, exhibitor_pk: int, pk: int) -> HttpResponse:
    """On to the card company's page for what is left of the invoice."""
    invoice = _own_invoice(request.user, exhibitor_pk, pk)
    back, stopped = (
        request.build_absolute_uri(reverse(f"registrations:{name}", args=[exhibitor_pk, pk]))
        for name in ("card-back", "card-stopped")
    )
    try:
        checkout = begin_checkout(
            invoice=invoice, success_url=back, cancel_url=stopped, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        context = {"invoice": invoice, "exhibitor": invoice.order.exhibitor, "refusal": refusal}
        return render(request, f"{PAGES}/refused.html", context, status=409)
    response = HttpResponseRedirect(checkout.url)
    response.status_code = 303
    return response


@login_required
@require_safe
def back(request: HttpRequest, exhibitor_pk: int, pk: int) -> HttpResponse:
    """Back from the card company. Nothing is believed of the way one came: paid is what its message has said."""
    invoice = _own_invoice(request.user, exhibitor_pk, pk)
    last = invoice.checkouts.order_by("pk").last()
    context = {
        "invoice": invoice,
        "exhibitor": invoice.order.exhibitor,
        "is_paid": invoice.left_ore <= 0,
        "waits": bool(last and last.state == CheckoutState.STARTED),
        "is_stand_in": is_stand_in(),
    }
    page = "_back" if request.headers.get("HX-Target") == "standing" else "back"
    return render(request, f"{PAGES}/{page}.html", context)


@login_required
@require_safe
def stopped(request: HttpRequest, exhibitor_pk: int, pk: int) -> HttpResponse:
    """Somebody turned back on the card company's page: nothing was drawn, the order stands."""
    invoice = _own_invoice(request.user, exhibitor_pk, pk)
    context = {"invoice": invoice, "exhibitor": invoice.order.exhibitor, "is_paid": invoice.left_ore <= 0}
    return render(request, f"{PAGES}/stopped.html", context)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """A message from Stripe. 400 for one that is not signed by it: whoever sent that learns nothing more."""
    if len(request.body) > LARGEST_MESSAGE:
        return HttpResponse(status=413)
    try:
        receive(payload=request.body, signature=request.headers.get("Stripe-Signature", ""), at=timezone.now())
    except Forged:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


def _own_invoice(user: Visitor, exhibitor_pk: int, pk: int) -> Invoice:
    exhibitor = get_own_exhibitor(user, exhibitor_pk, "order.confirm")
    own = Invoice.objects.charges().filter(order__exhibitor=exhibitor)
    rows = with_balance(own).select_related("order__exhibitor__event", "order__exhibitor__organisation")
    return get_object_or_404(rows, pk=pk)
