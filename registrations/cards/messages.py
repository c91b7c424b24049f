"""What Stripe tells us: signed messages, each acted on once, in whatever order they come.

A message is believed when its signature is; what it says of amounts is compared with what was begun. The payment is
registered as what Stripe drew, whatever has happened to the order meanwhile: money is never ignored.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from stripe import SignatureVerificationError, Webhook

from events.errors import Refusal
from events.moments import STOCKHOLM
from registrations.cards.models import CardEvent, Checkout, CheckoutState, Difference, Refund, RefundState
from registrations.cards.refunding import mark_refund
from registrations.payments.models import Method
from registrations.payments.services import locked_invoice, register_payment

TOLERANCE_SECONDS = 300
PAID = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
ENDED = {"checkout.session.expired", "checkout.session.async_payment_failed"}
REFUNDS = {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"}


class Forged(Refusal):
    code = "forged"
    message = _("The message is not signed by the card company, or it is too old.")


def receive(*, payload: bytes, signature: str, at: datetime) -> str:
    """Act on one message and say what became of it. Raises Forged, and then nothing is written.

    Answers ``paid``, ``pending``, ``ended``, ``refund``, ``unknown``, ``differs``, ``passed`` (nothing of ours) or ``seen``.
    """
    try:
        # Clocks differ a little; an hour-old message is a replay.
        event = Webhook.construct_event(payload, signature, settings.STRIPE_WEBHOOK_SECRET, tolerance=TOLERANCE_SECONDS)
    except (SignatureVerificationError, ValueError) as wrong:
        raise Forged from wrong
    told = event.to_dict() if hasattr(event, "to_dict") else dict(event)
    thing = told["data"]["object"]
    try:
        with transaction.atomic():
            # The row first: of the same message twice at once, the second waits here and then is seen.
            row = CardEvent.objects.create(
                event_id=told["id"], kind=told["type"], received_at=at, outcome="passed", about=str(thing.get("id", ""))
            )
            row.outcome = _act(told["type"], thing, at)
            row.save(update_fields=["outcome"])
    except IntegrityError:
        if CardEvent.objects.filter(event_id=told["id"]).exists():
            return "seen"
        raise
    return row.outcome


def settle_session(session: dict[str, Any], *, at: datetime) -> str:
    """Register what Stripe says was drawn on ``session``; the same session twice is one payment.

    Inside the caller's transaction. Answers ``paid``, ``pending`` (drawn later), ``unknown`` or ``differs``.
    """
    checkout = _checkout_of(session)
    if checkout is None:
        _differs("unknown", session["id"], theirs=session.get("amount_total"), at=at)
        return "unknown"
    locked_invoice(checkout.invoice_id)
    checkout.refresh_from_db()
    if session.get("payment_status") != "paid":
        return "pending"
    if checkout.state == CheckoutState.PAID:
        return "paid"
    drawn = int(session.get("amount_total") or 0)
    if session.get("currency") != "sek" or drawn <= 0:
        _differs("currency", session["id"], ours=checkout.amount_ore, theirs=drawn, at=at, checkout=checkout)
        return "differs"
    payment = register_payment(
        invoice=checkout.invoice,
        amount_ore=drawn,
        method=Method.CARD,
        paid_on=_day(at),
        outside=f"stripe/{session['id']}",
        by=None,
        at=at,
    )
    checkout.session_id = session["id"]
    checkout.payment_intent = session.get("payment_intent") or ""
    checkout.state, checkout.payment, checkout.ended_at = CheckoutState.PAID, payment, at
    checkout.save()
    if drawn != checkout.amount_ore:
        _differs("amount", session["id"], ours=checkout.amount_ore, theirs=drawn, at=at, checkout=checkout)
        return "differs"
    return "paid"


def _act(kind: str, thing: dict[str, Any], at: datetime) -> str:
    if kind in PAID:
        return settle_session(thing, at=at)
    if kind in ENDED:
        return _end(thing, at)
    if kind in REFUNDS:
        return _refund(thing, at)
    return "passed"


def _end(session: dict[str, Any], at: datetime) -> str:
    checkout = _checkout_of(session)
    if checkout is None:
        return "unknown"
    # A page that was paid stays paid, whatever comes late.
    Checkout.objects.filter(pk=checkout.pk, state=CheckoutState.STARTED).update(state=CheckoutState.ENDED, ended_at=at)
    return "ended"


def _refund(thing: dict[str, Any], at: datetime) -> str:
    key = (thing.get("metadata") or {}).get("refund")
    refund = Refund.objects.filter(refund_id=thing["id"]).first()
    refund = refund or (Refund.objects.filter(key=_key(key)).first() if key else None)
    if refund is None:
        # Paid back at Stripe's own pages: money that our rows do not know of.
        _differs("refund", thing["id"], theirs=thing.get("amount"), at=at)
        return "unknown"
    mark_refund(refund=refund, refund_id=thing["id"], status=thing.get("status") or "", at=at)
    return "refund" if refund.state != RefundState.FAILED else "differs"


def _checkout_of(session: dict[str, Any]) -> Checkout | None:
    """By the session's name; or by our own key, when the answer that would have told us the name was lost."""
    key = (session.get("metadata") or {}).get("checkout") or session.get("client_reference_id")
    found = Checkout.objects.filter(session_id=session["id"]).first()
    if found is None and key:
        found = Checkout.objects.filter(key=_key(key)).first()
    return found


def _key(text: str) -> UUID:
    """``text`` as a key of ours; what is none becomes one that nothing has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _differs(
    kind: str,
    about: str,
    *,
    at: datetime,
    ours: int | None = None,
    theirs: int | None = None,
    checkout: Checkout | None = None,
) -> None:
    invoice = checkout.invoice if checkout else None
    Difference.objects.get_or_create(
        kind=kind, about=about, defaults={"ours_ore": ours, "theirs_ore": theirs, "invoice": invoice, "found_at": at}
    )


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()
