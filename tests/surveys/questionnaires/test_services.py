from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from surveys.questionnaires import services
from surveys.questionnaires.models import Question, Survey, SurveyState
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=14)


def verbs(thing) -> list[str]:
    return [entry.verb for entry in AuditEntry.objects.about(thing)]


# --- Making ---------------------------------------------------------------------------------------------------------


def test_create_survey_begins_as_its_template(organiser):
    event = factories.EventFactory(slug="b2b-2027")

    survey = services.create_survey(event=event, audience="exhibitors", by=organiser, at=NOW)

    assert (survey.slug, survey.state) == ("b2b-2027-exhibitors", SurveyState.DRAFT)
    assert list(survey.questions.values_list("key", "version", "position", "kind", "text")) == [
        ("satisfied", 1, 1, "satisfaction", "Hur nöjd är du med mässan som helhet?"),
        ("contacts", 1, 2, "yes_no", "Fick du kontakter som du tror leder till framtida affärer eller samarbeten?"),
    ]
    assert verbs(survey) == [services.CREATED]


def test_create_survey_refuses_a_second_for_the_audience(organiser):
    event = factories.EventFactory()
    services.create_survey(event=event, audience="exhibitors", by=organiser, at=NOW)

    with pytest.raises(services.SurveyExists):
        services.create_survey(event=event, audience="exhibitors", by=organiser, at=NOW)

    services.create_survey(event=event, audience="visitors", by=organiser, at=NOW)
    assert Survey.objects.for_event(event).count() == 2


def test_create_survey_finds_another_address_where_it_is_taken(organiser):
    factories.SurveyFactory(slug="b2b-2027-exhibitors")
    event = factories.EventFactory(slug="b2b-2027")

    survey = services.create_survey(event=event, audience="exhibitors", by=organiser, at=NOW)

    assert survey.slug == "b2b-2027-exhibitors-2"


# --- Opening, closing, changing -------------------------------------------------------------------------------------


def test_open_survey_takes_answers_until_it_closes(organiser):
    survey = factories.SurveyFactory(state=SurveyState.DRAFT)

    survey = services.open_survey(survey=survey, closes_at=LATER, by=organiser, at=NOW)

    assert (survey.opened_at, survey.closes_at) == (NOW, LATER)
    assert survey.takes_answers(LATER - timedelta(seconds=1))
    assert not survey.takes_answers(LATER)
    assert verbs(survey) == [services.OPENED]


def test_open_survey_refuses_a_past_closing_day(organiser):
    survey = factories.SurveyFactory(state=SurveyState.DRAFT)

    with pytest.raises(services.ClosesInThePast):
        services.open_survey(survey=survey, closes_at=NOW, by=organiser, at=NOW)


def test_open_survey_opens_a_closed_one_again(organiser):
    survey = factories.SurveyFactory(state=SurveyState.CLOSED, opened_at=NOW - timedelta(days=9))

    survey = services.open_survey(survey=survey, closes_at=LATER, by=organiser, at=NOW)

    assert (survey.state, survey.opened_at) == (SurveyState.OPEN, NOW - timedelta(days=9))


def test_close_survey_takes_no_more_answers(organiser):
    survey = services.close_survey(survey=factories.SurveyFactory(), by=organiser, at=NOW)

    assert not survey.takes_answers(NOW)
    assert verbs(survey) == [services.CLOSED]


def test_close_survey_refuses_what_is_not_open(organiser):
    with pytest.raises(services.SurveyNotOpen):
        services.close_survey(survey=factories.SurveyFactory(state=SurveyState.DRAFT), by=organiser, at=NOW)


def test_change_survey_sets_population_and_closing_day(organiser):
    survey = factories.SurveyFactory(closes_at=NOW + timedelta(days=1))

    survey = services.change_survey(survey=survey, closes_at=LATER, population=134, by=organiser, at=NOW)

    assert (survey.closes_at, survey.population) == (LATER, 134)
    assert verbs(survey) == [services.CHANGED]


def test_change_survey_refuses_fewer_than_have_answered(organiser):
    survey = factories.SurveyFactory()
    factories.BallotFactory(survey=survey, source="import")
    factories.InvitationFactory(survey=survey, used=True)
    factories.SealedBallotFactory(survey=survey)

    with pytest.raises(services.PopulationTooSmall) as refusal:
        services.change_survey(survey=survey, closes_at=LATER, population=1, by=organiser, at=NOW)

    assert str(refusal.value).startswith("2 ")
    services.change_survey(survey=survey, closes_at=LATER, population=2, by=organiser, at=NOW)


def test_change_survey_refuses_to_leave_an_open_one_without_end(organiser):
    with pytest.raises(services.ClosesInThePast):
        services.change_survey(survey=factories.SurveyFactory(), closes_at=None, population=None, by=organiser, at=NOW)


# --- Questions ------------------------------------------------------------------------------------------------------


def reword(question: Question, by, text: str = "Hur var det?", seen: int = 1) -> Question:
    return services.change_question(question=question, text=text, text_en="How was it?", seen=seen, by=by, at=NOW)


def test_change_question_gives_the_wording_a_new_version(organiser):
    question = factories.QuestionFactory()

    reword(question, organiser)

    question.refresh_from_db()
    assert (question.text, question.text_en, question.version) == ("Hur var det?", "How was it?", 2)
    entry = AuditEntry.objects.about(question).get()
    assert (entry.event, entry.changes["version"]) == (question.survey.event, [1, 2])


def test_change_question_to_the_same_words_is_no_change(organiser):
    question = factories.QuestionFactory(text="Hur var det?", text_en="How was it?")

    assert reword(question, organiser).version == 1
    assert verbs(question) == []


def test_change_question_refuses_once_there_are_answers(organiser):
    question = factories.AnswerFactory().question

    with pytest.raises(services.QuestionHasAnswers):
        reword(question, organiser)

    question.refresh_from_db()
    assert (question.text, question.version) == ("Hur nöjd är du?", 1)


def test_change_question_refuses_once_there_are_sealed_answers(organiser):
    question = factories.QuestionFactory()
    factories.SealedBallotFactory(survey=question.survey)

    with pytest.raises(services.QuestionHasAnswers):
        reword(question, organiser)


def test_change_question_tells_the_second_editor(organiser):
    question = factories.QuestionFactory()
    reword(question, organiser)

    with pytest.raises(Stale):
        reword(question, organiser, text="Något annat?", seen=1)
