"""What is for sale, what is left of it, and what an order costs as the price list stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.money.amounts import Totals, totals_of
from registrations.orders.models import Order, OrderAddOn, Terms
from registrations.orders.pricing import Less, Price, Thing, discount_of, price_of
from registrations.orders.states import OrderState
from registrations.packages.models import AddOn, Discount, Package


def terms_of(event: Event) -> Terms | None:
    """The event's terms of sale; ``None``: it sells nothing."""
    try:
        return event.terms
    except Terms.DoesNotExist:
        return None


def standing_order(exhibitor: Exhibitor) -> Order | None:
    """The exhibitor's order, if it has one that is not over."""
    return exhibitor.orders.standing().select_related("event", "package", "discount").first()


def badges_of(exhibitor: Exhibitor) -> int | None:
    """How many badges its package and extras hold; ``None`` where nobody has said so."""
    rows = exhibitor.orders.standing().filter(package__isnull=False).order_by()
    held = list(rows.values_list("package__badges", "addons__quantity", "addons__addon__badges"))
    added = sum((quantity or 0) * (badges or 0) for _package, quantity, badges in held)
    return held[0][0] + added or None if held else None


def last_order(exhibitor: Exhibitor) -> Order | None:
    """The standing order, or the latest one that is over."""
    rows = exhibitor.orders.select_related("event", "package", "discount")
    return rows.standing().first() or rows.order_by("-pk").first()


@dataclass(frozen=True)
class OnSale:
    """A package as a company sees it now. ``left`` is how many are left, ``None``: as many as are wanted."""

    package: Package
    price_ore: int
    left: int | None

    @property
    def key(self) -> str:
        return str(self.package.pk)

    @property
    def is_sold_out(self) -> bool:
        return self.left is not None and self.left <= 0

    @property
    def is_early(self) -> bool:
        return self.price_ore != self.package.price_ore


def on_sale(event: Event, at: datetime, *, also: Package | None = None) -> list[OnSale]:
    """The packages that can be chosen at ``at``, in their order; ``also`` one that was chosen before it was retired."""
    held = Count("orders", filter=Q(orders__state__in=OrderState.holding()))
    rows = Package.objects.for_event(event).filter(Q(retired_at__isnull=True) | Q(pk=also.pk if also else None))
    return [
        OnSale(row, row.price_at(at), None if row.limit is None else row.limit - row.sold)
        for row in rows.annotate(sold=held)
    ]


def left_of_addons(event: Event) -> dict[int, int | None]:
    """How many are left of each extra on sale; ``None``: as many as are wanted."""
    held = Sum("orders__quantity", filter=Q(orders__order__state__in=OrderState.holding()))
    rows = AddOn.objects.for_event(event).on_sale().annotate(sold=held)
    return {row.pk: None if row.limit is None else row.limit - (row.sold or 0) for row in rows}


def discount_for(order: Order, at: datetime) -> Discount | None:
    """The discount that takes most off ``order``'s package: its code's, or its company's own."""
    if order.package is None:
        return None
    partner = Discount.objects.for_event(order.event).on_sale().filter(organisation=order.exhibitor.organisation_id)
    candidates = [*partner, *([order.discount] if order.discount else [])]
    sound = [one for one in candidates if holds(one, order.package, at)]
    price = order.package.price_at(at)
    return max(sound, key=lambda one: discount_of(price, less_of(one)), default=None)


def holds(discount: Discount, package: Package, at: datetime) -> bool:
    """Whether ``discount`` may be used on ``package`` at ``at``, apart from how often it has been used."""
    if discount.retired_at is not None or (discount.until_at is not None and at >= discount.until_at):
        return False
    chosen = {one.pk for one in discount.packages.all()}
    return not chosen or package.pk in chosen


def price_now(order: Order, at: datetime) -> Price | None:
    """What ``order`` costs by the price list at ``at``, in its own language; ``None`` while no package is chosen."""
    return price_with(order, discount_for(order, at), at, extras_of(order))


def extras_of(order: Order) -> list[OrderAddOn]:
    """What ``order`` asks for beside its package, in the order of the price list."""
    return list(order.addons.select_related("addon").order_by("addon__position", "addon"))


def price_with(order: Order, discount: Discount | None, at: datetime, extras: Iterable[OrderAddOn]) -> Price | None:
    """The same where ``discount`` and ``extras`` have been found already."""
    if order.package is None:
        return None
    with override(order.language):
        package = Thing(order.package.title, order.package.price_at(at), order.package.vat)
        things = [Thing(row.addon.title, row.addon.price_ore, row.addon.vat, row.quantity) for row in extras]
        less = less_of(discount) if discount else None
    return price_of(package, things, less, country=order.bill_country, vat_number=order.bill_vat_number)


def less_of(discount: Discount) -> Less:
    """The discount as the pure module counts with it, with the words that stand on the invoice."""
    words = discount.reason or _("Discount")
    if discount.code:
        words = f"{words} ({discount.code})"
    return Less(words, discount.percent, discount.amount_ore)


def totals_of_lines(order: Order) -> Totals:
    """The sums of what was priced."""
    return totals_of(row.line for row in order.lines.all())


def with_sums(orders: Iterable[Order]) -> list[tuple[Order, Totals]]:
    """Each order with its sums; give it rows whose ``lines`` are prefetched."""
    return [(order, totals_of_lines(order)) for order in orders]


def ended_offers(event: Event, at: datetime) -> int:
    return Order.objects.for_event(event).ended_offers(at).count()
