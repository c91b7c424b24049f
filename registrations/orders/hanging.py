"""What becomes of an order when something becomes of its exhibitor; registered in the app's ``ready()``."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events.access.models import User
from events.look.formats import day
from events.programme.models import Event
from registrations.exhibitors import decisions
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders import services
from registrations.orders.choosing import is_billed
from registrations.orders.models import Order
from registrations.orders.queries import standing_order, terms_of, totals_of_lines
from registrations.orders.states import OrderState


def steps(event: Event) -> list[tuple[str, str | Promise]]:
    """Where something is sold one chooses, and says who pays."""
    if terms_of(event) is None:
        return []
    return [("package", gettext_lazy("Package")), ("billing", gettext_lazy("Invoice"))]


def gaps(exhibitor: Exhibitor) -> list[str]:
    """``package``, ``billing``: what the order lacks."""
    if terms_of(exhibitor.event) is None:
        return []
    order = exhibitor.orders.standing().first()
    if order is None or order.package_id is None:
        return ["package"] + ([] if order and is_billed(order) else ["billing"])
    return [] if is_billed(order) else ["billing"]


def gives_places(event: Event) -> bool:
    """Whether the first to come is the first served."""
    terms = terms_of(event)
    return terms is not None and terms.sells_at_once


def before_waiting(exhibitor: Exhibitor) -> None:
    """A draft of what is sold out is refused at once. Raises SoldOut."""
    order = standing_order(exhibitor)
    if order is not None and order.state == OrderState.DRAFT:
        services.check_package_left(order)


def sent(exhibitor: Exhibitor, agreed: int | None, by: User, at: datetime) -> bool:
    """Price the order for good; where the first to come is the first served, give the place at once."""
    terms = terms_of(exhibitor.event)
    if terms is None or services.request_order(exhibitor=exhibitor, agreed_ore=agreed, by=by, at=at) is None:
        return False
    if terms.sells_at_once:
        decisions.decide(exhibitor=exhibitor, state=State.ACCEPTED, by=by, at=at)
    return terms.sells_at_once


def decided(exhibitor: Exhibitor, by: User, at: datetime) -> Callable[[], str] | None:
    """Accepted: offered, or sold at once. Anything else: the order waits in line, or is over."""
    order = standing_order(exhibitor)
    if order is None or order.state == OrderState.DRAFT:
        return None
    order.exhibitor, order.event = exhibitor, exhibitor.event
    terms = terms_of(exhibitor.event)
    if exhibitor.state == State.ACCEPTED and terms is not None:
        if terms.sells_at_once:
            services.buy_order(order=order, by=by, at=at)
            return _bought
        return partial(_offered, services.offer_order(order=order, by=by, at=at))
    if exhibitor.state == State.WAITING and order.state != OrderState.CONFIRMED:
        services.take_back_offer(order=order, by=by, at=at)
    elif exhibitor.state != State.ACCEPTED:
        services.cancel_order(order=order, by=by, at=at, by_terms=False)
    return None


def _bought() -> str:
    return _("Your order is confirmed. The invoice is on your page within a few minutes.")


def _offered(order: Order) -> str:
    shown = day(order.offer_last_on, get_language()) if order.offer_last_on else ""
    return _("Confirm your order on your page by %(day)s: until then the place is kept for you.") % {"day": shown}


def withdrawn(exhibitor: Exhibitor, by: User, at: datetime) -> None:
    """The company takes itself out: what was confirmed costs what the terms say."""
    order = standing_order(exhibitor)
    if order is not None:
        order.exhibitor, order.event = exhibitor, exhibitor.event
        services.cancel_order(order=order, by=by, at=at)


def cost_of_withdrawing(exhibitor: Exhibitor, at: datetime) -> str:
    """What it costs, before it is done."""
    order = standing_order(exhibitor)
    if order is None or order.state != OrderState.CONFIRMED or not totals_of_lines(order).payable_ore:
        return ""
    cost = services.cost_today(order, at)
    if cost == 0:
        return _("By the terms it costs nothing today: an invoice that was sent is credited whole.")
    if cost == 100:
        return _("By the terms the whole price is to be paid: it is too late to cancel free of charge.")
    return _("By the terms half the price is to be paid.")
