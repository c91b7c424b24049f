"""Organisation numbers, against hand-worked ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.organisations.numbers import NotANumber, read_organisation_number
from tests.factories import organisation_number


# 556012-5790 is the Tax Agency's and Bolagsverket's own kind of example: 5+1+5·… Luhn sum 40.
@pytest.mark.parametrize(
    "text",
    ["5560125790", "556012-5790", " 556012 - 5790 ", "16556012-5790", "165560125790", "SE556012579001", "556012–5790"],
)
def test_read_organisation_number_understands_how_people_write_it(text):
    assert read_organisation_number(text) == "5560125790"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("556012-579", "length"),
        ("556012-57901", "length"),
        ("", "length"),
        ("företaget", "length"),
        ("٥٥٦٠١٢٥٧٩٠", "length"),
        ("556012-5791", "checksum"),
        ("811218-9876", "person"),
        ("001012-5790", "person"),
    ],
)
def test_read_organisation_number_says_what_is_wrong(text, code):
    with pytest.raises(NotANumber) as wrong:
        read_organisation_number(text)

    assert wrong.value.code == code


@given(st.integers(0, 999_999))
def test_read_organisation_number_takes_every_valid_number(n):
    number = organisation_number(n)

    assert read_organisation_number(f"{number[:6]}-{number[6:]}") == number


@given(st.integers(0, 999_999), st.integers(0, 9), st.integers(1, 9))
def test_read_organisation_number_notices_one_wrong_digit(n, place, shift):
    number = organisation_number(n)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]

    with pytest.raises(NotANumber):
        read_organisation_number(wrong)


@given(st.text(max_size=40))
def test_read_organisation_number_refuses_or_reads_but_never_breaks(text):
    try:
        digits = read_organisation_number(text)
    except NotANumber:
        return
    assert len(digits) == 10
    assert digits.isdigit()
