"""Many buy at the same moment: shown on PostgreSQL, and shown to oversell without the lock."""

from functools import partial
from threading import Barrier

import pytest

from events.programme.models import EventQuerySet
from registrations.orders import services
from registrations.orders.models import Order
from registrations.orders.states import OrderState
from tests import factories
from tests.order_factories import a_discount, a_draft, a_package, a_selling_event, send
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
BUYERS = 8


def buy_all_at_once(limit: int, now) -> list[str]:
    """Eight companies send at the same moment, of ``limit`` packages; what each was told."""
    person = factories.UserFactory()
    package = a_package(a_selling_event(at_once=True, capacity=1000), limit=limit)
    drafts = [a_draft(package, person, now) for _place in range(BUYERS)]
    return at_once(*(partial(send, draft, person, now) for draft in drafts))


def test_exactly_as_many_are_sold_as_there_are(now):
    told = buy_all_at_once(3, now)

    assert sorted(told) == ["done"] * 3 + ["sold_out"] * (BUYERS - 3)
    assert Order.objects.filter(state=OrderState.CONFIRMED).count() == 3


def test_a_discount_is_given_as_often_as_it_may_be_though_senders_do_not_wait(now):
    person = factories.UserFactory()
    package = a_package(a_selling_event())
    discount = a_discount(package.event, limit=3)
    drafts = [a_draft(package, person, now, code=discount.code) for _place in range(BUYERS)]

    told = at_once(*(partial(send, draft, person, now) for draft in drafts))

    assert sorted(told) == ["discount_used"] * (BUYERS - 3) + ["done"] * 3
    assert discount.orders.filter(state=OrderState.REQUESTED).count() == 3


def test_pressed_twice_at_the_same_moment_is_bought_once(now):
    person = factories.UserFactory()
    draft = a_draft(a_package(a_selling_event(at_once=True), limit=1), person, now)

    told = at_once(*(partial(send, draft, person, now) for _press in range(4)))

    assert told == ["done"] * 4
    assert Order.objects.filter(state=OrderState.CONFIRMED).count() == 1


def test_without_the_lock_too_many_are_sold(now, monkeypatch):
    """The test above can fail: with the event's row unlocked, the same run oversells."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    counted = Barrier(BUYERS)
    check = services._check_left

    def check_then_wait(order, extras):
        check(order, extras)
        counted.wait(timeout=20)

    monkeypatch.setattr(services, "_check_left", check_then_wait)

    buy_all_at_once(3, now)

    assert Order.objects.filter(state=OrderState.CONFIRMED).count() > 3
