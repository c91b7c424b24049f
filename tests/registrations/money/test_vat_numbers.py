"""VAT numbers: their form, their country, and what they mean for the tax."""

import pytest

from registrations.money.amounts import Category
from registrations.money.vat_numbers import EU, BadVatNumber, category_for, read_vat_number


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("DE136695976", "DE", "DE136695976"),
        ("de 136 695 976", "DE", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("DK13585628", "DK", "DK13585628"),
        ("FI20774740", "FI", "FI20774740"),
        ("EL094259216", "GR", "EL094259216"),
        ("SE 556012-5790 01", "SE", "SE556012579001"),
    ],
)
def test_number_is_read_as_people_write_it(text, country, number):
    assert read_vat_number(text, country) == number


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("DE136695977", "DE", "form"),
        ("DE13669597", "DE", "form"),
        ("hej", "DE", "form"),
        ("FI20774740", "DE", "country"),
        ("SE556012579001", "DE", "country"),
    ],
)
def test_wrong_number_says_why(text, country, code):
    with pytest.raises(BadVatNumber) as refused:
        read_vat_number(text, country)

    assert refused.value.code == code


def test_the_union_has_27_members():
    assert len(EU) == 27
    assert {"NO", "GB", "CH"}.isdisjoint(EU)


@pytest.mark.parametrize(
    ("country", "number", "category"),
    [
        ("SE", "", None),
        ("DE", "DE136695976", Category.REVERSE),
        ("DE", "", None),
        ("NO", "", Category.OUTSIDE),
        ("GB", "x", Category.OUTSIDE),
    ],
)
def test_country_and_number_decide(country, number, category):
    assert category_for(country, number) == category
