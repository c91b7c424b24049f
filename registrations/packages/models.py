"""What is for sale at an event: packages, extras, and who pays less.

Prices are öre without VAT. What has been sold keeps its price (``registrations.orders`` copies it); a package that is no
longer sold is retired, never deleted.
"""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from events.programme.models import Event
from registrations.money.amounts import Category, Vat
from registrations.organisations.models import Organisation

MAX_PRICE_ORE = 100_000_000  # a million kronor


class VatRate(models.IntegerChoices):
    """The rates as one chooses them; NONE is for what the VAT act exempts."""

    STANDARD = 25, _("25 %")
    FOOD = 12, _("12 %")
    CULTURE = 6, _("6 %")
    NONE = 0, pgettext_lazy("VAT", "Exempt")


class ForSaleQuerySet(models.QuerySet):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def on_sale(self) -> Self:
        return self.filter(retired_at__isnull=True)


class ForSale(models.Model):
    """What packages and extras have in common. ``limit`` counts how many may be sold; ``None``: as many as are wanted."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="%(class)ss")
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    price_ore = models.PositiveIntegerField(_("price without VAT"), validators=[MaxValueValidator(MAX_PRICE_ORE)])
    vat_rate = models.PositiveSmallIntegerField(_("VAT"), choices=VatRate, default=VatRate.STANDARD)
    limit = models.PositiveIntegerField(
        _("how many there are"), null=True, blank=True, help_text=_("Leave empty when there is no limit.")
    )
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(_("no longer sold since"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ForSaleQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def vat(self) -> Vat:
        return Vat(self.vat_rate) if self.vat_rate else Vat(0, Category.EXEMPT)


class Package(ForSale):
    """A place at the fair with what is in it. ``rank`` 1 is the finest: it chooses its stand first."""

    contents = models.TextField(
        _("what is in it"), max_length=1000, blank=True, help_text=_("One thing a line, such as “Stand of 9 m²”.")
    )
    contents_en = models.TextField(_("what is in it, in English"), max_length=1000, blank=True)
    early_price_ore = models.PositiveIntegerField(
        _("early price without VAT"), null=True, blank=True, validators=[MaxValueValidator(MAX_PRICE_ORE)]
    )
    early_until_at = models.DateTimeField(_("early price until"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
        help_text=_("1 is the finest: when stands are given out, lower ranks come first."),
    )
    stand_m2 = models.PositiveSmallIntegerField(_("size of the stand (m²)"), default=0)
    power_w = models.PositiveIntegerField(_("power (W)"), default=0)
    badges = models.PositiveSmallIntegerField(_("badges for stand staff"), default=2)
    shows_logo = models.BooleanField(_("the logo is shown on the event's page"), default=True)

    class Meta(ForSale.Meta):
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="package_name_once_an_event",
                violation_error_message=_("There is a package with that name already."),
            ),
            models.CheckConstraint(
                condition=Q(early_price_ore__isnull=True, early_until_at__isnull=True)
                | Q(early_price_ore__isnull=False, early_until_at__isnull=False),
                name="package_early_price_has_a_day",
                violation_error_message=_("An early price needs its last day, and the day its price."),
            ),
            models.CheckConstraint(
                condition=Q(price_ore__lte=MAX_PRICE_ORE)
                & (Q(early_price_ore__isnull=True) | Q(early_price_ore__lte=models.F("price_ore"))),
                name="package_price_is_sound",
                violation_error_message=_("The early price is not above the price."),
            ),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=9), name="package_rank_1_to_9"),
        ]

    def price_at(self, at: datetime) -> int:
        """Öre without VAT for somebody who orders at aware time ``at``."""
        if self.early_price_ore is not None and self.early_until_at is not None and at < self.early_until_at:
            return self.early_price_ore
        return self.price_ore

    @property
    def what_is_in_it(self) -> list[str]:
        text = self.contents_en if self.contents_en and get_language() == "en" else self.contents
        return [line.strip() for line in text.splitlines() if line.strip()]


class AddOn(ForSale):
    """Something to have besides: more power, a table, further badges. ``most`` is for one company."""

    most = models.PositiveSmallIntegerField(
        _("at most for one company"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    power_w = models.PositiveIntegerField(_("power (W)"), default=0, help_text=_("That each one adds to the stand."))
    badges = models.PositiveSmallIntegerField(_("badges"), default=0, help_text=_("That each one adds."))

    class Meta(ForSale.Meta):
        verbose_name = _("extra")
        verbose_name_plural = _("extras")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="addon_name_once_an_event",
                violation_error_message=_("There is an extra with that name already."),
            ),
            models.CheckConstraint(condition=Q(price_ore__lte=MAX_PRICE_ORE), name="addon_price_is_sound"),
            models.CheckConstraint(condition=Q(most__gte=1, most__lte=100), name="addon_most_1_to_100"),
        ]


class Discount(models.Model):
    """A lower price on the package: for whoever knows ``code``, or for one ``organisation`` (a partner) without any.

    Either ``percent`` (1–100) or ``amount_ore`` is set. Without ``packages`` it holds for all of them.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="discounts")
    code = models.CharField(
        _("code"), max_length=30, blank=True, help_text=_("Letters and digits; capitals make no difference.")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="discounts", verbose_name=_("partner")
    )
    percent = models.PositiveSmallIntegerField(
        _("per cent off"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    amount_ore = models.PositiveIntegerField(
        _("amount off, without VAT"), null=True, blank=True, validators=[MaxValueValidator(MAX_PRICE_ORE)]
    )
    packages = models.ManyToManyField(Package, blank=True, related_name="discounts", verbose_name=_("packages"))
    limit = models.PositiveIntegerField(
        _("how many times"), null=True, blank=True, help_text=_("Leave empty when there is no limit.")
    )
    until_at = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(
        _("what it is for"), max_length=120, blank=True, help_text=_("Stands on the invoice, such as “Partner”.")
    )
    retired_at = models.DateTimeField(_("no longer valid since"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ForSaleQuerySet.as_manager()
    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("discount")
        verbose_name_plural = _("discounts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code"],
                condition=~Q(code=""),
                name="discount_code_once_an_event",
                violation_error_message=_("That code is taken."),
            ),
            models.UniqueConstraint(
                fields=["event", "organisation"],
                condition=Q(organisation__isnull=False, retired_at__isnull=True),
                name="discount_once_a_partner",
                violation_error_message=_("That company has a discount at this event already."),
            ),
            models.CheckConstraint(
                condition=~Q(code="", organisation__isnull=True),
                name="discount_is_for_somebody",
                violation_error_message=_("Give the discount a code, or say which company it is for."),
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True, amount_ore__isnull=False, amount_ore__gte=1)
                | Q(amount_ore__isnull=True, percent__isnull=False, percent__gte=1, percent__lte=100),
                name="discount_per_cent_or_amount",
                violation_error_message=_("Give either a percentage (1–100) or an amount."),
            ),
        ]

    def __str__(self) -> str:
        return self.code or str(self.organisation)
