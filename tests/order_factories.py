"""A fair that sells, and companies on their way to buy."""

from datetime import datetime

from events.access.models import User
from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import send_application
from registrations.exhibitors.states import State
from registrations.orders.choosing import bill, choose, draft_order
from registrations.orders.models import Order, Terms
from registrations.packages.models import AddOn, Discount, Package
from tests import factories

ADDRESS = {
    "bill_name": "Kuggfro Automation AB",
    "bill_number": "559001-0014",
    "bill_street": "Kugggatan 1",
    "bill_postal_code": "211 22",
    "bill_city": "Malmö",
    "bill_country": "SE",
    "bill_vat_number": "",
    "bill_email": "ekonomi@kuggfro.example",
}


def a_selling_event(*, at_once: bool = False, capacity: int = 50, **terms: object) -> Event:
    """A fair whose registration is open at ``factories.NOW``, with terms."""
    event = factories.EventFactory(capacity=capacity)
    Terms.objects.create(event=event, sells_at_once=at_once, **terms)
    return event


def a_package(event: Event, name: str = "Bas", price_ore: int = 490_000, **facts: object) -> Package:
    package: Package = Package.objects.create(event=event, name=name, price_ore=price_ore, **facts)
    return package


def an_addon(event: Event, name: str = "El 16 A", price_ore: int = 80_000, **facts: object) -> AddOn:
    addon: AddOn = AddOn.objects.create(event=event, name=name, price_ore=price_ore, **facts)
    return addon


def a_discount(event: Event, code: str = "VÅR27", **facts: object) -> Discount:
    discount: Discount = Discount.objects.create(event=event, code=code, **({"percent": 10} | facts))
    return discount


def a_draft(
    package: Package, by: User, at: datetime, *, extras: dict[AddOn, int] | None = None, code: str = "", **billing: str
) -> Order:
    """A company's order of ``package``, filled in and not sent; so is its application."""
    exhibitor = factories.ExhibitorFactory(event=package.event, state=State.DRAFT, applied_at=None)
    factories.StandStaffFactory(exhibitor=exhibitor)
    order = draft_order(exhibitor=exhibitor, by=by, at=at)
    order = bill(order=order, seen=order.version, by=by, at=at, **{**ADDRESS, **billing})
    return choose(order=order, package=package, extras=extras or {}, code=code, seen=order.version, by=by, at=at)


def send(order: Order, by: User, at: datetime, agreed: int | None = None) -> Order:
    """The company sends its application, and with it the order; the order as it then is."""
    send_application(exhibitor=Exhibitor.objects.get(pk=order.exhibitor_id), by=by, at=at, agreed=agreed)
    return Order.objects.get(pk=order.pk)
