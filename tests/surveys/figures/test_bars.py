import pytest

from surveys.figures.bars import Span, bar_of
from tests.surveys.figures.examples import figure


def test_bar_has_its_places_in_per_cent_of_its_width():
    bar = bar_of(figure(), "sv")

    assert (bar.value, bar.anchor) == ("76.06%", "middle")
    assert bar.interval == Span("64.96%", "84.48%", "19.52%")
    assert bar.finite == Span("68.63%", "82.18%", "13.55%")


@pytest.mark.parametrize(("k", "anchor"), [(0, "start"), (5, "start"), (35, "middle"), (70, "end"), (71, "end")])
def test_label_near_an_end_hangs_from_its_other_side(k, anchor):
    assert bar_of(figure(k=k), "sv").anchor == anchor


def test_label_is_in_the_readers_language():
    assert (bar_of(figure(), "sv").label, bar_of(figure(), "en").label) == ("76,1\u00a0%", "76.1%")


def test_bar_without_population_has_one_line():
    assert bar_of(figure(population=None), "sv").finite is None


def test_figure_that_is_withheld_has_no_bar():
    assert bar_of(figure(k=1, n=2), "sv") is None
