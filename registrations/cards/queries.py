"""An event's card payments, and what differs from the card company."""

from django.db.models import Q, QuerySet

from events.programme.models import Event
from registrations.cards.models import Checkout, Difference


def checkouts_of(event: Event) -> QuerySet[Checkout]:
    """What was begun and what became of it, the latest first."""
    rows = Checkout.objects.filter(invoice__event=event).select_related("invoice", "payment")
    return rows.prefetch_related("refunds__credit_note").order_by("-started_at", "-pk")


def open_differences(event: Event) -> QuerySet[Difference]:
    """What nobody has looked at yet: the event's own, and what cannot be tied to any invoice."""
    rows = Difference.objects.filter(Q(invoice__event=event) | Q(invoice__isnull=True), seen_at__isnull=True)
    return rows.select_related("invoice")
