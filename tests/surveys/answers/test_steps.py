import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.steps import Ask, Place, fields, move, start

ASKS = [
    Ask("satisfied", 1, ["good", "bad"]),
    Ask("contacts", 2, ["yes", "no"]),
    Ask("food", 1, ["good"], required=False),
]
BOTH = {"satisfied": "good", "contacts": "yes"}


def sent(at: int, answers: dict[str, str] | None = None, **more: str) -> dict[str, str]:
    """What a browser posts from view ``at``."""
    return {"at": str(at), **dict(fields(ASKS, answers or {})), **more}


def test_way_starts_at_the_first_question():
    assert start() == Place(1, {})


def test_answer_leads_to_the_next_question():
    assert move(ASKS, sent(1, choice="good")) == Place(2, {"satisfied": "good"})


def test_last_answer_leads_to_the_summary():
    assert move(ASKS, sent(3, BOTH, choice="good")) == Place(4, {**BOTH, "food": "good"})


def test_answer_given_again_replaces_the_first():
    assert move(ASKS, sent(1, BOTH, choice="bad")).answers == {"satisfied": "bad", "contacts": "yes"}


def test_question_that_may_be_left_is_passed_over():
    assert move(ASKS, sent(3, {**BOTH, "food": "good"}, choice="")) == Place(4, BOTH)


@pytest.mark.parametrize("choice", ["", "excellent", "<script>"])
def test_question_that_needs_an_answer_is_asked_again(choice):
    assert move(ASKS, sent(1, choice=choice)) == Place(1, {}, missing=True)


def test_back_keeps_what_was_answered():
    assert move(ASKS, sent(2, BOTH, go="back")) == Place(1, BOTH)


def test_back_from_the_first_question_stays():
    assert move(ASKS, sent(1, go="back")) == Place(1)


def test_summary_leads_to_any_question():
    assert move(ASKS, sent(4, BOTH, go="2")) == Place(2, BOTH)


def test_change_of_language_stays():
    assert move(ASKS, sent(2, {"satisfied": "good"}, language="en")) == Place(2, {"satisfied": "good"})


def test_send_sends():
    assert move(ASKS, sent(4, BOTH, go="send")) == Place(4, BOTH, sending=True)


def test_send_asks_for_what_is_missing():
    assert move(ASKS, sent(4, {"satisfied": "good"}, go="send")) == Place(2, {"satisfied": "good"}, missing=True)


def test_answer_to_an_older_wording_is_asked_for_again():
    old = {**sent(4, BOTH, go="send"), "answer-contacts": "1.yes"}

    assert move(ASKS, old) == Place(2, {"satisfied": "good"}, missing=True)


@pytest.mark.parametrize("at", ["", "0", "-1", "99", "²", "one", "1" * 500])
def test_view_that_is_not_there_is_the_nearest(at):
    assert 1 <= move(ASKS, {"at": at}).number <= 4


@given(
    st.dictionaries(
        st.sampled_from(["at", "go", "choice", "language", "answer-satisfied", "answer-contacts", "answer-x"]),
        st.text(max_size=12) | st.sampled_from(["1.good", "2.yes", "send", "back", "2"]),
    )
)
def test_way_never_leaves_the_survey_or_keeps_nonsense(posted):
    place = move(ASKS, posted)

    assert 1 <= place.number <= len(ASKS) + 1
    assert all(place.answers[ask.key] in ask.codes for ask in ASKS if ask.key in place.answers)
    assert not place.sending or {"satisfied", "contacts"} <= set(place.answers)
