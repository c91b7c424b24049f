"""Means, medians, NPS and NKI against numbers worked by hand, published ones, and scipy and statsmodels."""

from math import sqrt
from statistics import median as statistics_median

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from surveys.figures.figure import Reason
from surveys.figures.measures import estimate, mean, measure_of, median, nki, nps
from surveys.figures.shares import Interval
from surveys.figures.student import t_95
from tests.surveys.figures.examples import AT, asked

numbers = st.dictionaries(st.integers(0, 10), st.integers(0, 60), max_size=11)


def spread(counts: dict[int, int]) -> list[int]:
    """Each answer by itself, in order."""
    return [value for value in sorted(counts) for _ in range(counts[value])]


# --- Student ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("freedom", "table"), [(1, 12.706), (2, 4.303), (9, 2.262), (30, 2.042), (120, 1.980)])
def test_t_is_the_tables(freedom, table):
    assert round(t_95(freedom), 3) == table


@given(st.integers(1, 20_000))
def test_t_is_scipys(freedom):
    assert t_95(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-9)


def test_t_needs_a_degree_of_freedom():
    with pytest.raises(ValueError, match="no degree"):
        t_95(0)


# --- Mean -------------------------------------------------------------------------------------------------------------


def test_mean_is_worked_by_hand():
    # 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32, s² = 32/7, s/√8 = 0.7559, t(7) = 2.3646: ± 1.78745
    found = mean({2: 1, 4: 3, 5: 2, 7: 1, 9: 1})

    assert (found.value, found.n) == (5, 8)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (3.2125, 6.7875)


def test_mean_of_half_the_population_is_narrower_by_the_root_of_a_half():
    endless, finite = mean({4: 5, 6: 5}), mean({4: 5, 6: 5}, 20)

    assert finite.interval.high - 5 == pytest.approx((endless.interval.high - 5) * sqrt(0.5))


def test_mean_stays_on_its_scale():
    assert mean({1: 1, 5: 4}, ends=(1, 5)).interval.high == 5


@given(numbers)
def test_mean_is_statsmodels(counts):
    answers = spread(counts)
    assume(len(set(answers)) > 1)
    oracle = DescrStatsW(np.array(answers, dtype=float))

    found = mean(counts)

    assert found.value == pytest.approx(oracle.mean)
    assert (found.interval.low, found.interval.high) == pytest.approx(oracle.tconfint_mean(0.05))


# --- Median -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "rank"), [(5, None), (6, 1), (10, 2), (15, 4), (20, 6), (25, 8), (50, 18), (100, 40)])
def test_median_has_the_ranks_of_the_tables(n, rank):
    # Conover (1999), and Altman's table for the median in Statistics with Confidence (2000).
    found = median(dict.fromkeys(range(1, n + 1), 1))

    assert found.value == (n + 1) / 2
    assert found.interval == (Interval(rank, n + 1 - rank) if rank else None)


@given(numbers)
def test_median_is_in_the_middle_and_in_its_interval(counts):
    answers = spread(counts)
    assume(answers)

    found = median(counts)

    assert found.value == statistics_median(answers)
    assert found.interval is None or found.interval.low <= found.value <= found.interval.high


@given(st.integers(6, 3000))
def test_median_ranks_are_binomial(n):
    low = median(dict.fromkeys(range(1, n + 1), 1)).interval.low

    assert stats.binom.cdf(low - 1, n, 0.5) <= 0.025 + 1e-4
    assert n > 1000 or stats.binom.cdf(low, n, 0.5) > 0.025


# --- NPS --------------------------------------------------------------------------------------------------------------


def test_nps_is_worked_by_hand():
    # 50 promoters, 30 passive, 20 detractors: 30; variance 0.7 − 0.09 = 0.61; 1.96 · √(0.61 / 100) = 0.1531
    found = nps({10: 30, 9: 20, 8: 10, 7: 20, 6: 10, 0: 10})

    assert found.value == pytest.approx(30)
    assert (round(found.interval.low, 1), round(found.interval.high, 1)) == (14.7, 45.3)


def test_nps_of_those_who_were_there_is_narrower():
    # (200 − 100) / 199 of the variance: 15.31 · √0.50251 = 10.85
    found = nps({10: 50, 8: 30, 0: 20}, 200)

    assert round(found.interval.high - found.value, 2) == 10.85


def test_nps_of_everybody_is_exact():
    assert nps({10: 3, 0: 1}, 4).interval == Interval(50, 50)


@given(numbers)
def test_nps_is_the_mean_of_ones_and_its_variance_numpys(counts):
    ones = [1 if value >= 9 else -1 if value <= 6 else 0 for value in spread(counts)]
    assume(len(set(ones)) > 1)

    found = nps(counts)

    assert found.value == pytest.approx(100 * np.mean(ones))
    half = 100 * stats.norm.ppf(0.975) * sqrt(np.var(ones) / len(ones))
    assert found.interval.high == pytest.approx(min(100, found.value + half))


# --- NKI --------------------------------------------------------------------------------------------------------------


def test_nki_is_worked_by_hand():
    # Three respondents with 7, 8, 9 (24), 10, 10, 10 (30) and 4, 5, 6 (15): 77.78, 100 and 44.44; mean 74.07
    found = nki({24: 1, 30: 1, 15: 1})

    assert round(found.value, 2) == 74.07
    assert found.interval.high == 100


@pytest.mark.parametrize(("total", "index"), [(3, 0), (30, 100), (15, 400 / 9), (21, 600 / 9)])
def test_nki_runs_from_nought_to_a_hundred(total, index):
    assert nki({total: 7}).value == pytest.approx(index)


@pytest.mark.parametrize("total", range(3, 31))
def test_nki_of_like_answers_has_no_interval_whatever_they_say(total):
    assert nki({total: 9, 5 if total != 5 else 6: 0}).interval is None


# --- Edges ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statistic", ["mean", "median", "nps", "nki"])
def test_no_answers_have_no_value(statistic):
    found = estimate(statistic, {}, 10)

    assert (found.value, found.interval, found.n, found.population) == (None, None, 0, 10)


@pytest.mark.parametrize("statistic", ["mean", "nps", "nki"])
def test_like_answers_are_no_proof_of_certainty(statistic):
    assert estimate(statistic, {10: 9}).interval is None


@pytest.mark.parametrize("statistic", ["mean", "median", "nps"])
def test_everybody_is_certain_and_too_few_people_are_not_the_ones_who_answered(statistic):
    assert estimate(statistic, {10: 9}, 9).interval.low == estimate(statistic, {10: 9}, 9).value
    assert estimate(statistic, {10: 9}, 8).population is None


@pytest.mark.parametrize(("statistic", "counts"), [("nps", {11: 1}), ("nki", {31: 1}), ("mean", {1: -1})])
def test_answers_that_cannot_be_are_refused(statistic, counts):
    with pytest.raises(ValueError):
        estimate(statistic, counts)


@given(numbers, st.integers(0, 700), st.sampled_from(["mean", "median", "nps"]))
def test_an_interval_holds_its_value_and_is_never_wider_in_a_population(counts, population, statistic):
    endless, finite = estimate(statistic, counts), estimate(statistic, counts, population)

    if finite.interval and endless.interval:
        assert finite.interval.low - 1e-9 <= finite.value <= finite.interval.high + 1e-9
        assert finite.interval.high - finite.interval.low <= endless.interval.high - endless.interval.low + 1e-9


# --- Measures ---------------------------------------------------------------------------------------------------------


def test_measure_of_few_is_withheld_and_keeps_how_many():
    few = measure_of(asked(), "mean", {7: 2, 8: 2}, population=10, below=5, computed_at=AT)
    enough = measure_of(asked(), "mean", {7: 2, 8: 3}, population=10, below=5, computed_at=AT)

    assert (few.suppressed, few.reason, few.value, few.interval, few.n) == (True, Reason.TOO_FEW, None, None, 4)
    assert (enough.suppressed, enough.reason, enough.value, enough.response_rate) == (False, None, 7.6, 0.5)
    assert enough.method == "mean-t-1"


@pytest.mark.parametrize(("waiting", "reason"), [(True, Reason.WAITING), (False, Reason.NO_ANSWERS)])
def test_measure_of_none_says_why(waiting, reason):
    nothing = measure_of(asked(), "nps", {}, population=None, below=5, computed_at=AT, waiting=waiting)

    assert (nothing.reason, nothing.response_rate, nothing.is_exact) == (reason, None, False)
