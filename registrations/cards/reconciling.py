"""The nightly comparison: what Stripe says was paid against what our rows say. It changes nothing but its list."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from registrations.cards.client import is_set_up, stripe
from registrations.cards.messages import settle_session
from registrations.cards.models import Checkout, CheckoutState, Difference

# Messages are tried again for three days; whatever is missing after that has to be asked for.
LOOK_BACK = timedelta(days=4)


def reconcile(*, at: datetime, since: datetime | None = None) -> int:
    """Compare what was begun after ``since`` (four days back) with Stripe; how many new differences were found.

    A payment whose message never came is registered now. Raises StripeError when Stripe does not answer.
    """
    if not is_set_up():
        return 0
    since = since or at - LOOK_BACK
    before = Difference.objects.count()
    told: set[str] = set()
    for session in _sessions(since):
        told.add(session["id"])
        if session.get("payment_status") == "paid":
            with transaction.atomic():
                settle_session(session, at=at)
    paid_here = Checkout.objects.filter(state=CheckoutState.PAID, started_at__gt=since).select_related("invoice")
    for checkout in paid_here:
        if checkout.session_id not in told:
            Difference.objects.get_or_create(
                kind="missing",
                about=checkout.session_id or str(checkout.key),
                defaults={"ours_ore": checkout.amount_ore, "invoice": checkout.invoice, "found_at": at},
            )
    return Difference.objects.count() - before


def _sessions(since: datetime) -> Iterator[dict[str, Any]]:
    page = stripe().v1.checkout.sessions.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
    for session in page.auto_paging_iter():
        yield session.to_dict()
