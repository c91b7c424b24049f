"""When a reminder is due: by hand, and twice never."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from registrations.bookings.places.reminding import is_due, reminder_moments

HERE = ZoneInfo("Europe/Stockholm")
ANSWER_BY = datetime(2027, 4, 9, 16, 0, tzinfo=HERE)
TOLD = datetime(2027, 3, 25, 12, 0, tzinfo=HERE)


def on(day: int, hour: int) -> datetime:
    return datetime(2027, 4, day, hour, 0, tzinfo=HERE)


def test_the_moments_are_mornings():
    assert reminder_moments(ANSWER_BY) == [on(6, 8), on(9, 8)]


def test_the_morning_keeps_its_hour_when_clocks_change():
    """29 March 2027 is the Monday after summer time began; three days before it was winter time."""
    answer_by = datetime(2027, 3, 29, 16, 0, tzinfo=HERE)

    assert [moment.hour for moment in reminder_moments(answer_by)] == [8, 8]


def test_due_three_days_before_and_on_the_day():
    assert not is_due(ANSWER_BY, TOLD, on(6, 7))
    assert is_due(ANSWER_BY, TOLD, on(6, 8))
    assert not is_due(ANSWER_BY, on(6, 8), on(8, 23))
    assert is_due(ANSWER_BY, on(6, 8), on(9, 8))
    assert not is_due(ANSWER_BY, on(9, 8), on(9, 15))


def test_not_after_the_time_is_out():
    assert not is_due(ANSWER_BY, TOLD, ANSWER_BY)


def test_whoever_was_told_on_the_day_is_not_reminded_the_same_day():
    assert not is_due(ANSWER_BY, on(9, 9), on(9, 12))


def test_a_missed_morning_is_made_up_for():
    assert is_due(ANSWER_BY, TOLD, on(7, 20))


@given(st.lists(st.integers(0, 20 * 96), max_size=60).map(sorted))
def test_never_more_than_two_reminders_however_often_it_runs(quarters):
    heard, sent = TOLD, 0
    for quarter in quarters:
        at = TOLD + timedelta(minutes=15 * quarter)
        if is_due(ANSWER_BY, heard, at):
            heard, sent = at, sent + 1

    assert sent <= 2
