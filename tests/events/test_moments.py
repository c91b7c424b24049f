"""The two nights a year when a Swedish clock cannot be trusted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from events.moments import STOCKHOLM, MomentField, NoSuchMoment, SkippedThatNight, TwiceThatNight, from_wall_clock

BACK = datetime(2026, 10, 25, 2, 30)
FORWARD = datetime(2027, 3, 28, 2, 30)


class MomentForm(forms.Form):
    starts_at = MomentField()


def test_plain_time_is_that_moment_in_stockholm():
    assert from_wall_clock(datetime(2027, 3, 24, 9, 0)) == datetime(2027, 3, 24, 8, 0, tzinfo=UTC)
    assert from_wall_clock(datetime(2027, 7, 1, 9, 0)) == datetime(2027, 7, 1, 7, 0, tzinfo=UTC)


def test_hour_that_comes_twice_is_refused_with_its_bounds():
    with pytest.raises(TwiceThatNight) as fault:
        from_wall_clock(BACK)

    assert (fault.value.first, fault.value.last) == (datetime(2026, 10, 25, 2, 0), datetime(2026, 10, 25, 3, 0))


def test_hour_that_never_comes_is_refused_with_its_bounds():
    with pytest.raises(SkippedThatNight) as fault:
        from_wall_clock(FORWARD)

    assert (fault.value.first, fault.value.last) == (datetime(2027, 3, 28, 2, 0), datetime(2027, 3, 28, 3, 0))


@pytest.mark.parametrize("night", [BACK, FORWARD])
def test_bounds_of_the_hour_would_do(night):
    before, after = night.replace(hour=1, minute=59), night.replace(hour=3, minute=0)

    assert from_wall_clock(after) > from_wall_clock(before)


def test_half_hour_shift_of_another_zone_has_its_own_bounds():
    with pytest.raises(TwiceThatNight) as fault:
        from_wall_clock(datetime(2027, 4, 4, 1, 45), ZoneInfo("Australia/Lord_Howe"))

    assert fault.value.last - fault.value.first == timedelta(minutes=30)


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)))
def test_every_moment_reads_back_as_the_time_that_was_typed(wall):
    try:
        moment = from_wall_clock(wall)
    except NoSuchMoment:
        assert wall.hour == 2
    else:
        assert moment.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None) == wall


@pytest.mark.parametrize(("typed", "code"), [("2026-10-25T02:30", "twice"), ("2027-03-28T02:30", "skipped")])
def test_field_says_what_would_do_and_keeps_what_was_typed(typed, code):
    form = MomentForm({"starts_at": typed})

    assert form.has_error("starts_at", code)
    message = form.errors["starts_at"][0]
    assert [time in message for time in ("02.30", "02.00", "03.00")] == [True, True, True]
    assert f'value="{typed}"' in str(form["starts_at"])


@pytest.mark.parametrize("typed", ["2027-03-24T09:00", "2027-03-24 09:00", "2027-03-24 09.00", " 2027-03-24T09:00 "])
def test_field_reads_what_browsers_and_people_write(typed):
    form = MomentForm({"starts_at": typed})

    assert form.is_valid()
    assert form.cleaned_data["starts_at"] == datetime(2027, 3, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "in March",
        "2027-13-40T09:00",
        "2027-02-30T09:00",
        "9999-12-31T23:59",
        "0001-01-01T00:00",
        "🎪",
        "2027-03-24T25:00",
    ],
)
def test_field_refuses_what_is_no_day_and_time(typed):
    form = MomentForm({"starts_at": typed})

    assert form.has_error("starts_at", "invalid")


def test_field_shows_a_stored_moment_in_stockholm():
    form = MomentForm(initial={"starts_at": datetime(2027, 7, 1, 7, 0, tzinfo=UTC)})

    assert 'value="2027-07-01T09:00"' in str(form["starts_at"])
