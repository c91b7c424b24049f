"""What an exhibitor has ordered, on what terms, and who pays.

A draft's price follows the price list. When it is sent (REQUESTED), or bought at once, its lines are written and stand:
a changed price never touches them.
"""

from datetime import date, datetime, timedelta
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access.models import User
from events.moments import STOCKHOLM
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.money.amounts import Category, Line, Vat
from registrations.orders.states import OrderState
from registrations.packages.models import AddOn, Discount, Package


class Terms(models.Model):
    """On what terms an event sells. Without a row it sells nothing: a place is then free of charge, as at a night.

    ``sells_at_once``: whoever sends its application has bought, first come first served; otherwise the organiser offers
    and the company confirms within ``offer_days``. Reminders go out at the earliest ``reminder_days`` days after the
    due date, and as often after that; the organiser sends them. Cancelling costs nothing through ``free_until_on``,
    half through ``half_until_on``, all after; ``None``: the day does not come.
    """

    event = models.OneToOneField(Event, models.PROTECT, related_name="terms")
    sells_at_once = models.BooleanField(
        _("first come, first served"),
        default=False,
        help_text=_("The company has its place when it sends its application, without your decision."),
    )
    offer_days = models.PositiveSmallIntegerField(
        _("days that an offer stands"), default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    due_days = models.PositiveSmallIntegerField(
        _("days to pay"), default=30, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days between reminders"), default=10, validators=[MinValueValidator(5), MaxValueValidator(60)]
    )
    reminder_fee_ore = models.PositiveIntegerField(
        _("reminder fee"),
        default=0,
        validators=[MaxValueValidator(6000)],
        help_text=_("At most 60 kr by law, and only if it was agreed; it is charged with the second reminder."),
    )
    free_until_on = models.DateField(_("cancelling is free until"), null=True, blank=True)
    half_until_on = models.DateField(_("cancelling costs half until"), null=True, blank=True)
    takes_cards = models.BooleanField(_("card and Swish, where it is set up"), default=True)
    words = models.TextField(
        _("further terms"), max_length=2000, blank=True, help_text=_("Stand where the company confirms its order.")
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    audit_exclude = {"version"}

    class Meta:
        verbose_name = _("terms of sale")
        verbose_name_plural = _("terms of sale")
        constraints = [
            models.CheckConstraint(
                condition=Q(free_until_on__isnull=True)
                | Q(half_until_on__isnull=True)
                | Q(half_until_on__gte=F("free_until_on")),
                name="terms_half_after_free",
                violation_error_message=_("The day until which it costs half is not before the day it is free."),
            ),
            models.CheckConstraint(condition=Q(reminder_fee_ore__lte=6000), name="terms_reminder_fee_by_law"),
        ]

    def __str__(self) -> str:
        return str(self.event)

    def cost_of_cancelling(self, day: date) -> int:
        """How many per cent of the price a cancellation on ``day`` (Stockholm) costs: 0, 50 or 100."""
        if self.free_until_on and day <= self.free_until_on:
            return 0
        if self.half_until_on and day <= self.half_until_on:
            return 50
        return 100


class Billing(models.Model):
    """Who pays, as it shall stand on the invoice. ``peppol_id`` is "0007:" and an organisation number, say."""

    bill_name = models.CharField(_("name on the invoice"), max_length=160, blank=True)
    bill_number = models.CharField(_("organisation number"), max_length=20, blank=True)
    bill_street = models.CharField(_("street address"), max_length=120, blank=True)
    bill_postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    bill_city = models.CharField(_("city"), max_length=60, blank=True)
    bill_country = models.CharField(_("country"), max_length=2, default="SE")
    bill_vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    bill_email = models.EmailField(_("e-mail for the invoice"), blank=True)
    bill_reference = models.CharField(
        _("your reference"), max_length=80, blank=True, help_text=_("A name or a code that your accounting asks for.")
    )
    bill_order_number = models.CharField(_("purchase order number"), max_length=40, blank=True)
    bill_peppol_id = models.CharField(_("Peppol address"), max_length=60, blank=True)

    class Meta:
        abstract = True


class OrderQuerySet(models.QuerySet["Order"]):
    def for_event(self, event: Event) -> Self:
        return self.filter(event=event)

    def standing(self) -> Self:
        return self.filter(state__in=OrderState.standing())

    def holding(self) -> Self:
        """Those that take one of a limited number from others."""
        return self.filter(state__in=OrderState.holding())

    def ended_offers(self, at: datetime) -> Self:
        """Offers whose time had run out at ``at``; until somebody says so they still hold their place."""
        return self.filter(state=OrderState.OFFERED, offer_ends_at__lte=at)

    def locked(self, pk: int) -> "Order":
        order: Order = self.select_for_update(of=("self",), no_key=True).get(pk=pk)
        return order


class Order(Billing):
    """One exhibitor's order. ``reference`` is what people say ("b2b-2027/42")."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="orders")
    exhibitor = models.ForeignKey(Exhibitor, models.PROTECT, related_name="orders")
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.DRAFT)
    package = models.ForeignKey(
        Package, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("package")
    )
    discount = models.ForeignKey(
        Discount, models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("discount")
    )
    language = models.CharField(max_length=2, default="sv")
    started_at = models.DateTimeField(default=timezone.now)
    priced_at = models.DateTimeField(_("price given"), null=True, blank=True)
    offered_at = models.DateTimeField(_("offered"), null=True, blank=True)
    offer_ends_at = models.DateTimeField(_("the offer ends"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    cost_of_cancelling = models.PositiveSmallIntegerField(_("cost of cancelling (%)"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrderQuerySet.as_manager()
    audit_exclude = {"version", "started_at", "bill_reference", "bill_email"}

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor"],
                condition=Q(state__in=["draft", "requested", "offered", "confirmed"]),
                name="order_one_standing_an_exhibitor",
                violation_error_message=_("The exhibitor has an order already."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="cancelled") | Q(package__isnull=False, priced_at__isnull=False),
                name="order_sent_has_a_price",
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_at__isnull=False, offer_ends_at__isnull=False),
                name="order_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="order_confirmed_has_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(cost_of_cancelling__isnull=True) | Q(cost_of_cancelling__in=[0, 50, 100]),
                name="order_cancelling_costs_none_half_or_all",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it. The event's address tells which fair; the number counts all orders of the house."""
        return f"{self.event.slug}/{self.pk}"

    @property
    def offer_last_on(self) -> date | None:
        """The last whole day (Stockholm) on which the offer can be confirmed."""
        return (self.offer_ends_at - timedelta(minutes=1)).astimezone(STOCKHOLM).date() if self.offer_ends_at else None

    @property
    def ordered_on(self) -> date | None:
        return self.confirmed_at.astimezone(STOCKHOLM).date() if self.confirmed_at else None


class OrderAddOn(models.Model):
    """An extra that an order asks for; its price stands on the order's line."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="addons")
    addon = models.ForeignKey(AddOn, models.PROTECT, related_name="orders")
    quantity = models.PositiveSmallIntegerField(_("how many"), validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("ordered extra")
        verbose_name_plural = _("ordered extras")
        constraints = [
            models.UniqueConstraint(fields=["order", "addon"], name="addon_once_an_order"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="addon_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.addon}"


class OrderLine(models.Model):
    """One line as it was priced; its texts and its price stand whatever becomes of the price list."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    quantity = models.SmallIntegerField()
    unit_ore = models.PositiveIntegerField()
    vat_rate = models.PositiveSmallIntegerField()
    vat_category = models.CharField(max_length=2, choices=[(one.value, one.name) for one in Category])

    class Meta:
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_once_a_position"),
            models.CheckConstraint(condition=~Q(quantity=0), name="order_line_has_a_quantity"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def line(self) -> Line:
        """The same as the pure modules count with."""
        return Line(self.text, self.quantity, self.unit_ore, Vat(self.vat_rate, Category(self.vat_category)))
