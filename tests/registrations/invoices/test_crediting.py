"""Credit notes: in the invoice's own series, about it, and never for more than is left."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.invoices.crediting import (
    CreditOfCredit,
    MoreThanLeft,
    NothingLeft,
    NothingToCredit,
    credit_invoice,
    parts_above,
)
from registrations.invoices.queries import contents_in
from registrations.money.amounts import FULL, Line, Vat, totals_of
from registrations.money.crediting import credit_of
from tests.factories import NOW, EventFactory
from tests.invoice_factories import issued

db = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def credit(invoice, parts=None, reason="Fel antal"):
    return credit_invoice(invoice=invoice, parts=parts, reason=reason, by=None, at=LATER)


@db
def test_the_whole_invoice_is_taken_back_line_by_line():
    invoice = issued(lines=[{"unit_ore": 1_217_000}, {"unit_ore": 14_500, "quantity": 3, "vat_rate": 12}])

    note = credit(invoice)

    contents = contents_in(note)
    assert (note.name, note.kind, note.credits) == ("IUC-2027-0002", "credit", invoice)
    assert note.payable_ore == -invoice.payable_ore
    assert (note.net_ore, note.vat_ore, note.rounding_ore) == (
        -invoice.net_ore,
        -invoice.vat_ore,
        -invoice.rounding_ore,
    )
    assert [(line["quantity"], line["net_ore"]) for line in contents["lines"]] == [(-1, -1_217_000), (-3, -43_500)]
    assert contents["credits"] == {"number": "IUC-2027-0001", "issued_on": "2027-03-01", "reason": "Fel antal"}
    assert contents["words"]["pay"] == ""
    assert contents["due_on"] == ""


@db
def test_parts_sum_to_the_whole():
    invoice = issued()

    notes = [credit(invoice, {FULL: 400_000}), credit(invoice, {FULL: 17_001}), credit(invoice)]

    assert sum(note.payable_ore for note in notes) == -invoice.payable_ore
    assert sum(note.vat_ore for note in notes) == -invoice.vat_ore


@db
def test_no_more_than_is_left():
    invoice = issued()
    credit(invoice, {FULL: 1_000_000})

    with pytest.raises(MoreThanLeft) as refusal:
        credit(invoice, {FULL: 217_001})

    assert refusal.value.left_ore == 217_000
    assert "2 170 kr" in str(refusal.value).replace("\u00a0", " ") or "2,170" in str(refusal.value)
    assert invoice.series.papers.count() == 2


@db
def test_nothing_is_credited_twice():
    invoice = issued()
    credit(invoice)

    with pytest.raises(NothingLeft):
        credit(invoice)


@db
def test_a_credit_note_is_not_credited():
    with pytest.raises(CreditOfCredit):
        credit(credit(issued()))


@db
@pytest.mark.parametrize("parts", [{}, {FULL: 0}, {Vat(6): 100}])
def test_nothing_or_another_rate_is_no_credit(parts):
    with pytest.raises(NothingToCredit):
        credit(issued(), parts)


@db
def test_a_note_says_to_whom_the_invoice_went_whatever_the_order_says_now():
    invoice = issued(EventFactory())
    order = invoice.order
    order.bill_name = "Ett annat namn AB"
    order.save()

    assert contents_in(credit(invoice))["buyer"] == contents_in(invoice)["buyer"]


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(1, 2_000_000), st.sampled_from([25, 12, 6])), min_size=1, max_size=6
    ),
    st.sampled_from([0, 50, 100]),
)
def test_what_a_cancellation_leaves_is_its_cost(rows, cost):
    """For any order: what is left after the note is the cost of each group, to the öre, and a second time is nothing."""
    charged = totals_of([Line("x", quantity, ore, Vat(rate)) for quantity, ore, rate in rows])

    parts = parts_above(charged, [], charged, cost)

    notes = [credit_of(charged, [], parts)] if parts else []
    left = charged.net_ore + sum(note.net_ore for note in notes)
    assert abs(left - charged.net_ore * cost / 100) <= len(charged.sums) / 2
    assert parts_above(charged, notes, charged, cost) == {}
    assert charged.payable_ore + sum(note.payable_ore for note in notes) >= 0
