"""Money back to the card it came from. What is not paid too much is credited in the same act.

The wish is written first: the credit note and the refund, in one transaction. Then the card company is asked, outside it,
under the refund's key. When it does not answer the wish stands, and is asked for again until it does.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from stripe import InvalidRequestError, StripeError

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.moments import STOCKHOLM
from registrations.cards.client import is_set_up, stripe
from registrations.cards.models import Checkout, CheckoutState, Refund, RefundState
from registrations.cards.services import NoCards, StripeDown
from registrations.invoices.crediting import credit_invoice, settle_cancellation, totals_with_notes
from registrations.invoices.models import Invoice
from registrations.invoices.sending import send_paper
from registrations.money.amounts import KRONA
from registrations.money.crediting import parts_paying_back, payable_left
from registrations.orders.models import Order
from registrations.orders.states import OrderState
from registrations.payments.models import Method
from registrations.payments.queries import with_balance
from registrations.payments.services import locked_invoice, note_repayment

ASKED = audit.verb("refund.asked", _("paid back to the card"))

# The card company knows a request again by its key for a day; after that we look before we ask.
KEY_HOLDS = timedelta(hours=20)
# How long a wish may be without an answer before the sweep takes it: somebody is perhaps asking just now.
PATIENCE = timedelta(minutes=2)

log = logging.getLogger(__name__)


class NothingToRefund(Refusal):
    code = "nothing_to_refund"
    message = _("No more can be paid back to the card than was drawn from it, and is paid too much or can be credited.")


class CreditByHand(Refusal):
    code = "credit_by_hand"
    message = _("A part of this invoice has to be credited line by line. Make the credit note first, then pay back.")


class RefundWaits(StripeDown):
    code = "refund_waits"
    message = _(
        "The card company does not answer just now. What you asked for is kept, with its credit note, and is tried again "
        "every quarter of an hour."
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """What can go back to a card, in öre. ``over``: paid too much; ``creditable``: what notes can still take back."""

    drawn: int
    back: int
    over: int
    creditable: int

    @property
    def most(self) -> int:
        return max(min(self.drawn - self.back, self.over + self.creditable), 0)

    @property
    def proposed(self) -> int:
        """What is paid too much, or else everything."""
        return min(self.over, self.most) or self.most

    def to_credit(self, amount_ore: int) -> int:
        """How much of ``amount_ore`` a note must pay back first: whole kronor, as notes do."""
        short = amount_ore - self.over
        return min(-(-short // KRONA) * KRONA, self.creditable) if short > 0 else 0


def scope_of(checkout: Checkout) -> Scope:
    """What can go back to the card that ``checkout`` drew on."""
    back = checkout.refunds.filter(state=RefundState.DONE).aggregate(sum=Sum("amount_ore"))["sum"] or 0
    drawn = checkout.payment.amount_ore if checkout.state == CheckoutState.PAID and checkout.payment else 0
    invoice = with_balance(Invoice.objects.filter(pk=checkout.invoice_id)).get()
    asked = Refund.objects.filter(checkout__invoice=checkout.invoice_id, state=RefundState.ASKED)
    waiting = asked.aggregate(sum=Sum("amount_ore"))["sum"] or 0
    return Scope(drawn, back, max(-invoice.left_ore - waiting, 0), payable_left(*totals_with_notes(invoice)))


def refund_to_card(
    *, checkout: Checkout, amount_ore: int, by: User, at: datetime, reason: str = "", key: UUID | None = None
) -> Refund:
    """Pay ``amount_ore`` back to the card that ``checkout`` drew on, and credit what is not paid too much.

    Raises NoCards, NothingToRefund, CreditByHand (then nothing is written), and RefundWaits: the wish is kept.
    """
    refund = wish_refund(checkout=checkout, amount_ore=amount_ore, reason=reason, key=key or uuid4(), by=by, at=at)
    return ask_for_refund(refund=refund, at=at)


@transaction.atomic
def wish_refund(*, checkout: Checkout, amount_ore: int, reason: str, key: UUID, by: User, at: datetime) -> Refund:
    """Write down that ``amount_ore`` is to go back, with the credit note that it takes; ``reason`` stands on that.

    A cancelled order is settled by its terms first. The same ``key`` is one wish; while one waits for its answer there
    is no second. Without ``reason`` nothing is credited. Raises NoCards, NothingToRefund, CreditByHand.
    """
    if not is_set_up():
        raise NoCards
    order = Order.objects.locked(checkout.invoice.order_id)
    locked_invoice(checkout.invoice_id)
    checkout.refresh_from_db()
    known = Refund.objects.filter(key=key, checkout=checkout).first()
    if known or (known := checkout.refunds.filter(state=RefundState.ASKED).first()):
        return known
    notes = []
    if order.state == OrderState.CANCELLED and (note := settle_cancellation(order=order, by=by, at=at)):
        notes.append(note)
    scope = scope_of(checkout)
    to_credit = scope.to_credit(amount_ore)
    if not 0 < amount_ore <= scope.most or (to_credit and not reason):
        raise NothingToRefund
    if to_credit:
        notes.append(_credited(checkout, to_credit, reason, by=by, at=at))
    for note in notes:
        if note.issued_at == at:
            send_paper(note)
    refund = Refund.objects.create(
        checkout=checkout,
        key=key,
        amount_ore=amount_ore,
        credit_note=notes[-1] if notes else None,
        asked_at=at,
        asked_by=by,
    )
    audit.record(checkout.invoice, ASKED, by=by, at=at, changes={"amount_ore": [None, amount_ore]})
    return refund


def ask_for_refund(*, refund: Refund, at: datetime) -> Refund:
    """Ask the card company for what was wished; asking twice is one refund. Not inside a transaction.

    What it refuses for good has failed. Raises RefundWaits when it does not answer.
    """
    if refund.state != RefundState.ASKED or not is_set_up():
        return refund
    try:
        known = _known_there(refund) if at - refund.asked_at > KEY_HOLDS else None
        refund_id, status = known or _asked(refund)
    except InvalidRequestError as no:
        log.warning("The card company refuses refund %s: %s", refund.pk, no.code or no.http_status)
        refund_id, status = None, "failed"
    except StripeError as error:
        log.warning("No answer about refund %s: %s", refund.pk, type(error).__name__)
        raise RefundWaits from error
    with transaction.atomic():
        return mark_refund(refund=refund, refund_id=refund_id, status=status, at=at)


def ask_for_left_refunds(*, at: datetime) -> int:
    """Ask again for every refund that waits for an answer; how many have one now. Failures are logged."""
    left = Refund.objects.filter(state=RefundState.ASKED, asked_at__lte=at - PATIENCE, refund_id__isnull=True)
    answered = 0
    for refund in left.select_related("checkout__invoice", "asked_by"):
        try:
            ask_for_refund(refund=refund, at=at)
        except RefundWaits:
            continue
        answered += refund.state != RefundState.ASKED
    return answered


def mark_refund(*, refund: Refund, refund_id: str | None, status: str, at: datetime) -> Refund:
    """Write down what Stripe says of ``refund``; inside the caller's transaction. Once it is paid back it stays so."""
    locked_invoice(refund.checkout.invoice_id)
    refund.refresh_from_db()
    refund.refund_id = refund_id or refund.refund_id
    if status == "succeeded" and refund.state != RefundState.DONE:
        refund.payment = note_repayment(
            invoice=refund.checkout.invoice,
            amount_ore=refund.amount_ore,
            method=Method.CARD,
            paid_on=at.astimezone(STOCKHOLM).date(),
            outside=f"stripe/{refund_id}",
            by=refund.asked_by,
            at=at,
        )
        refund.state = RefundState.DONE
    elif status in {"failed", "canceled"} and refund.state != RefundState.DONE:
        refund.state = RefundState.FAILED
    refund.save()
    return refund


def _credited(checkout: Checkout, payable_ore: int, reason: str, *, by: User, at: datetime) -> Invoice:
    """The note that pays back ``payable_ore``. Raises CreditByHand."""
    try:
        parts = parts_paying_back(*totals_with_notes(checkout.invoice), payable_ore)
    except ValueError as uneven:
        raise CreditByHand from uneven
    whole = payable_ore == payable_left(*totals_with_notes(checkout.invoice))
    return credit_invoice(invoice=checkout.invoice, parts=None if whole else parts, reason=reason, by=by, at=at)


def _asked(refund: Refund) -> tuple[str | None, str]:
    answer = stripe().v1.refunds.create(
        {
            "payment_intent": refund.checkout.payment_intent,
            "amount": refund.amount_ore,
            "metadata": {"refund": str(refund.key)},
        },
        {"idempotency_key": str(refund.key)},
    )
    return answer.id, answer.status or ""


def _known_there(refund: Refund) -> tuple[str | None, str] | None:
    """The refund as the card company has it, if it was asked for and only its answer was lost."""
    page = stripe().v1.refunds.list({"payment_intent": refund.checkout.payment_intent, "limit": 100})
    for one in page.auto_paging_iter():
        told = one.to_dict()
        if (told.get("metadata") or {}).get("refund") == str(refund.key):
            return told["id"], told.get("status") or ""
    return None
