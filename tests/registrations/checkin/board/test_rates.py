"""People a minute, by hand."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from registrations.checkin.board.rates import HEIGHT, Bar, Pass, bars, heads_within, minute_by_minute, per_minute
from tests.factories import NOW


def ago(seconds: int, heads: int = 1, gate: int = 1) -> Pass:
    return Pass(gate, NOW - timedelta(seconds=seconds), heads)


def test_rate_is_heads_through_the_minutes():
    passes = [ago(10, heads=26), ago(299), ago(301, heads=3), ago(899)]

    assert (per_minute(passes, NOW, 5), per_minute(passes, NOW, 15)) == (27 / 5, 31 / 15)


def test_who_came_just_so_long_ago_is_out_and_who_comes_now_is_in():
    assert heads_within([ago(300), ago(0), ago(-1)], NOW, 5) == 1


def test_minutes_are_told_one_by_one_the_latest_last():
    passes = [ago(0), ago(59), ago(60, heads=5), ago(179, heads=7), ago(180), ago(-5)]

    assert minute_by_minute(passes, NOW, 3) == (7, 5, 2)


def test_bars_share_a_scale_and_the_least_is_seen():
    assert bars((0, 1, 20, 40), most=40) == (Bar(4, 22, 2), Bar(8, 12, 12), Bar(12, 0, 24))
    assert bars((0, 0), most=0) == ()


@given(
    st.lists(st.tuples(st.integers(-60, 4000), st.integers(0, 300)), max_size=30),
    st.integers(1, 60),
)
def test_minutes_add_up_to_what_came(told, minutes):
    """Whoever came in a whole number of minutes ago is on a border; everybody else is counted the same both ways."""
    passes = [ago(seconds, heads) for seconds, heads in told if seconds % 60]

    counts = minute_by_minute(passes, NOW, minutes)

    assert sum(counts) == heads_within(passes, NOW, minutes)
    assert all(0 < bar.height <= HEIGHT and bar.y + bar.height == HEIGHT for bar in bars(counts, max(counts)))
