"""The days with a letter, worked by hand. The evening is on Thursday 2027-04-22 at 17.00."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from registrations.allocation.letter_days import letter_day

ZONE = ZoneInfo("Europe/Stockholm")
BEGINS = datetime(2027, 4, 22, 17, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "clock", "is_one"),
    [
        ((2027, 4, 5), (7, 0), True),  # a Monday
        ((2027, 4, 5), (6, 59), False),
        ((2027, 4, 5), (23, 45), True),
        ((2027, 4, 6), (8, 0), False),
        ((2027, 4, 15), (8, 0), False),  # a Thursday, seven days before
        ((2027, 4, 16), (8, 0), True),
        ((2027, 4, 16), (6, 0), False),
        ((2027, 4, 22), (16, 45), True),
        ((2027, 4, 22), (17, 0), False),
        ((2027, 4, 26), (8, 0), False),  # a Monday, afterwards
    ],
)
def test_mondays_and_the_last_seven_days_have_a_letter(day, clock, is_one):
    at = datetime(*day, *clock, tzinfo=ZONE)

    assert letter_day(at, BEGINS) == (date(*day) if is_one else None)
