"""Files of incoming payments from the bank, and what became of each payment in them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.look.states import Look, register
from registrations.invoices.models import Biller, Invoice
from registrations.payments.models import Payment


class BankFormat(models.TextChoices):
    BGMAX = "bgmax", "BgMax"
    CAMT = "camt.054", "camt.054"


class BankFile(models.Model):
    """One file. The same bytes twice are one: ``sha256`` is unique for the biller."""

    biller = models.ForeignKey(Biller, models.PROTECT, related_name="bank_files")
    name = models.CharField(_("file"), max_length=120)
    format = models.CharField(_("format"), max_length=10, choices=BankFormat)
    sha256 = models.CharField(max_length=64)
    read_at = models.DateTimeField(_("read"), default=timezone.now)
    read_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("file from the bank")
        verbose_name_plural = _("files from the bank")
        ordering = ["-read_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["biller", "sha256"], name="bank_file_once_a_biller")]

    def __str__(self) -> str:
        return self.name


class EntryState(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a payment from the bank", "To settle")
    MATCHED = "matched", pgettext_lazy("state of a payment from the bank", "Settled")
    LEFT = "left", pgettext_lazy("state of a payment from the bank", "Not ours")


register(
    {
        "BankEntry.open": Look("mind", "hourglass-split"),
        "BankEntry.matched": Look("good", "check-circle"),
        "BankEntry.left": Look("plain", "dash-circle"),
    }
)


class EntryQuerySet(models.QuerySet["BankEntry"]):
    def open(self) -> Self:
        return self.filter(state=EntryState.OPEN)


class BankEntry(models.Model):
    """One payment as the bank tells of it. ``outside`` is the bank's own name for it: the same twice is one.

    ``by_reference``: its OCR is an invoice's, so that it was settled when it was read; everything else a person settles.
    """

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="entries")
    biller = models.ForeignKey(Biller, models.PROTECT, related_name="bank_entries")
    position = models.PositiveIntegerField()
    outside = models.CharField(max_length=120)
    amount_ore = models.BigIntegerField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, default="SEK")
    paid_on = models.DateField(_("day"))
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    payer = models.CharField(_("payer"), max_length=140, blank=True)
    payer_number = models.CharField(_("payer's organisation number"), max_length=20, blank=True)
    words = models.CharField(_("message"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.OPEN)
    by_reference = models.BooleanField(default=False)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="bank_entry")
    suggested = models.ForeignKey(Invoice, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = EntryQuerySet.as_manager()
    audit_exclude = {"payer", "payer_number", "words", "note"}

    class Meta:
        verbose_name = _("payment from the bank")
        verbose_name_plural = _("payments from the bank")
        ordering = ["file", "position"]
        constraints = [
            models.UniqueConstraint(fields=["biller", "outside"], name="bank_entry_once"),
            models.CheckConstraint(
                condition=Q(state="matched", payment__isnull=False) | (~Q(state="matched") & Q(payment__isnull=True)),
                name="bank_entry_matched_has_its_payment",
            ),
        ]
        indexes = [models.Index(fields=["biller", "state"])]

    def __str__(self) -> str:
        return f"{self.payer} · {self.paid_on}"
