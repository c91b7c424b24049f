"""The worker's side of cards: pages of cancelled orders are ended."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from events.access.models import User
from registrations.cards.client import is_set_up
from registrations.cards.expiring import end_pages, pages_of_cancelled
from registrations.cards.models import Checkout, CheckoutState
from registrations.orders.models import Order


@task()
def end_pages_of(order_pk: int) -> str:
    """End the open pages of the order (key). ``tend`` tells again what is not ended now."""
    at = timezone.now()
    return f"{end_pages(pages_of_cancelled(at).filter(invoice__order=order_pk), at=at)} ended"


def enqueue(order: Order, by: User | None, at: datetime) -> None:
    """For the hooks of orders: the task is a row of the same transaction, and there only where a page may be open."""
    if is_set_up() and Checkout.objects.filter(invoice__order=order, state=CheckoutState.STARTED).exists():
        end_pages_of.enqueue(order.pk)
