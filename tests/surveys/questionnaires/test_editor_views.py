import pytest
from django.urls import reverse

from surveys.questionnaires.models import Question
from tests import factories

pytestmark = pytest.mark.django_db
REWORDED = {"kind": "satisfaction", "text": "Hur var det?", "text_en": "How was it?", "required": "on", "version": "1"}
CHOICE = {
    "kind": "choice",
    "text": "Vad åt du?",
    "text_en": "What did you eat?",
    "option-0-code": "",
    "option-0-sv": "Bröd",
    "option-0-en": "Bread",
    "option-1-code": "",
    "option-1-sv": "Köttbullar & mos",
    "option-1-en": "Meatballs",
    "option-2-code": "",
    "option-2-sv": "",
    "option-2-en": "",
}


def url(survey, name: str, *more: str) -> str:
    return reverse(f"surveys:{name}", args=[survey.event.slug, survey.audience, *more])


def editing(question, name: str = "question-edit") -> str:
    return url(question.survey, name, question.key)


def rows_shown(response) -> list[tuple[str, str]]:
    return [(row.sv, row.en) for row in response.context["form"]["options"].value()]


# --- Adding ---------------------------------------------------------------------------------------------------------


def test_new_offers_what_is_not_asked_and_every_kind(organiser_client):
    survey = factories.QuestionFactory().survey

    response = organiser_client(survey.event).get(url(survey, "question-new"))

    offered = [one.key for one in response.context["bank"]]
    assert offered[:4] == ["contacts", "leads_to", "nki_satisfaction", "nki_expectations"]
    assert "satisfied" not in offered


def test_taken_from_the_bank_it_is_asked_last(organiser_client):
    survey = factories.QuestionFactory().survey
    client = organiser_client(survey.event)

    for _ in range(2):
        response = client.post(url(survey, "question-new"), {"take": "nki_ideal"}, follow=True)

    last = survey.questions.last()
    assert (last.key, last.group, last.high_label) == ("nki_ideal", "nki", "Mycket nära")
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_what_is_not_in_the_bank_is_not_found(organiser_client):
    survey = factories.SurveyFactory()

    assert organiser_client(survey.event).post(url(survey, "question-new"), {"take": "x"}).status_code == 404


def test_a_question_of_ones_own_gets_codes_from_its_words(organiser_client):
    survey = factories.SurveyFactory()

    organiser_client(survey.event).post(url(survey, "question-new"), CHOICE)

    question = survey.questions.get()
    assert (question.key, question.required) == ("what-did-you-eat", False)
    assert question.options == [
        {"code": "brod", "sv": "Bröd", "en": "Bread"},
        {"code": "kottbullar_mos", "sv": "Köttbullar & mos", "en": "Meatballs"},
    ]


def test_the_form_sent_twice_makes_one_question(organiser_client):
    survey = factories.SurveyFactory()
    client = organiser_client(survey.event)
    once = {"once": "0b0f1f3e-6f0c-4a44-9d3b-0a6b3f0f9b11"}

    assert [client.post(url(survey, "question-new"), CHOICE | once).status_code for _ in range(2)] == [302, 302]
    assert survey.questions.count() == 1


@pytest.mark.parametrize(
    ("do", "shown"),
    [
        ("add", ["Bröd", "Köttbullar & mos", "", ""]),
        ("up-1", ["Köttbullar & mos", "Bröd", ""]),
        ("down-0", ["Köttbullar & mos", "Bröd", ""]),
        ("remove-0", ["Köttbullar & mos", ""]),
        ("remove-99", ["Bröd", "Köttbullar & mos", ""]),
    ],
)
def test_rows_of_answers_move_without_scripts_and_nothing_typed_is_lost(organiser_client, do, shown):
    survey = factories.SurveyFactory()

    response = organiser_client(survey.event).post(url(survey, "question-new"), CHOICE | {"do": do})

    assert response.status_code == 200
    assert [sv for sv, _en in rows_shown(response)] == shown
    assert response.context["form"]["text"].value() == "Vad åt du?"
    assert "error-summary" not in response.content.decode()
    assert survey.questions.count() == 0


def test_another_kind_shows_its_fields(organiser_client):
    survey = factories.SurveyFactory()

    response = organiser_client(survey.event).post(
        url(survey, "question-new"), CHOICE | {"kind": "scale", "do": "kind"}
    )

    page = response.content.decode()
    assert 'name="low_label_en"' in page
    assert 'id="id_option-0-sv"' not in page
    # It is carried, for whoever goes back to that kind.
    assert '<input type="hidden" name="option-1-sv" value="Köttbullar &amp; mos">' in page


def test_every_fault_stands_at_its_field_with_what_was_typed(organiser_client):
    survey = factories.SurveyFactory()
    sent = CHOICE | {"option-1-en": "", "option-1-sv": "bröd ", "text_en": ""}

    response = organiser_client(survey.event).post(url(survey, "question-new"), sent)

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, ["options", "text_en"])
    assert rows_shown(response)[1] == ("bröd ", "")


def test_garbage_is_answered_with_the_form(organiser_client):
    survey = factories.SurveyFactory()
    client = organiser_client(survey.event)
    garbage = {
        "kind": "telepathy",
        "text": "\0",
        "option-x-sv": "a",
        "option-1-2-3": "b",
        "option-00-code": "!",
        "option-٣-sv": "c",
        "lowest": "9" * 40,
        "after": "nothing=yes",
        "version": "-1",
    }

    for do in ("", "add", "up-", "up-x", "kind", "anew", "remove-٣"):
        assert client.post(url(survey, "question-new"), garbage | {"do": do}).status_code in (200, 422)
    assert survey.questions.count() == 0


# --- Branches -------------------------------------------------------------------------------------------------------


def test_a_branch_is_ticked_among_the_answers_of_earlier_questions(organiser_client):
    first = factories.QuestionFactory(key="again", kind="yes_no", text="Igen?", text_en="Again?")
    factories.QuestionFactory(survey=first.survey, key="why", kind="short_text", position=2)
    last = factories.QuestionFactory(survey=first.survey, key="last", kind="yes_no", position=3)
    why = first.survey.questions.get(key="why")
    client = organiser_client(first.survey.event)
    offered = client.get(editing(why)).context["form"].fields["after"].choices

    sent = {"kind": "short_text", "text": "Varför?", "text_en": "Why?", "version": "1"}
    client.post(editing(why), sent | {"after": ["again=no", "again=dont_know"]})
    later = client.post(editing(why), sent | {"version": "2", "after": ["last=no"]})

    why.refresh_from_db()
    assert [[value for value, _label in answers] for _question, answers in offered] == [
        ["again=yes", "again=no", "again=dont_know"]
    ]
    assert (why.only_if, why.only_if_values) == (first, ["no", "dont_know"])
    assert (later.status_code, list(later.context["form"].errors)) == (422, ["after"])
    shown = client.get(editing(why)).context["form"]["after"].value()
    assert shown == ["again=no", "again=dont_know"]
    assert last.position == 3


def test_a_branch_leads_from_one_question_only(organiser_client):
    first = factories.QuestionFactory(key="one", kind="yes_no")
    for position, key in ((2, "two"), (3, "three")):
        factories.QuestionFactory(survey=first.survey, key=key, kind="yes_no", position=position)
    third = first.survey.questions.get(key="three")

    response = organiser_client(first.survey.event).post(
        editing(third), REWORDED | {"kind": "yes_no", "after": ["one=yes", "two=yes"]}
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["after"])


# --- Changing -------------------------------------------------------------------------------------------------------


def test_question_is_reworded(organiser_client):
    question = factories.QuestionFactory()

    organiser_client(question.survey.event).post(editing(question), REWORDED)

    question.refresh_from_db()
    assert (question.text, question.version) == ("Hur var det?", 2)


def test_question_that_a_colleague_reworded_shows_both(organiser_client):
    question = factories.QuestionFactory(text="Kollegans ord?", version=2)

    response = organiser_client(question.survey.event).post(editing(question), REWORDED | {"text": "Mina ord?"})

    assert response.status_code == 409
    assert "Kollegans ord?" in response.content.decode()
    assert "Mina ord?" in response.content.decode()
    assert response.context["form"]["version"].value() == "2"


def test_question_with_answers_is_replaced_only_when_that_is_asked_for(organiser_client):
    question = factories.AnswerFactory().question
    client = organiser_client(question.survey.event)

    refused = client.post(editing(question), REWORDED)
    assert (refused.status_code, refused.context["bound"], question.survey.questions.count()) == (409, "break", 1)
    assert "Hur var det?" in refused.content.decode()

    client.post(editing(question), REWORDED | {"do": "anew"})
    old, new = Question.objects.order_by("version")
    assert (old.text, new.text, new.version, new.replaces) == ("Hur nöjd är du?", "Hur var det?", 2, old)


def test_question_with_answers_that_means_the_same_says_so(organiser_client):
    question = factories.AnswerFactory().question

    response = organiser_client(question.survey.event).post(
        editing(question), REWORDED | {"text": "Hur  NÖJD är du?", "text_en": "How satisfied were you?"}
    )

    assert (response.status_code, response.context["bound"]) == (409, "same")


# --- Order, removing ------------------------------------------------------------------------------------------------


def test_questions_change_places(organiser_client):
    first = factories.QuestionFactory(key="one")
    factories.QuestionFactory(survey=first.survey, key="two", position=2)
    client = organiser_client(first.survey.event)

    client.post(editing(first, "question-move"), {"to": "2"})

    assert list(first.survey.questions.values_list("key", flat=True)) == ["two", "one"]
    for nonsense in ("", "x", "-1", "٣", "9" * 9):
        assert client.post(editing(first, "question-move"), {"to": nonsense}).status_code == 404


def test_removing_asks_first_and_keeps_what_has_answers(organiser_client):
    question = factories.AnswerFactory().question
    client = organiser_client(question.survey.event)

    assert client.get(editing(question, "question-remove")).status_code == 200
    client.post(editing(question, "question-remove"))

    question.refresh_from_db()
    page = client.get(url(question.survey, "survey"))
    assert question.retired_at is not None
    assert (page.context["questions"], page.context["retired"]) == ([], [question])
    assert client.get(editing(question)).status_code == 404
