import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.values import (
    Ask,
    Fault,
    Unanswerable,
    left_unanswered,
    on_the_way,
    understood,
    values_of,
    without_the_unasked,
)

LABELS = Ask("mood", 1, ["good", "bad"], kind="choice")
MANY = Ask("liked", 1, ["food", "music", "dont_know"], kind="choices")
NPS = Ask("tell", 1, [str(n) for n in range(11)], kind="nps", ends=(0, 10))
NUMBER = Ask("people", 1, ["dont_know"], kind="number", ends=(-5, 1_000_000))
SHORT = Ask("word", 1, [], kind="short_text")
LONG = Ask("words", 1, [], kind="long_text")


@pytest.mark.parametrize(
    ("ask", "text", "answer"),
    [
        (LABELS, " good ", "good"),
        (LABELS, "", ""),
        (MANY, "music|food|food", "food|music"),
        (MANY, "|", ""),
        (MANY, "dont_know", "dont_know"),
        (NPS, "0", "0"),
        (NPS, "10", "10"),
        (NUMBER, "007", "7"),
        (NUMBER, "-5", "-5"),
        (NUMBER, "1 000\u00a0000", "1000000"),
        (NUMBER, "dont_know", "dont_know"),
        (SHORT, "  Bra!\x00\r\n", "Bra!"),
        (LONG, "ett\r\ntvå", "ett\ntvå"),
        (LONG, "שלום", "שלום"),
        (LONG, "x" * 2000, "x" * 2000),
    ],
)
def test_reads_an_answer(ask, text, answer):
    assert understood(ask, text) == answer


@pytest.mark.parametrize(
    ("ask", "text", "fault"),
    [
        (LABELS, "great", Fault.UNKNOWN),
        (MANY, "food|dance", Fault.UNKNOWN),
        (MANY, "food|dont_know", Fault.NOT_BOTH),
        (NPS, "11", Fault.UNKNOWN),
        (NPS, "ten", Fault.NO_NUMBER),
        (NUMBER, "-6", Fault.TOO_LOW),
        (NUMBER, "1000001", Fault.TOO_HIGH),
        (NUMBER, "9" * 5000, Fault.TOO_HIGH),
        (NUMBER, "1,5", Fault.NO_NUMBER),
        (NUMBER, "²", Fault.NO_NUMBER),
        (SHORT, "x" * 201, Fault.TOO_LONG),
        (LONG, "x" * 10_000, Fault.TOO_LONG),
    ],
)
def test_says_why_something_is_no_answer(ask, text, fault):
    with pytest.raises(Unanswerable) as refused:
        understood(ask, text)

    assert refused.value.fault == fault


@given(st.sampled_from([LABELS, MANY, NPS, NUMBER, SHORT, LONG]), st.text(max_size=300))
def test_what_was_understood_is_understood_the_same_again(ask, text):
    try:
        answer = understood(ask, text)
    except Unanswerable:
        return
    assert understood(ask, answer) == answer


def test_values_of_many_are_one_each():
    assert (values_of("choices", "food|music"), values_of("choice", "food|music")) == (
        ["food", "music"],
        ["food|music"],
    )


# --- Branches -------------------------------------------------------------------------------------------------------

CAME = Ask("came", 1, ["yes", "no"], kind="yes_no")
LIKED = Ask("liked", 1, ["food", "music"], kind="choices", only_if="came", only_if_values=frozenset({"yes"}))
DISH = Ask("dish", 1, ["soup", "stew"], only_if="liked", only_if_values=frozenset({"food"}))
WHY = Ask("why", 1, [], kind="long_text", only_if="came", only_if_values=frozenset({"no"}), required=False)
BRANCHED = [CAME, LIKED, DISH, WHY]


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        ({}, ["came"]),
        ({"came": "yes"}, ["came", "liked"]),
        ({"came": "yes", "liked": "food|music"}, ["came", "liked", "dish"]),
        ({"came": "no"}, ["came", "why"]),
        ({"came": "no", "liked": "food", "dish": "soup"}, ["came", "why"]),
    ],
)
def test_branch_is_asked_of_those_it_is_for(answers, way):
    assert [ask.key for ask in on_the_way(BRANCHED, answers)] == way


def test_question_that_is_not_asked_is_neither_required_nor_sent():
    answers = {"came": "no", "liked": "food", "dish": "soup", "why": "Sjuk"}

    assert left_unanswered(BRANCHED, answers) == []
    assert without_the_unasked(BRANCHED, answers) == {"came": "no", "why": "Sjuk"}


def test_question_that_depends_on_one_that_is_not_there_is_not_asked():
    assert on_the_way([DISH, CAME], {"liked": "food"}) == [CAME]
