"""Double entry by hand, and that it always balances."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.books.posting import Accounts, Entry, Voucher, balances, entries_of_paper, entries_of_payment
from registrations.money.amounts import Category, Line, Vat, totals_of
from registrations.money.crediting import credit_all

BAS = Accounts(
    receivable="1510",
    bank="1930",
    card="1580",
    rounding="3740",
    fees="3990",
    exempt="3044",
    eu="3308",
    export="3305",
    sales={25: "3041", 12: "3042", 6: "3043"},
    vat={25: "2611", 12: "2621", 6: "2631"},
)
VATS = [Vat(25), Vat(12), Vat(6), Vat(0, Category.EXEMPT), Vat(0, Category.REVERSE), Vat(0, Category.OUTSIDE)]
LINES = st.lists(
    st.builds(
        Line,
        text=st.just("x"),
        quantity=st.integers(1, 20),
        unit_ore=st.integers(1, 5_000_000),
        vat=st.sampled_from(VATS),
    ),
    min_size=1,
    max_size=8,
)


def test_invoice_by_hand():
    """4 900,50 kr at 25 %: 1 225,125 is 1 225,13 in VAT; 6 125,63 becomes 6 126 kr with 37 öre of rounding."""
    assert entries_of_paper(totals_of([Line("Bas", 1, 490_050)]), BAS) == (
        Entry("1510", 612_600),
        Entry("3041", -490_050),
        Entry("2611", -122_513),
        Entry("3740", -37),
    )


@pytest.mark.parametrize(
    ("category", "account"), [(Category.REVERSE, "3308"), (Category.OUTSIDE, "3305"), (Category.EXEMPT, "3044")]
)
def test_without_vat_the_sales_account_tells_why(category, account):
    totals = totals_of([Line("Bas", 1, 490_000, Vat(0, category))])

    assert entries_of_paper(totals, BAS) == (Entry("1510", 490_000), Entry(account, -490_000))


def test_payment_moves_the_debt():
    assert entries_of_payment(612_600, "bank", BAS) == (Entry("1930", 612_600), Entry("1510", -612_600))
    assert entries_of_payment(-100, "card", BAS) == (Entry("1580", -100), Entry("1510", 100))


def test_what_is_kept_as_a_reminder_fee_is_income():
    assert entries_of_payment(-6_000, "fee", BAS) == (Entry("3990", -6_000), Entry("1510", 6_000))


def test_voucher_that_does_not_balance_cannot_be_made():
    with pytest.raises(ValueError, match="does not balance"):
        Voucher("F", 1, date(2027, 3, 1), "", "", (Entry("1510", 1),))


@given(LINES)
def test_an_invoice_and_its_credit_leave_nothing(lines):
    charged = totals_of(lines)
    papers = [
        Voucher("F", at, date(2027, 3, 1), "", "", entries_of_paper(totals, BAS))
        for at, totals in enumerate([charged, credit_all(charged)], start=1)
    ]

    assert set(balances(papers).values()) <= {0}
    assert sum(entry.amount_ore for entry in papers[0].entries) == 0
