import pytest

from events.programme.models import Event
from surveys.questionnaires.checks import WORDS, problems
from surveys.questionnaires.drafts import draft_from, tidy
from surveys.questionnaires.models import Audience
from surveys.questionnaires.templates import questionnaire, spare
from tests.surveys.questionnaires.drafts import choice, option, scale, yes_no


def codes(*questions) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in problems(questions)]


@pytest.mark.parametrize("audience", Audience.values)
@pytest.mark.parametrize("event_kind", Event.Kind.values)
def test_what_the_house_asks_is_right(audience, event_kind):
    every = {one.key: one for one in questionnaire(audience, event_kind) + spare(audience, event_kind)}
    if any(one.only_if == "contacts" for one in every.values()):
        every = {"contacts": every["contacts"]} | every  # before what it decides

    drafts = [(key, draft_from(template)) for key, template in every.items()]

    assert problems(drafts) == []
    assert [tidy(draft) for _key, draft in drafts] == [draft for _key, draft in drafts]


def test_a_survey_that_asks_nothing_is_not_ready():
    assert codes() == [("no_questions", "")]


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (yes_no(), []),
        (yes_no(" "), [("text_missing", "text")]),
        (yes_no(text_en=""), [("text_en_missing", "text_en")]),
        (choice("a"), [("options_few", "options")]),
        (choice(*[f"c{n}" for n in range(21)]), [("options_many", "options")]),
        (choice(options=(option("a"), {"code": "b", "sv": "", "en": "B"})), [("option_missing", "options")]),
        (choice(options=(option("a"), {"code": "b", "sv": "B", "en": ""})), [("option_en_missing", "options")]),
        (choice(options=(option("a"), option("a", "Annat"))), [("option_code_twice", "options")]),
        (choice(options=(option("a", "Ja"), option("b", " ja"))), [("option_twice", "options")]),
        (choice("a", "dont_know"), [("option_code_taken", "options")]),
        (scale(), []),
        (scale(None, 5), [("ends_missing", "lowest")]),
        (scale(1, None), [("ends_missing", "highest")]),
        (scale(5, 5), [("ends_order", "highest")]),
        (scale(0, 10), []),
        (scale(0, 11), [("scale_long", "highest")]),
        (scale(-2, 2), [("number_range", "lowest")]),
        (scale(low_label=""), [("labels_missing", "low_label")]),
        (scale(high_label_en=""), [("labels_en_missing", "high_label_en")]),
        (yes_no(kind="number"), []),
        (yes_no(kind="number", highest=1_000_001), [("number_range", "highest")]),
        (yes_no(kind="number", lowest=-1), [("number_range", "lowest")]),
        (yes_no(kind="nps"), [("labels_missing", "low_label"), ("labels_en_missing", "low_label_en")]),
    ],
)
def test_a_question_by_itself(draft, found):
    assert codes(("asked", draft)) == found


@pytest.mark.parametrize(
    ("only_if", "values", "found"),
    [
        ("first", ("yes",), []),
        ("food", ("bread", "cake"), []),
        ("first", (), ["branch_values"]),
        ("first", ("perhaps",), ["branch_value_unknown"]),
        ("food", ("bread", "dont_know"), ["branch_value_unknown"]),
        ("gone", ("yes",), ["branch_unknown"]),
        ("asked", ("yes",), ["branch_self"]),
        ("later", ("yes",), ["branch_later"]),
        ("words", ("yes",), ["branch_no_choices"]),
    ],
)
def test_a_branch_leads_forwards_from_answers_that_there_are(only_if, values, found):
    questions = [
        ("first", yes_no()),
        ("food", choice()),
        ("words", yes_no(kind="short_text")),
        ("asked", yes_no(only_if=only_if, only_if_values=values)),
        ("later", yes_no()),
    ]

    assert codes(*questions) == [(code, "after") for code in found]


def test_two_questions_that_decide_about_each_other_are_told():
    one = yes_no(only_if="two", only_if_values=("yes",))
    two = yes_no(only_if="one", only_if_values=("yes",))

    assert codes(("one", one), ("two", two)) == [("branch_later", "after")]


def test_every_problem_says_what_it_is_about():
    (problem,) = problems([("asked", choice(options=(option("a"), option("a", "Annat"))))])

    assert "“a”" in str(problem) or "”a”" in str(problem)
    assert problem.code in WORDS
