"""An offer that ended unanswered: the place goes to the next in line, because somebody said so."""

from datetime import datetime

from django.db import transaction

from events.access.models import User
from events.programme.models import Event
from registrations.exhibitors.decisions import decide
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders.models import Order
from registrations.orders.services import NothingOffered
from registrations.orders.states import OrderState


@transaction.atomic
def release_offer(*, order: Order, by: User, at: datetime) -> Exhibitor | None:
    """Put the company on the waiting list and offer its place to the first there; who got it, or ``None``.

    In line are those with an order: finer packages first, then who applied first. Raises NothingOffered, TooLateToDecide.
    """
    Event.objects.locked(order.event_id)
    order.refresh_from_db(fields=["state", "offer_ends_at"])
    if order.state != OrderState.OFFERED or order.offer_ends_at is None or at < order.offer_ends_at:
        raise NothingOffered
    after = next_in_line(order)
    decide(exhibitor=order.exhibitor, state=State.WAITING, by=by, at=at)
    if after is not None:
        decide(exhibitor=after, state=State.ACCEPTED, by=by, at=at)
    return after


def next_in_line(order: Order) -> Exhibitor | None:
    """Who is first on the waiting list of the order's event, apart from its own company."""
    waiting = Order.objects.filter(
        event=order.event_id, state=OrderState.REQUESTED, exhibitor__state=State.WAITING
    ).exclude(exhibitor=order.exhibitor_id)
    first = waiting.select_related("exhibitor").order_by("package__rank", "exhibitor__applied_at", "pk").first()
    return first.exhibitor if first else None
