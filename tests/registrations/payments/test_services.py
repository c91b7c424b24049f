"""Payments by hand: noted once, taken back by a row, paid back no more than was paid too much."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.invoices.models import Invoice
from registrations.payments import services
from registrations.payments.models import Method, Payment
from registrations.payments.queries import with_balance
from tests import factories
from tests.money_factories import an_invoice

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


@pytest.fixture
def invoice():
    return an_invoice(factories.EventFactory())


@pytest.fixture
def pay(invoice, organiser, now):
    def register(ore: int, **facts) -> Payment:
        told = {
            "invoice": invoice,
            "amount_ore": ore,
            "method": Method.BANK,
            "paid_on": DAY,
            "by": organiser,
            "at": now,
        }
        return services.register_payment(**{**told, **facts})

    return register


def left(invoice: Invoice) -> int:
    return with_balance(Invoice.objects.filter(pk=invoice.pk)).get().left_ore


def test_payment_lowers_what_is_left(invoice, pay):
    pay(100_000)
    pay(12_500)

    assert left(invoice) == 612_500 - 112_500


def test_same_outside_name_is_noted_once(invoice, pay):
    first = pay(100, outside="pi_1", method=Method.CARD)

    assert pay(100, outside="pi_1", method=Method.CARD) == first
    assert left(invoice) == 612_400


@pytest.mark.parametrize("ore", [0, -1, 10**13])
def test_amount_must_be_one(pay, ore):
    with pytest.raises(services.NoAmount):
        pay(ore)


def test_day_ahead_is_refused_but_today_in_stockholm_is_not(pay, now):
    """At 23.30 UTC on 1 March it is already 2 March in Stockholm."""
    late = now.replace(hour=23, minute=30)

    assert pay(1, paid_on=DAY + timedelta(days=1), at=late).paid_on == date(2027, 3, 2)
    with pytest.raises(services.InTheFuture):
        pay(1, paid_on=DAY + timedelta(days=2), at=late)


def test_mistake_is_taken_back_by_a_row_of_its_own_and_only_once(invoice, pay, organiser, now):
    payment = pay(100_000)

    back = services.take_back_payment(payment=payment, note="Fel faktura", by=organiser, at=now)

    assert (back.amount_ore, back.takes_back) == (-100_000, payment)
    assert left(invoice) == 612_500
    for again in (payment, back):
        with pytest.raises(services.TakenBackAlready):
            services.take_back_payment(payment=again, note="", by=organiser, at=now)


def test_no_more_goes_back_than_was_paid_too_much(invoice, pay, organiser, now):
    pay(700_000)
    repay = {"invoice": invoice, "method": Method.BANK, "paid_on": DAY, "by": organiser, "at": now}

    with pytest.raises(services.MoreThanOverpaid):
        services.note_repayment(amount_ore=87_501, **repay)
    services.note_repayment(amount_ore=87_500, **repay)

    assert left(invoice) == 0
    with pytest.raises(services.MoreThanOverpaid):
        services.note_repayment(amount_ore=1, **repay)


@pytest.mark.parametrize("sql", ["UPDATE {table} SET amount_ore = 1", "DELETE FROM {table}"])
def test_database_itself_keeps_payments(pay, sql):
    from django.db import connection

    pay(100)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table=Payment._meta.db_table))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(["pay", "back", "repay"]), st.integers(1, 900_000)), max_size=8))
def test_what_is_left_is_what_the_rows_say(invoice, pay, organiser, now, acts):
    """Whatever is done in whatever order: payable less what stands is left, and nothing goes back that had not come."""
    with transaction.atomic():
        standing = 0
        for act, ore in acts:
            if act == "pay":
                pay(ore)
                standing += ore
            elif act == "back" and (payment := invoice.payments.filter(amount_ore__gt=0, taken_back_by=None).first()):
                services.take_back_payment(payment=payment, note="x", by=organiser, at=now)
                standing -= payment.amount_ore
            elif act == "repay" and 0 < ore <= standing - 612_500:
                services.note_repayment(
                    invoice=invoice, amount_ore=ore, method=Method.BANK, paid_on=DAY, by=organiser, at=now
                )
                standing -= ore
        assert left(invoice) == 612_500 - standing
        transaction.set_rollback(True)
