"""A way to Stripe's page and back, and what Stripe then tells us.

Stripe is never asked inside a transaction of ours. What was begun is written first, under a key that makes a repeated
request the same one; what came of it is told by signed messages (``messages.py``), in any order and perhaps twice.
"""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from stripe import StripeError
from stripe.params.checkout import SessionCreateParams

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from registrations.cards.client import is_set_up, stripe
from registrations.cards.models import Checkout, CheckoutState
from registrations.invoices.models import Invoice, PaperKind
from registrations.payments.queries import with_balance
from registrations.payments.services import locked_invoice

BEGUN = audit.verb("checkout.begun", _("went to pay by card"))

# Stripe's pages live a day; ours are not handed out again in their last hour.
PAGES_LIVE = timedelta(hours=24)
FRESH = timedelta(hours=23)


class NoCards(Refusal):
    code = "no_cards"
    message = _("Payment by card is not set up here. Pay by bankgiro: number and OCR stand on the invoice.")


class NothingToPay(Refusal):
    code = "nothing_to_pay"
    message = _("Nothing is left to pay on this invoice.")


class StripeDown(Refusal):
    code = "stripe_down"
    message = _(
        "The card company does not answer just now. Nothing has been drawn and your order stands. "
        "Try again in a few minutes, or pay by bankgiro."
    )


def begin_checkout(*, invoice: Invoice, success_url: str, cancel_url: str, by: User, at: datetime) -> Checkout:
    """A page at Stripe where what is left of ``invoice`` can be paid; ``url`` leads there.

    Going twice leads to the same page as long as the amount is the same. Raises NoCards, NothingToPay, StripeDown (what
    was begun is kept: trying again goes on with it).
    """
    if not is_set_up():
        raise NoCards
    checkout = _begun(invoice, by=by, at=at)
    if checkout.session_id:
        return checkout
    params = _session(checkout, success_url, cancel_url)
    try:
        session = stripe().v1.checkout.sessions.create(params, {"idempotency_key": str(checkout.key)})
    except StripeError as error:
        raise StripeDown from error
    Checkout.objects.filter(pk=checkout.pk).update(session_id=session.id, url=session.url or "")
    checkout.session_id, checkout.url = session.id, session.url or ""
    return checkout


@transaction.atomic
def _begun(invoice: Invoice, *, by: User, at: datetime) -> Checkout:
    locked_invoice(invoice.pk)
    left_ore = with_balance(Invoice.objects.filter(pk=invoice.pk)).get().left_ore
    if invoice.kind != PaperKind.INVOICE or left_ore <= 0:
        raise NothingToPay
    open_pages = invoice.checkouts.filter(state=CheckoutState.STARTED, amount_ore=left_ore, started_at__gt=at - FRESH)
    # Those from before the order was cancelled are being ended (expiring.py).
    cancelled_at = F("invoice__order__ended_at")
    if begun := open_pages.filter(Q(invoice__order__ended_at=None) | Q(started_at__gt=cancelled_at)).last():
        return begun
    checkout = Checkout.objects.create(invoice=invoice, key=uuid4(), amount_ore=left_ore, started_at=at, started_by=by)
    audit.record(invoice, BEGUN, by=by, at=at, changes={"amount_ore": [None, checkout.amount_ore]})
    return checkout


def _session(checkout: Checkout, success_url: str, cancel_url: str) -> SessionCreateParams:
    """What Stripe is told: one line with the invoice's number, the amount, and our key. Nothing about anybody."""
    invoice = checkout.invoice
    return {
        "mode": "payment",
        "client_reference_id": str(checkout.key),
        "metadata": {"checkout": str(checkout.key), "invoice": invoice.name},
        "payment_intent_data": {"metadata": {"checkout": str(checkout.key), "invoice": invoice.name}},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "sek",
                    "unit_amount": checkout.amount_ore,
                    "product_data": {"name": str(_("Invoice %(name)s") % {"name": invoice.name})},
                },
            }
        ],
        "success_url": success_url,
        "cancel_url": cancel_url,
    }
