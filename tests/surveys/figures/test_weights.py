import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.figures.shares import Interval, wilson
from surveys.figures.weights import Layer, Refused, Weighted, weighted_share


def test_share_counts_people_and_not_answers():
    # Lund: 8 of 10 answers speak for 100 people, Malmö: 10 of 40 for 300: 0.25 · 0.8 + 0.75 · 0.25 = 0.3875
    found = weighted_share({"Lund": Layer(8, 10, 100), "Malmö": Layer(10, 40, 300)}, below=5)

    assert found.value == pytest.approx(0.3875)
    # Variance 0.0625 · 0.9 · 0.16/9 + 0.5625 · (260/300) · 0.1875/39 = 0.001 + 0.00234375: as 70.99 answers
    oracle = wilson(0.3875, 0.3875 * 0.6125 / 0.00334375)
    assert (found.interval.low, found.interval.high) == pytest.approx((oracle.low, oracle.high))


def test_one_layer_is_nearly_the_plain_share():
    found = weighted_share({"Lund": Layer(54, 71, 134)}, below=5)

    assert found.value == pytest.approx(54 / 71)
    assert (round(found.interval.low, 2), round(found.interval.high, 2)) == (0.69, 0.82)


def test_everybody_is_exact():
    assert weighted_share({"Lund": Layer(3, 6, 6)}, below=5) == Weighted(0.5, Interval(0.5, 0.5))


def test_all_alike_still_have_an_interval():
    found = weighted_share({"Lund": Layer(10, 10, 50), "Malmö": Layer(10, 10, 50)}, below=5)

    assert (found.value, found.interval) == (1.0, wilson(1.0, 20))


@pytest.mark.parametrize(
    ("layers", "refused", "where"),
    [
        ({"Lund": Layer(8, 10, 100), "Höör": Layer(0, 0, 30)}, Refused.TOO_FEW, ("Höör",)),
        ({"Lund": Layer(8, 10, 100), "Höör": Layer(2, 4, 30)}, Refused.TOO_FEW, ("Höör",)),
        ({"Lund": Layer(8, 10, 100), "": Layer(6, 6, 0)}, Refused.NO_POPULATION, ("",)),
        ({}, Refused.NO_POPULATION, ()),
    ],
)
def test_share_is_refused_where_some_people_have_no_say(layers, refused, where):
    assert weighted_share(layers, below=5) == Weighted(None, None, refused, where)


def test_an_empty_layer_is_left_out():
    assert weighted_share({"Lund": Layer(8, 10, 100), "Höör": Layer(0, 0, 0)}, below=5).value == 0.8


def test_answers_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="more gave"):
        weighted_share({"Lund": Layer(11, 10, 100)}, below=5)


@given(st.lists(st.tuples(st.integers(5, 50), st.integers(0, 100), st.floats(0, 1)), min_size=1, max_size=6))
def test_share_lies_between_its_layers_and_in_its_interval(rows):
    layers = {str(number): Layer(round(share * n), n, n + more) for number, (n, more, share) in enumerate(rows)}
    shares = [layer.k / layer.n for layer in layers.values()]

    found = weighted_share(layers, below=5)

    assert min(shares) - 1e-9 <= found.value <= max(shares) + 1e-9
    assert found.interval.low - 1e-9 <= found.value <= found.interval.high + 1e-9
