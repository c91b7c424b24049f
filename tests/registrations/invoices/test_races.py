"""Fifty orders at the same moment: shown on PostgreSQL, and shown to leave gaps or collide without the lock."""

from contextlib import suppress
from threading import Barrier

import pytest
from django.db import IntegrityError

from registrations.invoices import numbering, services
from registrations.invoices.crediting import credit_invoice
from registrations.invoices.models import Invoice, Series
from registrations.invoices.services import issue_invoice
from registrations.invoices.tasks import write_what_is_due
from registrations.orders.models import Order
from tests.factories import NOW, EventFactory
from tests.invoice_factories import confirmed_order, issued
from tests.races import at_once

FEW = 8


def orders_of(event, count: int) -> list[Order]:
    return [confirmed_order(event) for _ in range(count)]


def issuing(order: Order):
    return lambda: issue_invoice(order=order, by=None, at=NOW)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_numbered_one_to_fifty():
    orders = orders_of(EventFactory(), 50)

    told = at_once(*[issuing(order) for order in orders])

    assert told == ["done"] * 50
    assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, 51))
    assert Series.objects.get().last == 50


@pytest.mark.django_db(transaction=True)
def test_the_first_ones_of_a_year_begin_the_series_together():
    """On any database: nobody has begun the series when they all ask for it."""
    orders = orders_of(EventFactory(), FEW)

    told = at_once(*[issuing(order) for order in orders])

    assert told == ["done"] * FEW
    assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, FEW + 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_draw_the_same_number(monkeypatch):
    """The tests above can fail: everybody reads the series before anybody has written it."""
    orders = orders_of(EventFactory(), FEW)
    first = Series.objects.create(biller=orders[0].event.issuer.biller, year=2027)
    read = Barrier(FEW)

    def read_then_wait(biller, year):
        row = Series.objects.get(pk=first.pk)
        read.wait()
        return row

    monkeypatch.setattr(numbering, "locked_series", read_then_wait)

    with pytest.raises(IntegrityError):
        at_once(*[issuing(order) for order in orders])

    assert Invoice.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_jobs_that_die_among_others_leave_no_gap(monkeypatch):
    orders = orders_of(EventFactory(), 12)
    unlucky = {order.pk for order in orders[::3]}
    real = services.write_paper

    def die_sometimes(invoice, *args, **kwargs):
        if invoice.order_id in unlucky:
            raise Died
        real(invoice, *args, **kwargs)

    def try_to(order):
        def act():
            with suppress(Died):
                issue_invoice(order=order, by=None, at=NOW)

        return act

    with monkeypatch.context() as patch:
        patch.setattr(services, "write_paper", die_sometimes)
        at_once(*[try_to(order) for order in orders])
    assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, 9))

    at_once(*[issuing(order) for order in orders])

    assert sorted(Invoice.objects.values_list("number", flat=True)) == list(range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_the_same_order_many_times_at_once_is_one_paper():
    order = confirmed_order()

    at_once(*[lambda: write_what_is_due(Order.objects.get(pk=order.pk), at=NOW)] * FEW)

    assert Invoice.objects.get().number == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_credit_the_whole_invoice_at_once_credit_it_once():
    invoice = issued()

    told = at_once(*[lambda: credit_invoice(invoice=invoice, parts=None, reason="Dubblett", by=None, at=NOW)] * 2)

    assert sorted(told) == ["done", "nothing_left"]
    assert sum(Invoice.objects.values_list("payable_ore", flat=True)) == 0


class Died(Exception):
    """The process is gone."""
