"""Shares and intervals, against numbers worked out by hand and numbers that were published."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from surveys.figures.shares import Interval, Share, finite_wilson, share, wilson


def rounded(interval: Interval) -> tuple[float, float]:
    """In per cent with one decimal, as people read it."""
    return round(interval.low * 100, 1), round(interval.high * 100, 1)


# --- Published and hand-worked --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k", "value", "endless", "finite"),
    [(54, 76.1, (65.0, 84.5), (68.6, 82.2)), (64, 90.1, (81.0, 95.1), (84.3, 94.0))],
)
def test_share_gives_the_figures_of_the_fair_of_2019(k, value, endless, finite):
    figure = share(k, 71, 134)

    assert round(figure.value * 100, 1) == value
    assert (rounded(figure.interval), rounded(figure.finite)) == (endless, finite)
    assert round(figure.response_rate * 100, 1) == 53.0


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857–872, table I, method 3 (score without correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_interval_is_the_published_one(k, n, low, high):
    interval = share(k, n).interval

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_interval_of_one_half_of_four_is_worked_by_hand():
    # z² = 3.8415: centre (0.5 + 0.4802) / 1.9604 = 0.5, half 1.96 / 1.9604 · √(0.0625 + 0.0600) = 0.3500
    interval = wilson(0.5, 4)

    assert (round(interval.low, 3), round(interval.high, 3)) == (0.150, 0.850)


def test_finite_interval_is_wilsons_with_more_effective_answers():
    # 71 of 134: 71 · 133 / 63 = 149.889 answers drawn from an endless population tell as much.
    assert finite_wilson(54, 71, 134) == wilson(54 / 71, 71 * 133 / 63)


# --- Edges ----------------------------------------------------------------------------------------------------------


def test_share_of_no_answers_has_no_value():
    assert share(0, 0, 134) == Share(0, 0, 134, None, None, None)


def test_share_of_no_answers_in_an_empty_population_has_no_response_rate():
    assert share(0, 0, 0).response_rate is None


def test_share_of_all_ends_at_one():
    figure = share(12, 12)

    assert (figure.value, figure.interval.high) == (1.0, 1.0)
    assert round(figure.interval.low, 4) == 0.7575  # 12 / (12 + z²)


def test_share_without_population_has_no_finite_interval():
    figure = share(3, 7)

    assert (figure.population, figure.finite, figure.response_rate) == (None, None, None)


def test_share_is_exact_when_everybody_answered():
    assert share(54, 71, 71).finite == Interval(54 / 71, 54 / 71)


def test_share_of_a_single_person_who_is_everybody_is_exact():
    assert share(1, 1, 1).finite == Interval(1.0, 1.0)


@pytest.mark.parametrize(("k", "n", "population"), [(3, 2, None), (-1, 2, None), (0, -1, None), (1, 5, 4), (0, 0, -1)])
def test_share_refuses_what_cannot_be(k, n, population):
    with pytest.raises(ValueError):
        share(k, n, population)


# --- Properties -----------------------------------------------------------------------------------------------------


@st.composite
def answers(draw) -> tuple[int, int, int]:
    """k of n of a population, at least one answer."""
    n = draw(st.integers(1, 5000))
    return draw(st.integers(0, n)), n, n + draw(st.integers(0, 20000))


@given(answers())
def test_intervals_hold_the_value_and_stay_between_none_and_all(case):
    figure = share(*case)

    for interval in (figure.interval, figure.finite):
        assert 0.0 <= interval.low <= figure.value + 1e-12
        assert figure.value - 1e-12 <= interval.high <= 1.0


@given(answers())
def test_finite_interval_lies_within_the_endless_one(case):
    figure = share(*case)

    assert figure.interval.low <= figure.finite.low + 1e-12
    assert figure.finite.high <= figure.interval.high + 1e-12


@given(answers())
def test_intervals_are_mirrored_when_the_other_answer_is_counted(case):
    k, n, population = case
    one, other = share(k, n, population), share(n - k, n, population)

    for this, that in ((one.interval, other.interval), (one.finite, other.finite)):
        assert this.low == pytest.approx(1 - that.high, abs=1e-9)
        assert this.high == pytest.approx(1 - that.low, abs=1e-9)


@given(answers(), st.integers(2, 5))
def test_interval_narrows_with_more_answers_of_the_same_share(case, times):
    k, n, _population = case
    few, many = share(k, n).interval, share(k * times, n * times).interval

    assert many.high - many.low <= few.high - few.low


@given(answers())
def test_finite_interval_approaches_the_endless_one_in_a_great_population(case):
    k, n, _population = case
    assume(n <= 500)
    figure = share(k, n, 500_000_000)

    assert figure.finite.low == pytest.approx(figure.interval.low, abs=1e-5)
    assert figure.finite.high == pytest.approx(figure.interval.high, abs=1e-5)
