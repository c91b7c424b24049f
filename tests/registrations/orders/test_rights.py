"""What a package and its extras give besides a price: badges, power, a logo on the event's page."""

import pytest

from registrations.exhibitors import services as applications
from registrations.exhibitors.queries import confirmed
from registrations.exhibitors.states import State
from registrations.orders.models import Order
from registrations.orders.queries import badges_of
from registrations.orders.states import OrderState
from registrations.packages.models import Package
from registrations.placement.loading import extra_power_of
from tests.factories import ExhibitorFactory
from tests.order_factories import a_package, a_selling_event, an_addon

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return a_selling_event()


def ordered(event, package, *, state=State.ACCEPTED, **extras: int):
    """An exhibitor with a confirmed order of ``package`` and so many of each extra."""
    exhibitor = ExhibitorFactory(event=event, state=state)
    order = Order.objects.create(
        event=event,
        exhibitor=exhibitor,
        package=package,
        state=OrderState.CONFIRMED,
        priced_at=exhibitor.applied_at,
        confirmed_at=exhibitor.applied_at,
    )
    for name, quantity in extras.items():
        order.addons.create(addon=event.addons.get(name=name), quantity=quantity)
    return exhibitor


def name(exhibitor, person: str, by, at):
    return applications.add_staff(exhibitor=exhibitor, name=person, email="", by=by, at=at)


def test_badges_are_those_of_the_package_and_of_the_extras(event, organiser, now):
    an_addon(event, "Bricka", badges=1)
    an_addon(event, "Lounge", badges=2)
    exhibitor = ordered(event, a_package(event, badges=1), Bricka=1, Lounge=1)

    assert badges_of(exhibitor) == 1 + 1 + 2
    for person in ("Ada", "Bo", "Cy", "Di"):
        name(exhibitor, person, organiser, now)
    with pytest.raises(applications.TooManyBadges):
        name(exhibitor, "Eva", organiser, now)
    assert exhibitor.staff.count() == 4


def test_whoever_names_more_than_it_orders_is_told_before_it_sends(event, organiser, now):
    exhibitor = ExhibitorFactory(event=event, state=State.DRAFT, applied_at=None)
    for person in ("Ada", "Bo", "Cy"):
        name(exhibitor, person, organiser, now)
    order = Order.objects.create(event=event, exhibitor=exhibitor, package=a_package(event, badges=2))

    assert "staff" in applications.missing_steps(exhibitor)
    order.addons.create(addon=an_addon(event, badges=1), quantity=1)
    assert "staff" not in applications.missing_steps(exhibitor)


@pytest.mark.parametrize("badges", [0, None])
def test_package_that_says_nothing_of_badges_limits_nothing(badges, event, organiser, now):
    exhibitor = ordered(event, a_package(event, badges=badges)) if badges is not None else ExhibitorFactory(event=event)

    assert badges_of(exhibitor) is None
    assert name(exhibitor, "Ada", organiser, now).pk


def test_logo_is_shown_by_the_package_that_holds_it(event):
    with_logo = ordered(event, a_package(event, "Plus"))
    without = ordered(event, a_package(event, "Bas", shows_logo=False))
    nothing_sold = ExhibitorFactory(event=event, state=State.ACCEPTED)

    hidden = {row.pk for row in confirmed(event) if row.hides_logo}

    assert hidden == {without.pk}
    assert {with_logo.pk, nothing_sold.pk} <= {row.pk for row in confirmed(event)}


def test_extras_add_their_power(event):
    an_addon(event, "El", power_w=2000)
    an_addon(event, "Bord")
    exhibitor = ordered(event, a_package(event, power_w=500), El=2, Bord=3)
    ordered(event, Package.objects.get(), Bord=1)

    assert extra_power_of(event) == {exhibitor.pk: 4000}
