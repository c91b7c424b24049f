"""Money that has come in for an invoice, or gone back. Rows are only added: a mistake is taken back by another row."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from registrations.invoices.models import Invoice


class Method(models.TextChoices):
    BANK = "bank", pgettext_lazy("way to pay", "Bankgiro")
    CARD = "card", pgettext_lazy("way to pay", "Card or Swish")
    OTHER = "other", pgettext_lazy("way to pay", "Otherwise")
    FEE = "fee", pgettext_lazy("way to pay", "Kept as a reminder fee")

    @classmethod
    def by_hand(cls) -> list["Method"]:
        """The ways in which money comes in and goes back."""
        return [cls.BANK, cls.CARD, cls.OTHER]


class Payment(models.Model):
    """``amount_ore`` above zero came in, below zero went back. ``outside`` is what the other side calls it.

    ``takes_back`` points at a payment that was registered by mistake. What was paid too much and is kept for the reminders
    leaves the balance as well: below zero, by the method ``fee``.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    amount_ore = models.BigIntegerField(_("amount"))
    method = models.CharField(_("way to pay"), max_length=10, choices=Method)
    paid_on = models.DateField(_("day"))
    outside = models.CharField(max_length=120, null=True, blank=True, unique=True)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="taken_back_by")
    note = models.CharField(_("note"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    audit_exclude = {"note"}

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_ore=0), name="payment_is_not_nothing"),
            models.CheckConstraint(condition=Q(outside__isnull=True) | ~Q(outside=""), name="payment_outside_or_none"),
        ]
        indexes = [models.Index(fields=["paid_on"])]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.paid_on}"

    @property
    def event_id(self) -> int:
        return self.invoice.event_id
