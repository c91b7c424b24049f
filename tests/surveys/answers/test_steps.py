import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.answers.steps import Place, fields, move, progress, start
from surveys.answers.values import Ask, Fault

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


# --- Kinds and branches ---------------------------------------------------------------------------------------------

NUMBER = Ask("people", 1, ["dont_know"], kind="number", ends=(0, 40))
WORDS = Ask("why", 1, [], kind="long_text", required=False)
TYPED = [NUMBER, WORDS]


@pytest.mark.parametrize("press", [{"go": "on"}, {}])
def test_number_that_is_typed_leads_on(press):
    assert move(TYPED, {"at": "1", "choice": "12", **press}) == Place(2, {"people": "12"})


def test_button_beside_the_field_counts_and_not_what_stands_in_it():
    assert move(TYPED, {"at": "1", "choice": "12", "instead": "dont_know"}).answers == {"people": "dont_know"}


def test_what_is_no_answer_is_kept_in_its_field():
    assert move(TYPED, {"at": "1", "choice": "41", "go": "on"}) == Place(
        1, missing=True, fault=Fault.TOO_HIGH, typed="41"
    )


def test_words_that_are_too_long_are_kept_in_their_field():
    place = move(TYPED, {"at": "2", "choice": "x" * 10_000, "go": "on"})

    assert (place.number, place.missing, place.fault, len(place.typed)) == (2, True, Fault.TOO_LONG, 10_000)


@pytest.mark.parametrize(("press", "number"), [({"language": "en"}, 2), ({"go": "back"}, 1)])
def test_words_are_kept_when_one_turns_back_or_changes_the_language(press, number):
    place = move(TYPED, {"at": "2", "answer-people": "1.3", "choice": "Bra", **press})

    assert (place.number, place.answers) == (number, {"people": "3", "why": "Bra"})


def test_words_that_are_passed_over_are_dropped():
    assert move(TYPED, {"at": "2", "answer-people": "1.3", "choice": "Bra", "go": "pass"}) == Place(3, {"people": "3"})


def test_boxes_of_which_none_is_ticked_are_an_answer_taken_back():
    boxes = [Ask("liked", 1, ["food"], kind="choices", required=False)]

    assert move(boxes, {"at": "1", "answer-liked": "1.food", "go": "on"}) == Place(2)


def test_last_answer_can_be_sent_with_it():
    """What waited on a phone for the network."""
    place = move(TYPED, {"at": "2", "answer-people": "1.3", "choice": "Bra", "go": "send"})

    assert place == Place(3, {"people": "3", "why": "Bra"}, sending=True)


BRANCHED = [
    Ask("came", 1, ["yes", "no"]),
    Ask("liked", 1, ["food"], only_if="came", only_if_values=frozenset({"yes"})),
    Ask("why", 1, [], kind="short_text", required=False),
]


def test_branch_is_passed_by_on_the_way_there_and_back():
    assert move(BRANCHED, {"at": "1", "choice": "no"}) == Place(3, {"came": "no"})
    assert move(BRANCHED, {"at": "3", "answer-came": "1.no", "go": "back"}) == Place(1, {"came": "no"})


def test_branch_that_is_left_keeps_its_answer_on_the_phone_and_does_not_send_it():
    sent_too = {"at": "4", "answer-came": "1.no", "answer-liked": "1.food", "go": "send"}

    assert move(BRANCHED, {**sent_too, "go": "1"}).answers == {"came": "no", "liked": "food"}
    assert move(BRANCHED, sent_too) == Place(4, {"came": "no"}, sending=True)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place(1), (1, 2)),
        (Place(2, {"came": "yes"}), (2, 3)),
        (Place(3, {"came": "no"}), (2, 2)),
        (Place(4, {"came": "no"}), (3, 2)),
    ],
)
def test_progress_counts_the_questions_on_the_way(place, told):
    assert progress(BRANCHED, place) == told
