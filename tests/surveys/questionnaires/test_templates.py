import pytest

from events.programme.models import Event
from surveys.questionnaires import names
from surveys.questionnaires.models import Audience, Question
from surveys.questionnaires.scales import COUNTED, TEXTS
from surveys.questionnaires.templates import (
    ASKED,
    NOUNS,
    PROPOSED,
    RESPONDENTS,
    SPARE,
    finding_of,
    proposed,
    questionnaire,
    spare,
)

every_audience = pytest.mark.parametrize("audience", Audience.values)
every_kind = pytest.mark.parametrize("event_kind", Event.Kind.values)


def test_templates_cover_every_audience_and_kind_of_event():
    for named in (RESPONDENTS, ASKED, SPARE, names.TITLES, names.MAKE, names.ANSWERS_FROM):
        assert set(named) == set(Audience.values)
    assert set(NOUNS) == set(PROPOSED) == set(Event.Kind.values)


@every_audience
@every_kind
def test_questionnaire_takes_less_than_a_minute(audience, event_kind):
    questions = questionnaire(audience, event_kind)

    written = [question for question in questions if question.kind in TEXTS]
    assert 2 <= len(questions) <= 6
    assert len(written) <= 1
    assert not any(question.required for question in written)


@every_audience
@every_kind
def test_questions_of_a_survey_have_keys_of_their_own_and_words_that_fit(audience, event_kind):
    questions = questionnaire(audience, event_kind) + spare(audience, event_kind)

    keys = [question.key for question in questions]
    assert len(keys) == len(set(keys))
    longest = Question._meta.get_field("text").max_length
    ends = Question._meta.get_field("low_label").max_length
    for question in questions:
        assert all(0 < len(text) <= longest for text in (question.words.sv, question.words.en))
        labels = (question.low, question.high, *(words for _code, words in question.options))
        assert all(len(text) <= ends for words in labels for text in (words.sv, words.en))
        assert not question.only_if or question.only_if in keys


@every_audience
@every_kind
def test_every_share_reads_as_a_sentence(audience, event_kind):
    for question in questionnaire(audience, event_kind) + spare(audience, event_kind):
        finding = finding_of(audience, event_kind, question.key, question.words.sv)

        assert finding == question.finding
        assert (finding is not None) == (question.kind in COUNTED)


def test_questionnaire_of_the_fair_is_worded_as_agreed():
    satisfied, contacts = questionnaire("exhibitors", "fair")

    assert (satisfied.key, satisfied.kind, satisfied.words.sv) == (
        "satisfied",
        "satisfaction",
        "Hur nöjd är du med mässan som helhet?",
    )
    assert (contacts.key, contacts.kind, contacts.words.sv) == (
        "contacts",
        "yes_no",
        "Fick du kontakter som du tror leder till framtida affärer eller samarbeten?",
    )


def test_questionnaire_of_the_evening_asks_pupils_what_the_directors_ask_for():
    assert [(question.key, question.kind, question.words.sv) for question in questionnaire("pupils", "night")] == [
        ("good", "agree", "Det var en bra kväll."),
        ("learned", "agree", "Jag lärde mig något nytt om jobb i industrin."),
        ("education", "yes_no", "Kan du tänka dig att välja en utbildning som leder till industrin?"),
        ("friend", "nps", "Hur troligt är det att du skulle rekommendera kvällen till en kompis?"),
        ("best", "short_text", "Vilken station var bäst?"),
    ]


def test_exhibitors_can_be_asked_the_index():
    three = [question.key for question in spare("exhibitors", "fair") if question.group == "nki"]

    assert three == ["nki_satisfaction", "nki_expectations", "nki_ideal"]


def test_proposed_audiences_are_those_who_come():
    assert proposed("fair") == ("exhibitors", "visitors")
    assert proposed("night") == ("pupils", "teachers", "hosts")
    assert proposed("course") == ("participants", "hosts")


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
