"""When an order is cancelled, nobody shall pay on a page that was opened for it: the card company is told to end it."""

import logging
from datetime import datetime

from django.db.models import F, QuerySet
from stripe import InvalidRequestError, StripeError

from registrations.cards.client import is_set_up, stripe
from registrations.cards.models import Checkout, CheckoutState
from registrations.cards.services import PAGES_LIVE
from registrations.orders.states import OrderState

log = logging.getLogger(__name__)


def pages_of_cancelled(at: datetime) -> QuerySet[Checkout]:
    """Pages that are open at ``at`` though they were begun before their order was cancelled."""
    return Checkout.objects.filter(
        state=CheckoutState.STARTED,
        session_id__isnull=False,
        started_at__gt=at - PAGES_LIVE,
        started_at__lte=F("invoice__order__ended_at"),
        invoice__order__state=OrderState.CANCELLED,
    ).order_by("pk")


def end_pages(pages: QuerySet[Checkout], *, at: datetime) -> int:
    """Have the card company end ``pages``; how many are ended. Not inside a transaction.

    One that does not answer is logged and stays, to be told again. One that says that the page cannot be ended has been
    paid or is over: its message tells which.
    """
    ended = 0
    for page in pages if is_set_up() else ():
        try:
            stripe().v1.checkout.sessions.expire(page.session_id or "")
        except InvalidRequestError as no:
            log.info("Page %s is over already: %s", page.pk, no.code or no.http_status)
            continue
        except StripeError as error:
            log.warning("Page %s could not be ended: %s", page.pk, type(error).__name__)
            continue
        # Its message may have come first, and what was paid stays paid.
        ended += Checkout.objects.filter(pk=page.pk, state=CheckoutState.STARTED).update(
            state=CheckoutState.ENDED, ended_at=at
        )
    return ended
