"""Invoices and credit notes: papers that nobody can change, numbered without a gap.

Rows of Invoice can only be added: triggers in the database refuse every change and deletion (events/guards.py). What becomes
of a paper stands beside it: payments, reminders, credit notes. Whether it is paid is counted, never stored.
"""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.access.models import User
from events.programme.models import Event, Issuer
from events.seal import seal
from registrations.orders.models import Order

ACCOUNT = RegexValidator(r"^[1-9][0-9]{3}$", _("An account has four digits, such as 3041."))


class Biller(models.Model):
    """What an issuer's invoices say of it, and the accounts that its books use (BAS). An issuer without one issues none."""

    issuer = models.OneToOneField(Issuer, models.PROTECT, related_name="biller")
    vat_number = models.CharField(_("VAT number"), max_length=20)
    street = models.CharField(_("street address"), max_length=120)
    postal_code = models.CharField(_("postal code"), max_length=12)
    city = models.CharField(_("city"), max_length=60)
    seat = models.CharField(_("registered seat"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail for questions about invoices"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    bankgiro = models.CharField(_("bankgiro"), max_length=9)
    iban = models.CharField("IBAN", max_length=34, blank=True)
    bic = models.CharField("BIC", max_length=11, blank=True)
    is_f_tax_approved = models.BooleanField(_("approved for F-tax"), default=False)
    series_prefix = models.CharField(
        _("first letters of the invoice number"), max_length=8, blank=True, help_text=_("Such as IUC.")
    )
    late_interest = models.CharField(
        _("interest on late payment"),
        max_length=120,
        blank=True,
        help_text=_("As it shall stand on the invoice; empty: by the Interest Act."),
    )
    peppol_id = models.CharField(
        _("Peppol address"), max_length=60, blank=True, help_text=_("Such as 0007:5590123456, for e-invoices.")
    )
    receivable_account = models.CharField(
        _("account for customers' debts"), max_length=4, default="1510", validators=[ACCOUNT]
    )
    bank_account = models.CharField(_("account for the bank"), max_length=4, default="1930", validators=[ACCOUNT])
    card_account = models.CharField(_("account for card payments"), max_length=4, default="1580", validators=[ACCOUNT])
    sales_account = models.CharField(_("account for sales, 25 %"), max_length=4, default="3041", validators=[ACCOUNT])
    sales_12_account = models.CharField(
        _("account for sales, 12 %"), max_length=4, default="3042", validators=[ACCOUNT]
    )
    sales_6_account = models.CharField(_("account for sales, 6 %"), max_length=4, default="3043", validators=[ACCOUNT])
    exempt_account = models.CharField(
        _("account for sales without VAT"), max_length=4, default="3044", validators=[ACCOUNT]
    )
    eu_account = models.CharField(_("account for sales in the EU"), max_length=4, default="3308", validators=[ACCOUNT])
    export_account = models.CharField(
        _("account for sales outside the EU"), max_length=4, default="3305", validators=[ACCOUNT]
    )
    vat_account = models.CharField(_("account for VAT, 25 %"), max_length=4, default="2611", validators=[ACCOUNT])
    vat_12_account = models.CharField(_("account for VAT, 12 %"), max_length=4, default="2621", validators=[ACCOUNT])
    vat_6_account = models.CharField(_("account for VAT, 6 %"), max_length=4, default="2631", validators=[ACCOUNT])
    rounding_account = models.CharField(_("account for rounding"), max_length=4, default="3740", validators=[ACCOUNT])
    fee_account = models.CharField(_("account for reminder fees"), max_length=4, default="3990", validators=[ACCOUNT])
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("what the invoices say of the issuer")
        verbose_name_plural = _("what the invoices say of the issuers")

    def __str__(self) -> str:
        return str(self.issuer)


class Series(models.Model):
    """The numbers of an issuer's papers in a year. Whoever draws one holds the row until the paper is written."""

    biller = models.ForeignKey(Biller, models.PROTECT, related_name="series")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        constraints = [models.UniqueConstraint(fields=["biller", "year"], name="series_once_a_biller_and_year")]

    def __str__(self) -> str:
        return f"{self.biller} {self.year}"


class PaperKind(models.TextChoices):
    INVOICE = "invoice", pgettext_lazy("kind of paper", "Invoice")
    CREDIT = "credit", pgettext_lazy("kind of paper", "Credit note")


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def charges(self) -> Self:
        """Invoices, without the credit notes."""
        return self.filter(kind=PaperKind.INVOICE)


class Invoice(models.Model):
    """One paper. ``contents`` is canonical JSON with every word and number on it ("torget.invoice/1"), sealed by ``sha256``.

    A credit note has negative amounts and names its invoice in ``credits``. ``part`` numbers an order's invoices (what is
    bought later is a part of its own). ``ocr`` is what a payment to the bankgiro says.
    """

    series = models.ForeignKey(Series, models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("invoice number"), max_length=30)
    kind = models.CharField(max_length=10, choices=PaperKind)
    event = models.ForeignKey(Event, models.PROTECT, related_name="invoices")
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices")
    part = models.PositiveSmallIntegerField(default=1)
    credits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credit_notes")
    buyer = models.CharField(_("buyer"), max_length=160)
    issued_on = models.DateField(_("date of the invoice"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    ocr = models.CharField("OCR", max_length=25, unique=True)
    net_ore = models.BigIntegerField(_("without VAT"))
    vat_ore = models.BigIntegerField(_("VAT"))
    rounding_ore = models.SmallIntegerField(_("rounding"))
    payable_ore = models.BigIntegerField(_("to pay"))
    contents = models.TextField()
    sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = InvoiceQuerySet.as_manager()
    audit_exclude = {"contents", "buyer"}

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="invoice_number_once_a_series"),
            models.UniqueConstraint(
                fields=["order", "part"], condition=Q(kind="invoice"), name="invoice_once_an_order_and_part"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="invoice_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(payable_ore=F("net_ore") + F("vat_ore") + F("rounding_ore")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", credits__isnull=True, due_on__isnull=False)
                | Q(kind="credit", credits__isnull=False, payable_ore__lte=0),
                name="invoice_or_credit_of_one",
            ),
        ]
        indexes = [models.Index(fields=["event", "issued_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether the contents still are those that were sealed."""
        return seal(self.contents) == self.sha256


class Reminder(models.Model):
    """A reminder that was sent: 1 a friendly one, 2 with a fee where it was agreed, 3 the last before other measures."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="reminders")
    stage = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    fee_ore = models.PositiveIntegerField(default=0)
    pay_by_on = models.DateField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["invoice", "stage"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "stage"], name="reminder_once_a_stage"),
            models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=3), name="reminder_three_stages"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} · {self.stage}"
