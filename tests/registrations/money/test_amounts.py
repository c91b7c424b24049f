"""Rounding and VAT by hand, from the rules of the land."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.money.amounts import Category, Line, Vat, half_away, rounding_of, totals_of, vat_of


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [
        (1, 2, 1),
        (-1, 2, -1),
        (3, 2, 2),
        (-3, 2, -2),
        (49, 100, 0),
        (50, 100, 1),
        (-49, 100, 0),
        (-50, 100, -1),
        (0, 7, 0),
    ],
)
def test_halves_go_away_from_zero(numerator, denominator, whole):
    assert half_away(numerator, denominator) == whole


@pytest.mark.parametrize(
    ("taxable", "rate", "vat"),
    [(490_000, 25, 122_500), (2, 25, 1), (1, 25, 0), (-2, 25, -1), (833, 12, 100), (950, 6, 57)],
)
def test_vat_is_rounded_to_whole_öre(taxable, rate, vat):
    assert vat_of(taxable, Vat(rate)) == vat


@pytest.mark.parametrize(("total", "rounding"), [(149, -49), (150, 50), (100, 0), (-150, -50), (-149, 49)])
def test_fifty_öre_and_more_make_a_krona(total, rounding):
    assert rounding_of(total) == rounding


def test_vat_is_counted_once_a_rate_not_line_by_line():
    """Three lines of 2 öre: line by line 3 × 1 öre, together 6 öre × 25 % = 1,5, which is 2."""
    assert totals_of([Line("x", 1, 2)] * 3).vat_ore == 2


@pytest.mark.parametrize("vat", [(24, "S"), (25, "AE"), (0, "S")])
def test_rates_that_sweden_does_not_have_are_refused(vat):
    with pytest.raises(ValueError):
        Vat(vat[0], Category(vat[1]))


def test_negative_price_and_absurd_amount_are_refused():
    with pytest.raises(ValueError):
        Line("x", 1, -1)
    with pytest.raises(ValueError):
        Line("x", 10**6, 10**7)


@given(st.integers(-(10**12), 10**12))
def test_rounding_makes_whole_kronor_and_mirrors(total):
    rounding = rounding_of(total)

    assert (total + rounding) % 100 == 0
    assert abs(rounding) <= 50
    assert rounding_of(-total) == -rounding
