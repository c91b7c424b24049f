"""Pages of cancelled orders are ended at the card company."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from registrations.cards.expiring import end_pages, pages_of_cancelled
from registrations.cards.models import Checkout, CheckoutState
from registrations.cards.services import begin_checkout
from registrations.cards.tasks import end_pages_of
from registrations.orders.services import cancel_order
from tests.invoice_factories import issued

pytestmark = pytest.mark.django_db

URLS = {"success_url": "https://torget.example/back/", "cancel_url": "https://torget.example/stopped/"}


@pytest.fixture
def invoice(company):
    return issued()


@pytest.fixture
def begin(invoice, organiser, now):
    return lambda at=now: begin_checkout(invoice=invoice, **URLS, by=organiser, at=at)


@pytest.fixture
def cancel(invoice, organiser, now):
    return lambda at=now + timedelta(minutes=5): cancel_order(order=invoice.order, by=organiser, at=at)


def state(checkout: Checkout) -> str:
    checkout.refresh_from_db()
    return checkout.state


def tasks() -> int:
    return DBTaskResult.objects.filter(task_path=end_pages_of.module_path).count()


def test_cancelling_asks_for_it_in_the_background_and_only_where_a_page_is_open(invoice, begin, cancel, company):
    begin()
    cancel()

    assert tasks() == 1
    assert not any(path.endswith("/expire") for _method, path in company.requests)


def test_cancelling_without_a_page_or_without_cards_asks_for_nothing(begin, cancel, settings):
    begin()
    settings.STRIPE_SECRET_KEY = ""
    cancel()

    assert tasks() == 0


def test_open_page_is_ended_once(begin, cancel, company, now):
    checkout = begin()
    cancel()
    at = now + timedelta(minutes=6)

    assert [end_pages(pages_of_cancelled(at), at=at) for _time in range(2)] == [1, 0]

    assert (state(checkout), checkout.ended_at) == (CheckoutState.ENDED, at)
    assert company.sessions[checkout.session_id]["status"] == "expired"


def test_down_is_logged_and_told_again(begin, cancel, company, now, caplog):
    checkout = begin()
    cancel()
    company.fails = True
    at = now + timedelta(minutes=6)

    assert end_pages(pages_of_cancelled(at), at=at) == 0
    assert state(checkout) == CheckoutState.STARTED
    assert [one.name for one in caplog.records if one.levelname == "WARNING"] == ["registrations.cards.expiring"]

    company.fails = False
    assert end_pages(pages_of_cancelled(at), at=at) == 1


def test_page_that_was_paid_meanwhile_stays_for_its_message(begin, cancel, company, now):
    checkout = begin()
    cancel()
    company.pay(checkout.session_id)
    at = now + timedelta(minutes=6)

    assert end_pages(pages_of_cancelled(at), at=at) == 0
    assert state(checkout) == CheckoutState.STARTED


def test_page_for_what_cancelling_costs_is_another_and_stays(begin, cancel, company, now):
    first = begin()
    cancel()

    second = begin(now + timedelta(minutes=10))
    at = now + timedelta(minutes=11)
    end_pages(pages_of_cancelled(at), at=at)

    assert second.pk != first.pk
    assert (state(first), state(second)) == (CheckoutState.ENDED, CheckoutState.STARTED)


def test_order_that_stands_keeps_its_page_and_a_day_old_page_is_over_by_itself(begin, cancel, now):
    begin()
    assert list(pages_of_cancelled(now)) == []
    cancel()

    assert pages_of_cancelled(now + timedelta(hours=23)).count() == 1
    assert list(pages_of_cancelled(now + timedelta(hours=25))) == []
