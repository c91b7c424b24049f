import pytest

from events.programme.models import Event
from surveys.questionnaires.models import Audience, Question
from surveys.questionnaires.templates import NOUNS, RESPONDENTS, finding_of, questionnaire


def test_templates_cover_every_audience_and_kind_of_event():
    assert set(RESPONDENTS) == set(Audience.values)
    assert set(NOUNS) == set(Event.Kind.values)


@pytest.mark.parametrize("audience", Audience.values)
@pytest.mark.parametrize("event_kind", Event.Kind.values)
def test_questionnaire_asks_for_satisfaction_and_contacts(audience, event_kind):
    questions = questionnaire(audience, event_kind)

    assert [(question.key, question.kind) for question in questions] == [
        ("satisfied", "satisfaction"),
        ("contacts", "yes_no"),
    ]
    longest = Question._meta.get_field("text").max_length
    assert all(0 < len(text) <= longest for question in questions for text in (question.words.sv, question.words.en))


def test_questionnaire_of_the_fair_is_worded_as_agreed():
    satisfied, contacts = questionnaire("exhibitors", "fair")

    assert satisfied.words.sv == "Hur nöjd är du med mässan som helhet?"
    assert contacts.words.sv == "Fick du kontakter som du tror leder till framtida affärer eller samarbeten?"


def test_questionnaire_for_an_unknown_audience_is_a_bug():
    with pytest.raises(KeyError):
        questionnaire("ghosts", "fair")


def test_finding_is_the_templates_own_words():
    finding = finding_of("exhibitors", "fair", "satisfied", "Hur nöjd är du med mässan som helhet?")

    assert (finding.within("sv"), finding.within("en")) == (
        "var mycket nöjda med mässan",
        "were very satisfied with the fair",
    )


@pytest.mark.parametrize(
    ("audience", "event_kind", "key", "text"),
    [
        ("exhibitors", "fair", "satisfied", "Var maten god?"),
        ("exhibitors", "fair", "food", "Hur nöjd är du med mässan som helhet?"),
        ("ghosts", "fair", "satisfied", "Hur nöjd är du med mässan som helhet?"),
    ],
)
def test_finding_is_unknown_for_other_words(audience, event_kind, key, text):
    assert finding_of(audience, event_kind, key, text) is None
