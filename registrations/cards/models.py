"""Payments through Stripe Checkout: what was begun there, what it told us, and what was paid back. Nothing about a card."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.look.states import Look, register
from registrations.invoices.models import Invoice
from registrations.payments.models import Payment


class CheckoutState(models.TextChoices):
    STARTED = "started", pgettext_lazy("state of a card payment", "Begun")
    PAID = "paid", pgettext_lazy("state of a card payment", "Paid")
    ENDED = "ended", pgettext_lazy("state of a card payment", "Ended unpaid")


register(
    {
        "Checkout.started": Look("info", "hourglass-split"),
        "Checkout.paid": Look("good", "check-circle"),
        "Checkout.ended": Look("plain", "dash-circle"),
        "Refund.asked": Look("info", "hourglass-split"),
        "Refund.done": Look("good", "check-circle"),
        "Refund.failed": Look("stop", "x-circle"),
    }
)


class Checkout(models.Model):
    """One way to Stripe's page and back for one invoice. ``key`` makes a repeated request the same session.

    ``session_id`` is empty until Stripe has answered. ``amount_ore`` is what was to be paid when it was begun.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="checkouts")
    key = models.UUIDField(unique=True)
    session_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    payment_intent = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    amount_ore = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=CheckoutState, default=CheckoutState.STARTED)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="checkout")

    class Meta:
        verbose_name = _("card payment")
        verbose_name_plural = _("card payments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gte=1), name="checkout_of_something"),
            models.CheckConstraint(
                condition=Q(state="paid", payment__isnull=False) | (~Q(state="paid") & Q(payment__isnull=True)),
                name="checkout_paid_has_its_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.state}"


class CardEvent(models.Model):
    """A signed message from Stripe, kept once: its name, its kind, and what we made of it. Not its contents."""

    event_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    received_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("message from Stripe")
        verbose_name_plural = _("messages from Stripe")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} · {self.outcome}"


class RefundState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("state of a refund", "Asked for")
    DONE = "done", pgettext_lazy("state of a refund", "Paid back")
    FAILED = "failed", pgettext_lazy("state of a refund", "Failed")


class Refund(models.Model):
    """Money that goes back to the card it came from. ``key`` makes a repeated request the same refund."""

    checkout = models.ForeignKey(Checkout, models.PROTECT, related_name="refunds")
    key = models.UUIDField(unique=True)
    refund_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    amount_ore = models.PositiveBigIntegerField()
    credit_note = models.ForeignKey(Invoice, models.PROTECT, null=True, blank=True, related_name="refunds")
    state = models.CharField(max_length=10, choices=RefundState, default=RefundState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="refund")

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_ore__gte=1), name="refund_of_something"),
            models.CheckConstraint(
                condition=Q(state="done", payment__isnull=False) | (~Q(state="done") & Q(payment__isnull=True)),
                name="refund_done_has_its_payment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checkout.invoice} · {self.amount_ore}"


class Difference(models.Model):
    """What the nightly comparison with Stripe found: it stands until somebody has looked at it."""

    about = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    ours_ore = models.BigIntegerField(null=True, blank=True)
    theirs_ore = models.BigIntegerField(null=True, blank=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, blank=True, related_name="differences")
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("difference from Stripe")
        verbose_name_plural = _("differences from Stripe")
        ordering = ["-found_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["about", "kind"], name="difference_once")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.about}"
