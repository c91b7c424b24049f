import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.figures.figure import Reason, suppress
from surveys.figures.shares import Interval
from tests.surveys.figures.examples import AT, asked, count, figure


def test_figure_carries_all_that_it_rests_on():
    made = figure()

    assert (made.k, made.n, made.population) == (54, 71, 134)
    assert round(made.value, 4) == 0.7606
    assert (made.suppressed, made.reason) == (False, None)
    assert (made.method, made.computed_at) == ("wilson-1", AT)
    assert made.asked.source == "survey:b2b-2019-exhibitors/satisfied@1"
    assert made.asked.anchor == "exhibitors-satisfied"


def test_figure_of_fewer_than_five_answers_withholds_all_but_n():
    made = figure(k=3, n=4)

    assert (made.k, made.value, made.interval, made.finite) == (None, None, None, None)
    assert (made.n, made.suppressed, made.reason) == (4, True, Reason.TOO_FEW)


def test_figure_of_five_answers_is_shown():
    assert figure(k=3, n=5).suppressed is False


def test_figure_without_answers_says_that_nobody_answered():
    made = figure(k=0, n=0)

    assert (made.value, made.suppressed, made.reason) == (None, True, Reason.NO_ANSWERS)


def test_figure_without_answers_is_withheld_even_when_nothing_else_is():
    assert figure(k=0, n=0, below=0).reason == Reason.NO_ANSWERS


def test_figure_leaves_out_a_population_smaller_than_its_answers():
    made = figure(k=54, n=71, population=70)

    assert (made.population, made.finite, made.response_rate) == (None, None, None)
    assert made.interval is not None


def test_figure_is_exact_when_everybody_answered():
    made = figure(k=54, n=71, population=71)

    assert made.is_exact
    assert made.finite == Interval(54 / 71, 54 / 71)


def test_figure_keeps_the_version_of_its_question():
    assert figure(version=3).asked.source == "survey:b2b-2019-exhibitors/satisfied@3"


def test_figure_refuses_more_counted_than_answered():
    with pytest.raises(ValueError):
        figure(k=2, n=1)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 20))
def test_suppression_never_leaves_a_small_figure(k, extra, below):
    made = figure(k=k, n=k + extra, population=None, below=below)

    shown = made.k is not None
    assert shown == (made.value is not None) == (made.interval is not None) == (not made.suppressed)
    assert shown == (made.n >= max(below, 1))


def test_suppression_done_twice_is_suppression_done_once():
    made = figure(k=1, n=2)

    assert suppress(made, below=5) == made


@pytest.mark.parametrize(("key", "source"), [("exhibitors", "registrations:b2b-2019"), ("attendance", "door:b2b-2019")])
def test_count_names_its_source(key, source):
    made = count(key)

    assert (made.source, made.anchor) == (source, f"count-{key}")


def test_asked_knows_its_place_on_the_page():
    assert asked("contacts").anchor == "exhibitors-contacts"
