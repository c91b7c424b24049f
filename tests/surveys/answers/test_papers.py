"""A survey on paper: what stands in each box is what a clerk types for it."""

from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from registrations.papers.documents import class_sheets_pdf
from registrations.papers.queries import placed_classes
from surveys.answers.box import asked_questions, asks_of
from surveys.answers.models import ClassCode
from surveys.answers.papers import printed_question, survey_form
from surveys.answers.shorthand import typed_answer
from tests import factories
from tests.registrations.papers.evening import make_evening

QUESTIONS = [
    {"key": "satisfied", "kind": "satisfaction"},
    {"key": "mark", "kind": "scale", "lowest": 1, "highest": 5, "offers_dont_know": True},
    {"key": "again", "kind": "yes_no"},
    {
        "key": "liked",
        "kind": "choices",
        "offers_dont_know": True,
        "options": [{"code": "food", "sv": "Maten", "en": "Food"}, {"code": "music", "sv": "Musiken", "en": "Music"}],
    },
    {"key": "people", "kind": "number", "lowest": 0, "highest": 40},
    {"key": "why", "kind": "long_text", "required": False},
]


@pytest.fixture
def survey(db):
    survey = factories.SurveyFactory()
    for position, facts in enumerate(QUESTIONS, start=1):
        factories.QuestionFactory(survey=survey, position=position, **facts)
    return survey


def test_sign_in_each_box_is_what_the_clerk_types(survey):
    questions = asked_questions(survey)
    with translation.override("sv"):
        printed = {
            question.key: (
                ask,
                question,
                printed_question(question, ask, dict.fromkeys([one.key for one in questions], 1)),
            )
            for question, ask in zip(questions, asks_of(questions), strict=True)
        }
        assert printed["satisfied"][2]["choices"][0] == ("1", "Mycket nöjd")
        assert printed["again"][2]["choices"] == [("1", "Ja"), ("2", "Nej"), ("3", "Vet inte")]
        assert (printed["mark"][2]["dont_know"], printed["liked"][2]["dont_know"]) == (
            ("x", "Vet inte"),
            ("3", "Vet inte"),
        )
        for ask, question, form in printed.values():
            labels = dict(question.choices)
            for sign, label in [*form["choices"], *([form["dont_know"]] if form["dont_know"] else [])]:
                assert labels[typed_answer(ask, sign)] == label


@pytest.mark.parametrize(
    ("language", "words"), [("sv", ["Mycket nöjd", "Tack!"]), ("en", ["Very satisfied", "Thank you!"])]
)
def test_form_is_printed_before_anybody_has_answered(survey, language, words):
    pages = PdfReader(BytesIO(survey_form(survey, language))).pages

    text = " ".join(page.extract_text() for page in pages)
    assert [word for word in words if word not in text] == []
    assert "Maten" in text if language == "sv" else "Food" in text


@pytest.mark.django_db
def test_class_sheet_tells_the_survey_and_the_classs_code(settings):
    settings.BASE_URL = "https://torget.example"
    evening = make_evening()
    survey = factories.SurveyFactory(event=evening.night.event, audience="pupils", state="draft")

    def sheets() -> bytes:
        return class_sheets_pdf(evening.night, placed_classes(evening.night), factories.NOW)

    assert "torget.example/svar" not in text_of(sheets())
    ClassCode.objects.create(survey=survey, school_class=evening.placed, code="7KQ4M2XD", cap=20)

    text = text_of(sheets())

    assert "torget.example/svar" in text
    assert "7KQ4-M2XD" in text
    assert len(PdfReader(BytesIO(sheets())).pages) == 1


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
