"""How a paper stands, worked by hand, and the database's answer held to the pure one."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from registrations.invoices.crediting import credit_invoice
from registrations.invoices.models import Invoice
from registrations.invoices.queries import Filter, papers, shown, state_counts, sums_of
from registrations.invoices.states import OVERDUE, Standing, is_overdue, standing_of
from registrations.money.amounts import FULL
from tests.factories import NOW, EventFactory
from tests.invoice_factories import issued, pay

DUE = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("payable", "credited", "paid", "standing"),
    [
        (100, 0, 0, Standing.UNPAID),
        (100, 0, 40, Standing.PART_PAID),
        (100, 0, 100, Standing.PAID),
        (100, 0, 101, Standing.OVERPAID),
        (100, -100, 0, Standing.CREDITED),
        (100, -40, 0, Standing.UNPAID),
        (100, -40, 60, Standing.PAID),
        (100, -100, 100, Standing.OVERPAID),
        (100, 0, -20, Standing.UNPAID),
    ],
)
def test_standing(payable, credited, paid, standing):
    assert standing_of(payable, credited, paid) == standing


def test_nothing_is_late_on_the_due_date_itself():
    assert not is_overdue(1, DUE, DUE)
    assert is_overdue(1, DUE, DUE + timedelta(days=1))
    assert not is_overdue(0, DUE, DUE + timedelta(days=1))


@pytest.fixture
def fair():
    """Seven papers: unpaid, part paid, paid, overpaid, credited, and the credit note; one more part credited and paid."""
    event = EventFactory()
    _unpaid, part, paid, over, credited, both = (issued(event) for _ in range(6))
    pay(part, 500_000)
    pay(paid)
    pay(over, over.payable_ore + 100)
    credit_invoice(invoice=credited, parts=None, reason="Fel", by=None, at=NOW)
    note = credit_invoice(invoice=both, parts={FULL: 400_000}, reason="Fel", by=None, at=NOW)
    pay(both, both.payable_ore + note.payable_ore)
    return event


@pytest.mark.django_db
@pytest.mark.parametrize("today", [DUE, DUE + timedelta(days=1)])
def test_the_list_filters_by_the_same_rule(fair, today):
    everything = shown(papers(fair, Filter(), today), today)

    for state in [*Standing.values, OVERDUE]:
        filtered = {row.pk for row in papers(fair, Filter(state=state), today)}
        assert filtered == {
            row.invoice.pk for row in everything if (row.is_overdue if state == OVERDUE else row.standing == state)
        }
    counts = {value: count for value, _label, count in state_counts(fair, Filter(), today)}
    late = 2 if today > DUE else 0
    assert counts == {
        "unpaid": 1,
        "part_paid": 1,
        "paid": 2,
        "overpaid": 1,
        "credited": 1,
        "overdue": late,
        "notes": 2,
    }


@pytest.mark.django_db
def test_the_sums_by_hand(fair):
    """Six invoices of 15 213 kr. 4 000 kr + 25 % credited is 5 000 kr; the credited one 15 213 kr."""
    sums = sums_of(fair, DUE + timedelta(days=1))

    assert sums.invoiced_ore == 6 * 1_521_300
    assert sums.credited_ore == -1_521_300 - 500_000
    assert sums.paid_ore == 500_000 + 1_521_300 + 1_521_400 + 1_021_300
    assert sums.left_ore == sums.overdue_ore == 1_521_300 + 1_021_300
    assert sums.too_much_ore == 100


@pytest.mark.django_db
def test_words_find_buyer_number_and_reference(fair):
    row = Invoice.objects.filter(~Q(kind="credit")).order_by("pk")[2]

    for words in (row.buyer, row.name, row.ocr, row.order.bill_number):
        assert row in papers(fair, Filter(words=words), DUE)
    assert not papers(fair, Filter(words="Ingen sådan"), DUE)
