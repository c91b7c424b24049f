"""Prices by hand, from the rules of the land; and that sums always agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.money.amounts import Category, Line, Vat
from registrations.orders.pricing import Less, Thing, discount_of, price_of

BAS = Thing("Bas", 490_000)
POWER = Thing("El", 80_000)


def test_package_and_extras_at_25_per_cent():
    """4 900 + 2 × 800 = 6 500 kr; 25 % is 1 625; 8 125 kr to pay."""
    price = price_of(BAS, [Thing("El", 80_000, quantity=2)])

    assert (price.totals.net_ore, price.totals.vat_ore, price.totals.rounding_ore) == (650_000, 162_500, 0)
    assert price.totals.payable_ore == 812_500


def test_öre_are_rounded_once_and_shown():
    """4 900,50 kr: VAT 1 225,125 becomes 1 225,13; 6 125,63 is 6 126 kr with 0,37 in rounding."""
    price = price_of(Thing("Bas", 490_050))

    assert (price.totals.vat_ore, price.totals.rounding_ore, price.totals.payable_ore) == (122_513, 37, 612_600)


def test_fifty_öre_are_rounded_upwards():
    """40 öre without VAT: 10 öre in VAT make 50 öre, which is a krona."""
    assert price_of(Thing("x", 40)).totals.payable_ore == 100


def test_two_rates_are_taxed_apart():
    """4 900 at 25 % and a lunch of 150 kr at 12 %: 1 225 + 18."""
    price = price_of(BAS, [Thing("Lunch", 15_000, Vat(12))])

    assert [(one.vat.rate, one.taxable_ore, one.vat_ore) for one in price.totals.sums] == [
        (25, 490_000, 122_500),
        (12, 15_000, 1_800),
    ]
    assert price.totals.payable_ore == 629_300


def test_exempt_package_bears_no_vat():
    price = price_of(Thing("Bas", 490_000, Vat(0, Category.EXEMPT)))

    assert (price.totals.vat_ore, price.totals.payable_ore) == (0, 490_000)


@pytest.mark.parametrize(
    ("country", "vat_number", "category", "payable"),
    [
        ("DE", "DE136695976", Category.REVERSE, 490_000),
        ("DE", "", Category.STANDARD, 612_500),
        ("NO", "", Category.OUTSIDE, 490_000),
        ("SE", "SE559001001401", Category.STANDARD, 612_500),
    ],
)
def test_buyer_decides_whether_swedish_vat_is_due(country, vat_number, category, payable):
    price = price_of(BAS, country=country, vat_number=vat_number)

    assert {line.vat.category for line in price.lines} == {category}
    assert price.totals.payable_ore == payable


def test_discount_is_a_line_under_the_package_and_leaves_extras_alone():
    price = price_of(BAS, [POWER], Less("Vår", percent=10))

    assert price.lines == (Line("Bas", 1, 490_000), Line("Vår", -1, 49_000), Line("El", 1, 80_000))
    assert price.totals.net_ore == 521_000


def test_partner_pays_nothing():
    assert price_of(BAS, less=Less("Partner", percent=100)).is_free


def test_amount_off_is_never_more_than_the_package():
    assert price_of(BAS, less=Less("x", amount_ore=600_000)).is_free
    assert discount_of(490_000, Less("x", amount_ore=100_000)) == 100_000
    assert discount_of(490_000, None) == 0


THINGS = st.builds(
    Thing,
    text=st.just("x"),
    unit_ore=st.integers(0, 10_000_000),
    vat=st.sampled_from([Vat(25), Vat(12), Vat(6), Vat(0, Category.EXEMPT)]),
    quantity=st.integers(0, 20),
)
LESS = (
    st.none()
    | st.builds(Less, text=st.just("-"), percent=st.integers(1, 100))
    | st.builds(Less, text=st.just("-"), amount_ore=st.integers(1, 10**7))
)


@given(THINGS, st.lists(THINGS, max_size=6), LESS, st.sampled_from([("SE", ""), ("DE", "DE136695976"), ("NO", "")]))
def test_lines_sum_to_the_totals_and_whole_kronor_are_paid(package, extras, less, buyer):
    price = price_of(Thing("p", package.unit_ore, package.vat), extras, less, country=buyer[0], vat_number=buyer[1])
    totals = price.totals

    assert sum(line.net_ore for line in price.lines) == totals.net_ore
    assert sum(one.taxable_ore for one in totals.sums) == totals.net_ore
    assert totals.payable_ore % 100 == 0
    assert -49 <= totals.rounding_ore <= 50
    assert totals.net_ore >= 0
    assert abs(totals.vat_ore * 100 - sum(one.taxable_ore * one.vat.rate for one in totals.sums)) <= 50 * len(
        totals.sums
    )
