from dataclasses import replace

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from surveys.answers.models import Answer, SealedBallot
from surveys.answers.opening import open_ballots
from surveys.questionnaires import editing
from surveys.questionnaires.drafts import draft_from, draft_of
from surveys.questionnaires.models import Question, SurveyState
from surveys.questionnaires.templates import spare
from tests import factories
from tests.factories import NOW
from tests.surveys.questionnaires.drafts import choice, scale, yes_no

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return factories.SurveyFactory(state=SurveyState.DRAFT)


@pytest.fixture
def add(survey, organiser):
    return lambda draft, key="": editing.add_question(survey=survey, draft=draft, key=key, by=organiser, at=NOW)


@pytest.fixture
def change(organiser):
    def make(question, *, seen=None, anew=False, **values):
        draft = replace(draft_of(question), **values)
        seen = question.version if seen is None else seen
        return editing.change_question(question=question, draft=draft, seen=seen, anew=anew, by=organiser, at=NOW)

    return make


def answer(question, value="yes"):
    factories.AnswerFactory(ballot__survey=question.survey, question=question, value=value)


def keys(survey) -> list[str]:
    return list(survey.questions.asked().values_list("key", flat=True))


def verbs(thing) -> list[str]:
    return [entry.verb for entry in AuditEntry.objects.about(thing)]


# --- Adding ---------------------------------------------------------------------------------------------------------


def test_a_question_of_ones_own_comes_last_with_a_key_from_its_words(survey, add):
    first, second = add(yes_no()), add(yes_no("Kommer du igen, alltså?"))

    assert [(row.key, row.position, row.version) for row in (first, second)] == [
        ("will-you-come-back", 1, 1),
        ("will-you-come-back-2", 2, 1),
    ]
    assert verbs(first) == [editing.ADDED]


def test_a_question_is_stored_without_what_its_kind_has_no_use_for(add):
    question = add(yes_no(options=choice().options, lowest=3, low_label="Lite", offers_dont_know=True))

    assert draft_of(question) == yes_no()


def test_a_faulty_question_is_refused_with_all_that_is_wrong(survey, add):
    with pytest.raises(editing.QuestionFaulty) as refusal:
        add(choice("bread", text_en=""))

    assert [problem.code for problem in refusal.value.problems] == ["text_en_missing", "options_few"]
    assert keys(survey) == []


def test_a_question_of_the_bank_follows_the_one_that_decides(add):
    contacts, leads_to = (one for one in spare("hosts", "fair") if one.key in ("contacts", "leads_to"))
    deciding = add(draft_from(contacts), contacts.key)

    question = add(draft_from(leads_to), leads_to.key)

    assert (question.only_if, question.only_if_values) == (deciding, ["yes"])
    with pytest.raises(editing.AlreadyAsked):
        add(draft_from(contacts), contacts.key)


def test_a_key_that_was_asked_before_comes_back_as_its_next_version(survey, add, organiser):
    old = add(yes_no(), "again")
    answer(old)
    editing.remove_question(question=old, by=organiser, at=NOW)

    new = add(yes_no(), "again")

    assert (new.version, new.replaces, keys(survey)) == (2, old, ["again"])


# --- Changing -------------------------------------------------------------------------------------------------------


def test_what_nobody_has_answered_is_changed_in_place_and_becomes_the_next_version(add, change):
    question = add(yes_no())

    changed = change(question, text="Hur var det?", kind="satisfaction")

    assert (changed.pk, changed.text, changed.kind, changed.version) == (
        question.pk,
        "Hur var det?",
        "satisfaction",
        2,
    )
    entry = AuditEntry.objects.about(changed).first()
    assert (entry.verb, entry.event, entry.changes["version"]) == (editing.CHANGED, changed.survey.event, [1, 2])


def test_the_same_again_is_no_change(add, change):
    question = add(yes_no())

    assert change(question).version == 1
    assert verbs(question) == [editing.ADDED]


def test_the_second_editor_is_told(add, change):
    question = add(yes_no())
    change(question, text="Först?")

    with pytest.raises(Stale):
        change(question, seen=1, text="Sen?")


@pytest.mark.parametrize("answered", ["answer", "sealed"])
def test_what_has_answers_keeps_its_meaning(add, change, answered):
    question = add(yes_no())
    if answered == "answer":
        answer(question)
    else:
        factories.SealedBallotFactory(survey=question.survey)

    with pytest.raises(editing.QuestionHasAnswers):
        change(question, text="Motsatsen?")

    question.refresh_from_db()
    assert (draft_of(question), question.version) == (yes_no(), 1)


def test_who_must_answer_changes_without_a_new_version_under_answers(add, change):
    question = add(yes_no())
    factories.SealedBallotFactory(survey=question.survey)

    changed = change(question, required=False)

    assert (changed.pk, changed.required, changed.version) == (question.pk, False, 1)
    assert open_ballots(survey=question.survey_id, at=NOW) == 1  # the sealed one still answers this version


def test_a_question_with_answers_is_replaced_when_asked_for(survey, add, change):
    old, other = add(yes_no(), "again"), add(choice())
    answer(old)

    new = change(old, anew=True, text="Vill du komma igen?")

    old.refresh_from_db()
    assert (old.text, old.version, old.retired_at) == ("Kommer du igen?", 1, NOW)
    assert (new.key, new.version, new.replaces, new.position) == ("again", 2, old, 1)
    assert keys(survey) == ["again", other.key]
    assert verbs(new) == [editing.REPLACED]
    with pytest.raises(Stale):
        change(old, text="En gång till?")


def test_branches_follow_the_new_version(add, change):
    old = add(yes_no(), "again")
    follower = add(choice(only_if="again", only_if_values=("yes",)))
    answer(old)

    new = change(old, anew=True, text="Vill du komma igen?")

    follower.refresh_from_db()
    assert (follower.only_if, follower.version) == (new, 1)


def test_a_change_that_would_lose_a_branch_is_refused(add, change):
    deciding = add(choice("bread", "cake"), "ate")
    add(yes_no(only_if="ate", only_if_values=("cake",)))

    with pytest.raises(editing.OthersFollow) as refusal:
        change(deciding, options=choice("bread", "fruit").options)

    assert refusal.value.facts == {"text": "Kommer du igen?"}


def test_sealed_answers_to_a_replaced_version_open_as_answers_to_it(add, change):
    old = add(yes_no(), "again")
    factories.SealedBallotFactory.create_batch(3, survey=old.survey)
    new = change(old, anew=True, text="Vill du komma igen?")
    SealedBallot.objects.create(survey=old.survey, answers=[[new.pk, new.version, "no"]])

    assert open_ballots(survey=old.survey_id, at=NOW) == 4

    answers = Answer.objects.order_by("value").values_list("question", "value")
    assert list(answers) == [(new.pk, "no"), *[(old.pk, "yes")] * 3]


# --- Removing, moving -----------------------------------------------------------------------------------------------


def test_a_question_without_answers_is_gone(survey, add, organiser):
    question = add(yes_no())

    assert editing.remove_question(question=question, by=organiser, at=NOW)
    assert survey.questions.count() == 0
    assert verbs(survey) == [editing.REMOVED]


def test_a_question_that_is_gone_is_removed_again_without_harm_and_changed_no_more(survey, add, change, organiser):
    question = add(yes_no())
    removed_by_another = Question.objects.get(pk=question.pk)
    editing.remove_question(question=removed_by_another, by=organiser, at=NOW)

    assert editing.remove_question(question=question, by=organiser, at=NOW)
    assert verbs(survey) == [editing.REMOVED]
    with pytest.raises(Stale):
        change(question, text="Finns den?")


@pytest.mark.parametrize("kept_by", ["answer", "indicator"])
def test_a_question_with_answers_or_an_indicator_is_retired(survey, add, organiser, kept_by):
    question = add(yes_no())
    if kept_by == "answer":
        answer(question)
    else:
        factories.IndicatorFactory(question=question, event=survey.event)

    assert not editing.remove_question(question=question, by=organiser, at=NOW)
    assert not editing.remove_question(question=question, by=organiser, at=NOW)

    question.refresh_from_db()
    assert (question.retired_at, keys(survey), verbs(question)) == (NOW, [], [editing.RETIRED, editing.ADDED])


def test_a_question_that_others_follow_is_not_removed(add, organiser):
    deciding = add(yes_no(), "again")
    add(choice(only_if="again", only_if_values=("yes",)))

    with pytest.raises(editing.OthersFollow):
        editing.remove_question(question=deciding, by=organiser, at=NOW)


@pytest.mark.parametrize(("to", "order"), [(1, "cab"), (2, "acb"), (3, "abc"), (0, "cab"), (99, "abc"), (-5, "cab")])
def test_a_question_moves_to_its_place(survey, add, organiser, to, order):
    *_others, question = [add(yes_no(), key) for key in "abc"]

    editing.move_question(question=question, to=to, by=organiser, at=NOW)

    assert "".join(keys(survey)) == order


def test_a_question_is_not_moved_before_the_one_that_decides(survey, add, organiser):
    add(yes_no(), "again")
    follower = add(scale(only_if="again", only_if_values=("no",)), "much")

    with pytest.raises(editing.OrderBroken):
        editing.move_question(question=follower, to=1, by=organiser, at=NOW)

    assert keys(survey) == ["again", "much"]


def test_questions_of_other_surveys_are_let_alone(add, change):
    other = factories.QuestionFactory(key="again")
    question = add(yes_no(), "again")
    change(question, text="Annat?")

    other.refresh_from_db()
    assert (other.text, Question.objects.count()) == ("Hur nöjd är du?", 2)
