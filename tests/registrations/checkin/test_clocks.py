"""Times by the phones' clocks, in words."""

from datetime import timedelta

import pytest
from django.utils import translation

from registrations.checkin.clocks import ago, clock_in_words, length_of, sure_to, time_of_day
from tests.factories import NOW

S, MIN, H = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_time_of_day_is_stockholms_to_the_second():
    with translation.override("sv"):
        swedish = time_of_day(NOW + 13 * S)

    assert (swedish, time_of_day(NOW + 13 * S)) == ("10.00.13", "10:00:13")


@pytest.mark.parametrize(
    ("error", "says"), [(None, ""), (0, "± 1 s"), (1001, "± 2 s"), (119_000, "± 119 s"), (120_001, "± 3 min")]
)
def test_uncertainty_is_rounded_up(error, says):
    assert sure_to(error).replace("\u00a0", " ") == says


@pytest.mark.parametrize(
    ("span", "says"),
    [
        (0 * S, "0 s"),
        (119 * S, "119 s"),
        (2 * MIN, "2 min"),
        (119 * MIN, "119 min"),
        (2 * H, "2 h"),
        (49 * H, "2 days"),
    ],
)
def test_length_is_said_in_one_unit(span, says):
    assert length_of(span).replace("\u00a0", " ") == says


@pytest.mark.parametrize(
    ("span", "says"),
    [(59 * S, "just now"), (60 * S, "1 min ago"), (179 * S, "2 min ago"), (3 * H, "3 h ago")],
)
def test_how_long_ago(span, says):
    assert ago(NOW - span, NOW).replace("\u00a0", " ") == says


def test_long_ago_is_the_moment_itself_and_nothing_is_never():
    long_ago = ago(NOW - 25 * H, NOW).replace("\u00a0", " ")

    assert (long_ago, ago(None, NOW)) == ("Sun 28 Feb 09:00", "never")


@pytest.mark.parametrize(
    ("offset", "error", "says"),
    [
        (None, None, "not measured"),
        (1999, 40, "right (± 1 s)"),
        (-1999, None, "right"),
        (240_000, 1500, "4 min slow (± 2 s)"),
        (-3_000, 40, "3 s fast (± 1 s)"),
    ],
)
def test_clock_is_ahead_or_behind(offset, error, says):
    assert clock_in_words(offset, error).replace("\u00a0", " ") == says
