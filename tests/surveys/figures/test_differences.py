"""Differences between years and series over them, against Newcombe's published intervals and statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from surveys.figures.differences import Direction, Word, difference, newcombe, word_of
from surveys.figures.measures import measure_of
from surveys.figures.shares import Interval, share
from surveys.figures.trends import Observation, series
from tests.surveys.figures.examples import AT, asked, figure


def between(k1: int, n1: int, k2: int, n2: int) -> Interval:
    one, other = share(k1, n1), share(k2, n2)
    return newcombe(one.value, one.interval, other.value, other.interval)


def measure(counts: dict[int, int], statistic: str = "mean", population: int | None = None):
    return measure_of(asked(), statistic, counts, population=population, below=5, computed_at=AT)


# --- Intervals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873–890, table II, method 10 (score without correction).
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0000),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_interval_is_the_published_one(k1, n1, k2, n2, low, high):
    interval = between(k1, n1, k2, n2)

    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.data())
def test_interval_is_statsmodels(data):
    n1, n2 = data.draw(st.integers(1, 400)), data.draw(st.integers(1, 400))
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))

    interval = between(k1, n1, k2, n2)

    oracle = confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")
    assert (interval.low, interval.high) == pytest.approx(oracle, abs=1e-9)


def test_interval_of_symmetric_ones_adds_their_squares():
    assert newcombe(7, Interval(4, 10), 5, Interval(1, 9)) == Interval(-3, 7)


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "interval", "direction", "word"),
    [
        (2, Interval(1, 3), Direction.HIGHER, Word.BETTER),
        (2, Interval(1, 3), Direction.LOWER, Word.WORSE),
        (-2, Interval(-3, -1), Direction.HIGHER, Word.WORSE),
        (-2, Interval(-3, -1), Direction.LOWER, Word.BETTER),
        (2, Interval(-1, 5), Direction.HIGHER, Word.CANNOT_TELL),
        (2, Interval(0, 4), Direction.HIGHER, Word.CANNOT_TELL),
        (0, Interval(0, 0), Direction.HIGHER, Word.UNCHANGED),
        (2, None, Direction.HIGHER, Word.CANNOT_TELL),
    ],
)
def test_word_says_what_the_interval_leaves_out(value, interval, direction, word):
    assert word_of(value, interval, direction) == word


def test_difference_compares_those_who_were_there():
    endless = difference(figure(54, 71, None), figure(44, 71, None))
    finite = difference(figure(54, 71, 80), figure(44, 71, 80))

    assert (endless.word, finite.word) == (Word.CANNOT_TELL, Word.BETTER)
    assert (endless.value, endless.method) == (pytest.approx(10 / 71), "newcombe-10-1")


def test_difference_of_means_is_in_their_unit():
    found = difference(measure({8: 20, 9: 20}), measure({6: 20, 7: 20}))

    assert (found.value, found.word, found.method) == (2, Word.BETTER, "difference-normal-1")


def test_difference_of_means_without_an_interval_cannot_be_told():
    assert difference(measure({8: 20}), measure({6: 20, 7: 20})).word == Word.CANNOT_TELL


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        (figure(2, 3), figure()),
        (figure(), figure(2, 3)),
        (figure(), measure({7: 9})),
        (measure({7: 9}), measure({7: 9}, "nps")),
    ],
)
def test_what_is_withheld_or_of_another_kind_is_not_compared(later, earlier):
    assert difference(later, earlier) is None


# --- Series -----------------------------------------------------------------------------------------------------------


def test_series_breaks_where_the_meaning_changes():
    years = [(2021, "b", figure(60)), (2018, "a", figure(20)), (2019, "a", figure(54)), (2020, "b", figure(55))]

    steps = series([Observation(*year) for year in years])

    assert [(step.year, step.is_break, step.change and step.change.word) for step in steps] == [
        (2018, False, None),
        (2019, False, Word.BETTER),
        (2020, True, None),
        (2021, False, Word.CANNOT_TELL),
    ]


def test_series_has_no_change_beside_a_withheld_year():
    steps = series([Observation(2018, "a", figure(1, 3)), Observation(2019, "a", figure())])

    assert [(step.is_break, step.change) for step in steps] == [(False, None), (False, None)]
