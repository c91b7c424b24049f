"""An order's way: priced when it is sent, offered, confirmed, ended. The event's row is the lock on what there is.

Whoever gives or frees something of which there is a limited number holds the event's row (``Event.objects.locked``); the
exhibitors' services take it before they call the hooks in ``hanging.py``.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.look.formats import kronor
from events.mail.services import write_letter
from events.moments import STOCKHOLM
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.orders.hooks import when_cancelled, when_confirmed
from registrations.orders.models import Order, OrderAddOn, OrderLine, Terms
from registrations.orders.pricing import Price
from registrations.orders.queries import discount_for, extras_of, left_of_addons, price_with, terms_of
from registrations.orders.states import OrderState, can_become
from registrations.packages.models import Discount

REQUESTED = audit.verb("order.requested", _("sent the order"))
OFFERED = audit.verb("order.offered", _("offered the order"))
CONFIRMED = audit.verb("order.confirmed", _("confirmed the order"))
PROLONGED = audit.verb("order.prolonged", _("prolonged the offer"))
TAKEN_BACK = audit.verb("order.taken_back", _("took back the offer"))
CANCELLED = audit.verb("order.cancelled", _("cancelled the order"))


class SoldOut(Refusal):
    code = "sold_out"
    message = _("“%(name)s” is sold out. Choose another, or leave it out.")


class PriceChanged(Refusal):
    """``facts``: ``before`` (what the company saw) and ``now``, öre to pay."""

    code = "price_changed"
    message = _(
        "The price has changed since you opened the page: you saw %(before)s to pay, and now it is %(now)s. "
        "Look at it, then send again."
    )

    def __str__(self) -> str:
        language = get_language()
        return str(self.message) % {name: kronor(ore, language) for name, ore in self.facts.items()}


class OfferEnded(Refusal):
    code = "offer_ended"
    message = _("The offer has ended. Ask the organiser whether the place is still free.")


class NothingOffered(Refusal):
    code = "nothing_offered"
    message = _("There is no offer to confirm. Somebody may have answered it meanwhile.")


class DiscountUsed(Refusal):
    code = "discount_used"
    message = _("The discount “%(name)s” has been used as many times as it may be. Take the code away and send again.")


@transaction.atomic(savepoint=False)
def request_order(*, exhibitor: Exhibitor, agreed_ore: int | None, by: User, at: datetime) -> Order | None:
    """Price the exhibitor's order for good and hand it in; ``None``: it has none. ``agreed_ore`` is what the company saw
    that it costs (to pay, with VAT).

    Where it is bought at once the caller holds the event's lock. Raises PriceChanged, SoldOut, DiscountUsed.
    """
    rows = Order.objects.select_related("package", "discount").select_for_update(of=("self",), no_key=True)
    order = rows.standing().filter(exhibitor=exhibitor).first()
    if order is None:
        return None
    order.exhibitor, order.event = exhibitor, exhibitor.event
    if order.state == OrderState.REQUESTED:
        return order
    extras, discount = extras_of(order), discount_for(order, at)
    price = price_with(order, discount, at, extras)
    if price is None or not can_become(order.state, OrderState.REQUESTED):
        raise NothingOffered
    if agreed_ore is not None and agreed_ore != price.totals.payable_ore:
        raise PriceChanged(before=agreed_ore, now=price.totals.payable_ore)
    _check_left(order, extras)
    with audit.change(order, REQUESTED, by=by, at=at):
        order.state, order.priced_at, order.discount = OrderState.REQUESTED, at, discount
        _check_discount(order)
        order.save(update_fields=["state", "priced_at", "discount"])
        _write_lines(order, price)
    return order


@transaction.atomic
def offer_order(*, order: Order, by: User | None, at: datetime) -> Order:
    """Offer what was asked for: it is kept for the company until the offer ends. The caller holds the event's lock.

    Raises SoldOut.
    """
    order = _locked(order)
    if order.state in {OrderState.OFFERED, OrderState.CONFIRMED}:
        return order
    _check_left(order, extras_of(order))
    days = _terms(order).offer_days
    with audit.change(order, OFFERED, by=by, at=at):
        order.state, order.offered_at, order.offer_ends_at = OrderState.OFFERED, at, _end_of_day(at, days)
        order.save()
    return order


@transaction.atomic
def confirm_order(*, order: Order, by: User, at: datetime) -> Order:
    """The company says yes; the invoice follows (``hooks.when_confirmed``). A second click changes nothing.

    Raises OfferEnded, NothingOffered.
    """
    event = Event.objects.locked(order.event_id)
    order = _locked(order)
    if order.state == OrderState.CONFIRMED:
        return order
    if not event.takes_decisions(at):
        raise OfferEnded
    if order.state != OrderState.OFFERED:
        raise NothingOffered
    if order.offer_ends_at is not None and at >= order.offer_ends_at:
        raise OfferEnded
    order = _confirm(order, by=by, at=at)
    _tell(order, "confirmed")
    return order


@transaction.atomic
def buy_order(*, order: Order, by: User, at: datetime) -> Order:
    """First come, first served: what was just asked for is sold. The caller holds the event's lock. Raises SoldOut."""
    order = _locked(order)
    if order.state == OrderState.CONFIRMED:
        return order
    return _confirm(order, by=by, at=at)


@transaction.atomic
def prolong_offer(*, order: Order, by: User, at: datetime) -> Order:
    """Let an offer stand as many days more as an offer does, from ``at``. Raises NothingOffered."""
    order = _locked(order)
    if order.state != OrderState.OFFERED or not order.event.takes_decisions(at):
        raise NothingOffered
    with audit.change(order, PROLONGED, by=by, at=at):
        order.offer_ends_at = _end_of_day(at, _terms(order).offer_days)
        order.save(update_fields=["offer_ends_at"])
    _tell(order, "prolonged")
    return order


@transaction.atomic
def take_back_offer(*, order: Order, by: User | None, at: datetime) -> Order:
    """What was offered is again only asked for: the company waits in line. The caller holds the event's lock."""
    order = _locked(order)
    if order.state != OrderState.OFFERED:
        return order
    with audit.change(order, TAKEN_BACK, by=by, at=at):
        order.state, order.offered_at, order.offer_ends_at = OrderState.REQUESTED, None, None
        order.save()
    return order


@transaction.atomic
def cancel_order(*, order: Order, by: User | None, at: datetime, by_terms: bool = True) -> Order:
    """End an order. A confirmed one costs what the terms say on that day, unless the company is not the one who ends it
    (``by_terms=False``): then nothing. The caller holds the event's lock.
    """
    order = _locked(order)
    if not can_become(order.state, OrderState.CANCELLED):
        return order
    was_confirmed = order.state == OrderState.CONFIRMED
    with audit.change(order, CANCELLED, by=by, at=at):
        order.state, order.ended_at = OrderState.CANCELLED, at
        order.cost_of_cancelling = cost_today(order, at) if was_confirmed and by_terms else 0
        order.save()
    if was_confirmed:
        for follow in when_cancelled:
            follow(order, by, at)
    return order


def cost_today(order: Order, at: datetime) -> int:
    """How many per cent of the price it costs to cancel ``order`` at ``at``; an event that is cancelled takes nothing."""
    if order.event.state == Event.State.CANCELLED:
        return 0
    return _terms(order).cost_of_cancelling(at.astimezone(STOCKHOLM).date())


def _confirm(order: Order, *, by: User, at: datetime) -> Order:
    with audit.change(order, CONFIRMED, by=by, at=at):
        order.state, order.confirmed_at, order.confirmed_by = OrderState.CONFIRMED, at, by
        order.save()
    for follow in when_confirmed:
        follow(order, by, at)
    return order


def check_package_left(order: Order) -> None:
    """Raises SoldOut where others hold all that there is of the package. Without the event's lock it may yet become so."""
    package = order.package
    if package and package.limit is not None:
        held = package.orders.holding().exclude(pk=order.pk).count()
        if held >= package.limit:
            raise SoldOut(name=package.title)


def _check_left(order: Order, extras: list[OrderAddOn]) -> None:
    """True only as long as the caller holds the event's lock."""
    check_package_left(order)
    if not extras:
        return
    left = left_of_addons(order.event)
    for extra in extras:
        remains = left.get(extra.addon_id)
        if remains is not None and remains < extra.quantity:
            raise SoldOut(name=extra.addon.title)


def _check_discount(order: Order) -> None:
    discount = order.discount
    if discount is None or discount.limit is None:
        return
    # Those who ask do not wait for one another at the event's row, so the scarce row is the discount's own.
    Discount.objects.select_for_update(of=("self",), no_key=True).get(pk=discount.pk)
    asked = [OrderState.REQUESTED, *OrderState.holding()]
    if discount.orders.filter(state__in=asked).exclude(pk=order.pk).count() >= discount.limit:
        raise DiscountUsed(name=str(discount))


def _write_lines(order: Order, price: Price) -> None:
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=position,
            text=line.text[:200],
            quantity=line.quantity,
            unit_ore=line.unit_ore,
            vat_rate=line.vat.rate,
            vat_category=line.vat.category.value,
        )
        for position, line in enumerate(price.lines, start=1)
    )


def _terms(order: Order) -> Terms:
    return terms_of(order.event) or Terms(event=order.event)


def _end_of_day(at: datetime, days: int) -> datetime:
    """Midnight in Stockholm after the last of ``days`` days: nobody loses an offer in the middle of a day."""
    last = at.astimezone(STOCKHOLM) + timedelta(days=days + 1)
    return last.replace(hour=0, minute=0, second=0, microsecond=0)


def _tell(order: Order, what: str) -> None:
    write_letter(
        to=order.exhibitor.contact_email,
        template=f"registrations/orders/mail/{what}",
        context={"order": order, "exhibitor": order.exhibitor},
        language=order.language,
        event=order.event,
    )


def _locked(order: Order) -> Order:
    row = Order.objects.select_related("package", "discount").locked(order.pk)
    row.exhibitor, row.event = order.exhibitor, order.event
    return row
