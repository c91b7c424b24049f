"""What orders add to other pages: the company's own page and its next step, the organiser's overview."""

from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.programme.hooks import Decision, Step
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.orders.models import Order
from registrations.orders.queries import ended_offers, last_order, price_now, standing_order, totals_of_lines
from registrations.orders.states import OrderState


def own_section(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """The order: its lines, what it comes to, and where it stands."""
    order = last_order(exhibitor)
    if order is None or order.package is None or order.state == OrderState.DRAFT:
        return ""
    context = {
        "exhibitor": exhibitor,
        "order": order,
        "lines": order.lines.all(),
        "totals": totals_of_lines(order),
        "has_ended": order.state == OrderState.OFFERED and _has_ended(order),
    }
    return render_to_string("registrations/orders/own_section.html", context, request)


def send_piece(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """What the company agrees to when it sends: the price as it is now, which the form carries."""
    order = standing_order(exhibitor)
    price = price_now(order, timezone.now()) if order else None
    if order is None or price is None:
        return ""
    context = {"order": order, "price": price, "exhibitor": exhibitor}
    return render_to_string("registrations/orders/send_piece.html", context, request)


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """Offers that wait for the company's yes."""
    now = timezone.now()
    offers = Order.objects.filter(state=OrderState.OFFERED, offer_ends_at__gt=now, event__ends_at__gt=now)
    offers = offers.exclude(event__state=Event.State.CANCELLED)
    mine = offers.filter(exhibitor__in=Exhibitor.objects.of(user)).select_related("event", "exhibitor__organisation")
    return [_yes_to(order) for order in mine]


def own_next_step(exhibitor: Exhibitor, request: HttpRequest) -> Step | None:
    """The company's yes, as long as it can be given."""
    order = standing_order(exhibitor)
    if (
        order is None
        or order.state != OrderState.OFFERED
        or _has_ended(order)
        or not exhibitor.event.takes_decisions(timezone.now())
    ):
        return None
    order.exhibitor = exhibitor
    return _yes_to(order)


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Offers whose time is out: nothing happens to them before somebody says what."""
    if not may(user, "exhibitors.decide", event):
        return []
    count = ended_offers(event, timezone.now())
    if not count:
        return []
    text = ngettext("offer that has ended unanswered", "offers that have ended unanswered", count)
    return [Decision(text, count, reverse("registrations:order-list", args=[event.slug]) + "?state=ended")]


def _yes_to(order: Order) -> Step:
    return Step(
        title=_("Confirm your order for %(event)s") % {"event": order.event.title},
        text=_("The place of %(company)s is kept until then.") % {"company": order.exhibitor.organisation},
        url=reverse("registrations:order-confirm", args=[order.exhibitor_id]),
        action=_("Look at the offer"),
        # It ends at midnight; the last minute before names the day that people mean.
        by=order.offer_ends_at - timedelta(minutes=1) if order.offer_ends_at else None,
    )


def _has_ended(order: Order) -> bool:
    return order.offer_ends_at is not None and timezone.now() >= order.offer_ends_at
