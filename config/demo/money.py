"""What the coming fair sells, and what its applicants have ordered. Prices and codes are invented."""

from datetime import date, timedelta

from config.demo.dates import at_clock
from events.moments import STOCKHOLM
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.orders.models import Order, OrderLine, Terms
from registrations.orders.states import OrderState
from registrations.packages.models import AddOn, Discount, Package

PACKAGES = [
    ("Bas", "Basic", 490_000, 3, 9, 2, ["Monter 3 × 3 m", "Bord och två stolar", "El 1 000 W", "Två brickor"]),
    ("Plus", "Plus", 890_000, 2, 18, 4, ["Monter 6 × 3 m", "Bord och fyra stolar", "El 2 000 W", "Fyra brickor"]),
    ("Partner", "Partner", 1_990_000, 1, 36, 8, ["Monter 6 × 6 m vid entrén", "Logotyp på scenen", "Åtta brickor"]),
]
EXTRAS = [("El 16 A", 80_000, 2, 0), ("Barbord", 35_000, 4, 0), ("Extra bricka", 15_000, 10, 1)]  # …, badges
OFFERED = 3  # of those that are accepted, the last ones have not answered yet
STATES = {
    State.APPLIED: OrderState.REQUESTED,
    State.WAITING: OrderState.REQUESTED,
    State.DECLINED: OrderState.CANCELLED,
    State.ACCEPTED: OrderState.CONFIRMED,
}


def sell(event: Event, today: date) -> None:
    """Terms, packages, extras and a code for ``event``, and an order for each application that was sent."""
    day = event.starts_at.astimezone(STOCKHOLM).date()
    Terms.objects.create(
        event=event,
        free_until_on=day - timedelta(days=60),
        half_until_on=day - timedelta(days=30),
        reminder_fee_ore=6000,
        words="Bygget börjar klockan 7 på mässdagen. Montern lämnas städad.",
    )
    packages = [
        Package.objects.create(
            event=event,
            name=name,
            name_en=english,
            price_ore=price,
            rank=rank,
            stand_m2=size,
            badges=badges,
            contents="\n".join(contents),
            position=position,
        )
        for position, (name, english, price, rank, size, badges, contents) in enumerate(PACKAGES, start=1)
    ]
    basic = packages[0]
    basic.early_price_ore, basic.early_until_at = 390_000, at_clock(today + timedelta(days=21), "00:00")
    basic.save()
    for position, (name, price, most, badges) in enumerate(EXTRAS, start=1):
        AddOn.objects.create(event=event, name=name, price_ore=price, most=most, badges=badges, position=position)
    Discount.objects.create(event=event, code=f"VÅR{day.year}", percent=10, reason="Tidig vår", limit=40)
    _order(event, packages, today)


def _order(event: Event, packages: list[Package], today: date) -> None:
    sent = Exhibitor.objects.for_event(event).sent().select_related("organisation").order_by("pk")
    exhibitors = list(sent)
    waiting = [one.pk for one in exhibitors if one.state == State.ACCEPTED][-OFFERED:]
    orders = Order.objects.bulk_create(
        _order_of(exhibitor, packages[place % 4 % 3], today, offered=exhibitor.pk in waiting)
        for place, exhibitor in enumerate(exhibitors)
    )
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=1,
            text=order.package.name,
            quantity=1,
            unit_ore=order.package.price_ore,
            vat_rate=25,
            vat_category="S",
        )
        for order in orders
        if order.package
    )


def _order_of(exhibitor: Exhibitor, package: Package, today: date, *, offered: bool) -> Order:
    company = exhibitor.organisation
    state = OrderState.OFFERED if offered else STATES[State(exhibitor.state)]
    decided = exhibitor.decided_at
    return Order(
        event_id=exhibitor.event_id,
        exhibitor=exhibitor,
        package=package,
        state=state,
        started_at=exhibitor.started_at,
        priced_at=exhibitor.applied_at,
        offered_at=decided if state in OrderState.holding() else None,
        offer_ends_at=at_clock(today + timedelta(days=8), "00:00") if offered else None,
        confirmed_at=decided if state == OrderState.CONFIRMED else None,
        ended_at=decided if state == OrderState.CANCELLED else None,
        cost_of_cancelling=0 if state == OrderState.CANCELLED else None,
        bill_name=company.name,
        bill_number=company.number,
        bill_street=company.street,
        bill_postal_code=company.postal_code,
        bill_city=company.city,
        bill_email=exhibitor.contact_email,
        bill_reference=exhibitor.contact_name,
    )
