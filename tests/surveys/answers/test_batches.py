from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.batches import count_to_open, opens_from


@pytest.mark.parametrize(
    ("sealed", "opened", "closed", "count"),
    [
        (0, 0, False, 0),
        (9, 0, False, 0),
        (10, 0, False, 5),
        (23, 0, False, 18),
        (9, 71, False, 0),  # an import shows figures already
        (10, 71, False, 5),
        (0, 0, True, 0),
        (3, 0, True, 3),  # too few for a figure, so that nothing is told
        (9, 0, True, 9),
        (1, 4, True, 1),
        (4, 5, True, 0),  # the figure of 5 would become one of 9
        (5, 5, True, 5),
        (1, 71, True, 0),
    ],
)
def test_five_at_least_are_opened_and_five_kept(sealed, opened, closed, count):
    assert count_to_open(sealed, opened=opened, closed=closed, below=5) == count


@pytest.mark.parametrize("below", [0, 1])
def test_who_withholds_nothing_still_keeps_one_sealed(below):
    assert opens_from(below) == 2
    assert [count_to_open(n, opened=0, closed=False, below=below) for n in (0, 1, 2)] == [0, 0, 1]
    assert count_to_open(1, opened=1, closed=True, below=below) == 1


@given(st.lists(st.sampled_from(["answer", "open", "close", "reopen"]), max_size=200), st.integers(1, 7))
def test_figures_that_are_shown_move_by_a_whole_step(happenings, below):
    """However often somebody looks, whenever the worker comes, and however often a survey is closed and opened."""
    sealed, opened, closed, shown = 0, 0, False, [0]
    for happening in happenings:
        if happening == "answer" and not closed:
            sealed += 1
        elif happening in {"close", "reopen"}:
            closed = happening == "close"
        count = count_to_open(sealed, opened=opened, closed=closed, below=below) if happening != "answer" else 0
        sealed, opened = sealed - count, opened + count
        if opened >= below and opened != shown[-1]:
            shown.append(opened)

    assert all(after - before >= below for before, after in pairwise(shown))


@given(st.integers(1, 400), st.integers(1, 7))
def test_survey_that_is_closed_once_loses_no_answer(answers, below):
    sealed = opened = 0
    for _ in range(answers):
        sealed += 1
        count = count_to_open(sealed, opened=opened, closed=False, below=below)
        sealed, opened = sealed - count, opened + count

    assert opened + count_to_open(sealed, opened=opened, closed=True, below=below) == answers
