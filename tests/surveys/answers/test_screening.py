import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.screening import screened


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("mejla anna.svensson@skola.example nu", "mejla [e-post] nu"),
        ("fröken@skolan.example.", "[e-post]."),
        ("anna(at)skola.example", "[e-post]"),
        ("ring 070-123 45 67!", "ring [telefon]!"),
        ("(040) 12 34 56", "[telefon]"),
        ("(070-123 45 67)", "([telefon])"),
        ("08-123 456 78", "[telefon]"),
        ("0731234567", "[telefon]"),
        ("0701234567", "[personnummer]"),  # could be either: 23 January 2007
        ("070 – 123 45 67", "[telefon]"),
        ("+46 70 123 45 67", "[telefon]"),
        ("+46 (0)70 123 45 67", "[telefon]"),
        ("0046701234567", "[telefon]"),
        ("+45 12 34 56 78", "[telefon]"),
        ("jag är 19900101-1234", "jag är [personnummer]"),
        ("900101-1234", "[personnummer]"),
        ("9001011234", "[personnummer]"),
        ("199001011234", "[personnummer]"),
        ("900101+1234", "[personnummer]"),
        ("900161-1234", "[personnummer]"),
        ("1990-01-01-1234", "[personnummer]"),
        ("900101 1234", "[personnummer]"),
        ("000229-1234", "[personnummer]"),
    ],
)
def test_what_leads_to_a_person_is_taken_out(text, kept):
    assert screened(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "2019",
        "2019-2020",
        "2019–2020 och 2021",
        "åren 2018 2019 2020",
        "den 2019-10-01",
        "2019-10-01 1200",
        "01-02-2019",
        "kl 08.30-09.15",
        "08.30, 09.15 och 10.00",
        "1 200 000 kr",
        "20 000 000 kr",
        "0,75 och 1,25",
        "sal 01-203",
        "54 av 71 svarande (76 %)",
        "991399-1234",
        "mer än 1000000000",
        "@skolan",
        "",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text):
    assert screened(text) == text


@given(st.text(max_size=200))
def test_screening_twice_is_screening_once(text):
    assert screened(screened(text)) == screened(text)


WORDS = st.text("abcåäö ,.!", max_size=20).map(lambda text: f"{text} ")
YEARS = st.integers(1930, 2029)


@given(WORDS, YEARS, st.integers(1, 12), st.integers(1, 28), st.booleans(), st.integers(0, 9999), WORDS)
def test_every_identity_number_is_taken_out(before, year, month, day, coordinated, last, after):
    born = f"{year}{month:02}{day + 60 * coordinated:02}"
    for number in (born, born[2:], f"{born}-", f"{born[2:]}-", f"{born[2:]}+"):
        assert f"{last:04}" not in screened(f"{before}{number}{last:04} {after}")


@given(
    WORDS, st.sampled_from(["070", "073", "08", "040", "0470"]), st.lists(st.integers(10, 99), min_size=3, max_size=4)
)
def test_every_swedish_number_is_taken_out(before, area, pairs):
    for text in ("-", " ", ""):
        number = area + text + " ".join(map(str, pairs))
        found = screened(f"{before}{number}")
        assert re.findall(r"\d", found) == []
        assert found[-1] == "]"


@given(WORDS, YEARS, YEARS, st.sampled_from(["-", "–", "/", " till "]), WORDS)
def test_spans_of_years_stay(before, first, last, between, after):
    text = f"{before}{first}{between}{last} {after}"

    assert screened(text) == text
