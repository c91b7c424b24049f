from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.look import formats

NIGHT = datetime(2019, 10, 22, 17, 30)


@pytest.mark.parametrize(
    ("language", "written"), [("sv", "12 mars 2019"), ("en", "12 March 2019"), (None, "12 mars 2019")]
)
def test_day_names_the_month(language, written):
    assert formats.day(date(2019, 3, 12), language).replace(formats.NBSP, " ") == written


@pytest.mark.parametrize(("language", "written"), [("sv", "tisdag 22 oktober"), ("en-gb", "Tuesday 22 October")])
def test_weekday_is_written_out(language, written):
    assert formats.weekday(NIGHT, language).replace(formats.NBSP, " ") == written


@pytest.mark.parametrize(
    ("language", "this_year", "written"),
    [("sv", 2019, "tis 22 okt"), ("sv", 2027, "tis 22 okt 2019"), ("en", None, "Tue 22 Oct")],
)
def test_short_day_adds_the_year_when_it_is_another(language, this_year, written):
    assert formats.short_day(NIGHT.date(), language, this_year).replace(formats.NBSP, " ") == written


@pytest.mark.parametrize(
    ("language", "this_year", "written"),
    [
        ("sv", None, "tis 22 okt 17.30"),
        ("sv", 2019, "tis 22 okt 17.30"),
        ("sv", 2027, "tis 22 okt 2019 17.30"),
        ("en", 2027, "Tue 22 Oct 2019 17:30"),
    ],
)
def test_moment_adds_the_year_when_it_is_another(language, this_year, written):
    assert formats.moment(NIGHT, language, this_year).replace(formats.NBSP, " ") == written


def test_span_of_one_day_says_the_day_once():
    written = formats.span(NIGHT, datetime(2019, 10, 22, 20, 0))

    assert written.replace(formats.NBSP, " ") == "tis 22 okt 17.30–20.00"


def test_span_over_midnight_says_both_days():
    written = formats.span(NIGHT, datetime(2019, 10, 23, 1, 0))

    assert written.replace(formats.NBSP, " ") == "tis 22 okt 17.30 – ons 23 okt 01.00"


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (16310, None, "16 310", "16,310"),
        (0, None, "0", "0"),
        (-1204, None, "−1 204", "−1,204"),
        (350.5, None, "350,5", "350.5"),
        (Decimal("2.675"), 2, "2,68", "2.68"),
        (1_000_000, None, "1 000 000", "1,000,000"),
    ],
)
def test_number_sets_thousands_apart(value, decimals, swedish, english):
    assert formats.number(value, "sv", decimals).replace(formats.NBSP, " ") == swedish
    assert formats.number(value, "en", decimals) == english


@pytest.mark.parametrize(
    ("share", "decimals", "swedish", "english"),
    [
        (54 / 71, 1, "76,1 %", "76.1%"),
        (64 / 71, 1, "90,1 %", "90.1%"),
        (1, 0, "100 %", "100%"),
        (0.845, 1, "84,5 %", "84.5%"),
    ],
)
def test_percent_of_a_share(share, decimals, swedish, english):
    assert formats.percent(share, "sv", decimals).replace(formats.NBSP, " ") == swedish
    assert formats.percent(share, "en", decimals) == english


@pytest.mark.parametrize(
    ("ore", "swedish", "english"), [(1217000, "12 170 kr", "SEK 12,170"), (1217050, "12 170,50 kr", "SEK 12,170.50")]
)
def test_kronor_shows_ore_only_when_there_are_any(ore, swedish, english):
    assert formats.kronor(ore, "sv").replace(formats.NBSP, " ") == swedish
    assert formats.kronor(ore, "en").replace(formats.NBSP, " ") == english


@given(st.integers(-(10**12), 10**12))
def test_number_reads_back(value):
    written = formats.number(value, "sv").replace(formats.NBSP, "").replace(formats.MINUS, "-")

    assert int(written) == value
