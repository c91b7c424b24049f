"""Next year's event out of last year's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.moments import STOCKHOLM
from events.programme.copying import moved, suggest_slug, weeks_on, with_year


def test_year_is_52_weeks_to_the_same_weekday():
    fair = date(2019, 3, 12)

    assert weeks_on(fair, after=date(2019, 12, 1)) == timedelta(weeks=52)
    assert fair + weeks_on(fair, after=date(2019, 12, 1)) == date(2020, 3, 10)


def test_event_of_long_ago_comes_to_the_nearest_same_weekday_of_a_coming_year():
    fair = date(2019, 3, 12)

    assert fair + weeks_on(fair, after=date(2026, 11, 22)) == date(2027, 3, 9)


def test_leap_day_has_an_anniversary():
    assert date(2024, 2, 29) + weeks_on(date(2024, 2, 29), after=date(2024, 3, 1)) == date(2025, 2, 27)


@given(st.dates(date(2015, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 2), date(2030, 1, 1)))
def test_copy_comes_later_on_the_same_weekday_within_four_days_of_the_date(day, after):
    copy = day + weeks_on(day, after)

    assert copy > after
    assert copy.weekday() == day.weekday()
    month_day = date(copy.year, day.month, min(day.day, 28) if day.month == 2 else day.day)
    distance = min(abs((copy - month_day.replace(year=copy.year + n)).days) for n in (-1, 0, 1))
    assert distance <= 4


def test_time_of_day_stays_over_summer_time():
    opens = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)  # 8.00 in winter time

    copied = moved(opens, timedelta(weeks=53))

    assert copied == datetime(2027, 3, 31, 8, 0, tzinfo=STOCKHOLM)
    assert copied.astimezone(UTC).hour == 6  # summer time by then


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("B2B-mässan 2026", "B2B-mässan 2027"),
        ("b2b-2026", "b2b-2027"),
        ("Våren 2026, Stadion 1910", "Våren 2027, Stadion 1910"),
        ("Order 120260", "Order 120260"),
        ("", ""),
    ],
)
def test_year_in_a_text_becomes_the_new_one(text, copied):
    assert with_year(text, 2026, 2027) == copied


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("B2B-mässan 2027", "b2b-massan-2027"),
        ("Företagsmässan", "foretagsmassan-2027"),
        ("Smørrebrød & Æbler", "smorrebrod-aebler-2027"),
        ("🎪🎉", "event-2027"),
        ("<script>alert(1)</script>", "scriptalert1script-2027"),
        ("Kick-start: hösten 1926", "kick-start-hosten-1926"),
    ],
)
def test_slug_is_made_of_plain_letters_and_a_year(name, slug):
    assert suggest_slug(name, 2027) == slug


def test_slug_that_is_taken_gets_a_number():
    assert suggest_slug("B2B 2027", 2027, taken={"b2b-2027", "b2b-2027-2"}) == "b2b-2027-3"


@given(st.text(max_size=300))
def test_every_name_gives_a_valid_slug(name):
    slug = suggest_slug(name, 2027)

    assert 0 < len(slug) <= 60
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
