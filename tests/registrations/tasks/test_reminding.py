"""When a digest is due, by Stockholm's clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.moments import STOCKHOLM
from registrations.tasks.reminding import digest_day


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 3, 1, 5, 59, 59, tzinfo=UTC), None),  # Monday 06.59.59 in Stockholm
        (datetime(2027, 3, 1, 6, 0, tzinfo=UTC), date(2027, 3, 1)),
        (datetime(2027, 3, 1, 22, 59, tzinfo=UTC), date(2027, 3, 1)),
        (datetime(2027, 3, 1, 23, 0, tzinfo=UTC), None),  # Tuesday there, Monday in UTC
        (datetime(2027, 3, 7, 23, 30, tzinfo=UTC), None),  # Monday half past midnight
        (datetime(2027, 3, 29, 5, 0, tzinfo=UTC), date(2027, 3, 29)),  # the first Monday of summer time, 07.00
        (datetime(2026, 10, 26, 5, 30, tzinfo=UTC), None),  # the first of winter time, 06.30
    ],
)
def test_only_on_mondays_from_seven(at, day):
    assert digest_day(at.astimezone(STOCKHOLM)) == day


@given(st.datetimes(datetime(2024, 1, 1), datetime(2034, 1, 1)))
def test_two_different_digest_days_are_whole_weeks_apart(naive):
    at = naive.replace(tzinfo=UTC)
    found = {digest_day((at + timedelta(hours=hours)).astimezone(STOCKHOLM)) for hours in range(0, 24 * 14, 3)} - {None}

    assert {(day - min(found)).days % 7 for day in found} == {0}
