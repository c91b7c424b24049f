"""The organiser's list of orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.exports import Column
from events.programme.models import Event
from registrations.money.amounts import totals_of
from registrations.orders.models import Order, OrderQuerySet
from registrations.orders.states import OrderState

ENDED = "ended"  # offered, and its time is out
SENT = [state for state in OrderState if state != OrderState.DRAFT]


@dataclass(frozen=True)
class Filter:
    """Words to look for, and a state (or ENDED)."""

    words: str = ""
    state: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filter":
        state = query.get("state", "")
        words = query.get("q", "").strip().replace("\0", "")[:100]
        return cls(words, state if state in {*OrderState.values, ENDED} else "")


class Sums(NamedTuple):
    """What confirmed and offered orders come to, without VAT."""

    confirmed_ore: int
    offered_ore: int
    confirmed: int
    offered: int


def listed(event: Event, chosen: Filter, at: datetime) -> OrderQuerySet:
    """The sent orders that ``chosen`` lets through, by company, with their lines at hand."""
    rows = _searched(event, chosen.words)
    if chosen.state == ENDED:
        rows = rows.ended_offers(at)
    elif chosen.state:
        rows = rows.filter(state=chosen.state)
    rows = rows.select_related("exhibitor__organisation", "package", "discount", "event").prefetch_related("lines")
    return rows.order_by(Collate("exhibitor__organisation__name", "swedish"), "pk")


def state_counts(event: Event, chosen: Filter, at: datetime) -> list[tuple[str, str, int]]:
    """(value, label, count) of each state that an order can be in."""
    rows = _searched(event, chosen.words)
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    states = [(state.value, str(state.label), counted.get(state.value, 0)) for state in SENT]
    ended = rows.ended_offers(at).count()
    return [*states, (ENDED, str(pgettext_lazy("state of an order", "Offer ended")), ended)]


def sums(event: Event) -> Sums:
    """Over all orders of the event, whatever the list shows."""
    amounts = {OrderState.CONFIRMED: [0, 0], OrderState.OFFERED: [0, 0]}
    for order in Order.objects.for_event(event).holding().prefetch_related("lines"):
        both = amounts[OrderState(order.state)]
        both[0] += totals_of(row.line for row in order.lines.all()).net_ore
        both[1] += 1
    confirmed, offered = amounts[OrderState.CONFIRMED], amounts[OrderState.OFFERED]
    return Sums(confirmed[0], offered[0], confirmed[1], offered[1])


EXPORT = [
    Column(_("Order"), lambda row: row[0].reference),
    Column(_("Company"), lambda row: row[0].exhibitor.organisation.name),
    Column(_("State"), lambda row: row[0].get_state_display()),
    Column(_("Package"), lambda row: row[0].package.title if row[0].package else ""),
    Column(_("Without VAT"), lambda row: row[1].net_ore / 100),
    Column(_("VAT"), lambda row: row[1].vat_ore / 100),
    Column(_("To pay"), lambda row: row[1].payable_ore / 100),
    Column(_("The offer ends"), lambda row: row[0].offer_ends_at),
    Column(_("Confirmed"), lambda row: row[0].confirmed_at),
    Column(_("Name on the invoice"), lambda row: row[0].bill_name),
    Column(_("Your reference"), lambda row: row[0].bill_reference),
]


def _searched(event: Event, words: str) -> OrderQuerySet:
    rows = Order.objects.for_event(event).filter(state__in=SENT)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(exhibitor__organisation__name__icontains=word)
            | Q(bill_name__icontains=word)
            | Q(bill_reference__icontains=word)
        )
    return rows
