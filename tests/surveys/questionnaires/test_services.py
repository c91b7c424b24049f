from dataclasses import replace
from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from surveys.questionnaires import services
from surveys.questionnaires.drafts import draft_from, draft_of
from surveys.questionnaires.editing import add_question, change_question
from surveys.questionnaires.meaning import meaning_of
from surveys.questionnaires.models import Survey, SurveyState
from surveys.questionnaires.templates import spare
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
    survey = factories.QuestionFactory(survey__state=SurveyState.DRAFT).survey

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
    factories.QuestionFactory(survey=survey)

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


def test_open_survey_refuses_while_something_is_left_to_put_right(organiser):
    survey = factories.QuestionFactory(survey__state=SurveyState.DRAFT, text_en="").survey
    empty = factories.SurveyFactory(state=SurveyState.DRAFT)

    for one, left in ((survey, ["text_en_missing"]), (empty, ["no_questions"])):
        with pytest.raises(services.NotReady) as refusal:
            services.open_survey(survey=one, closes_at=LATER, by=organiser, at=NOW)
        assert [problem.code for problem in refusal.value.problems] == left
        one.refresh_from_db()
        assert one.state == SurveyState.DRAFT


# --- Copying --------------------------------------------------------------------------------------------------------


def test_copy_survey_asks_the_same_and_means_the_same(organiser):
    source = services.create_survey(event=factories.EventFactory(), audience="exhibitors", by=organiser, at=NOW)
    leads_to = next(one for one in spare("exhibitors", "fair") if one.key == "leads_to")
    add_question(survey=source, draft=draft_from(leads_to), key="leads_to", by=organiser, at=NOW)
    retired = source.questions.get(key="satisfied")
    factories.AnswerFactory(ballot__survey=source, question=retired)
    new = change_question(
        question=retired, draft=replace(draft_of(retired), text="Hur var det?"), seen=1, anew=True, by=organiser, at=NOW
    )
    event = factories.EventFactory(slug="b2b-2028")

    survey = services.copy_survey(event=event, source=source, by=organiser, at=NOW)

    asked = list(survey.questions.all())
    assert (survey.slug, survey.copied_from, survey.state) == ("b2b-2028-exhibitors", source, SurveyState.DRAFT)
    assert [(row.key, row.version, row.replaces) for row in asked] == [
        ("satisfied", 1, None),
        ("contacts", 1, None),
        ("leads_to", 1, None),
    ]
    assert [meaning_of(row) for row in asked] == [meaning_of(row) for row in source.questions.asked()]
    assert asked[0].text == new.text
    assert (asked[2].only_if, asked[2].only_if_values) == (asked[1], ["yes"])
    assert verbs(survey) == [services.COPIED]


def test_copy_survey_refuses_a_second_for_the_audience(organiser):
    source = factories.QuestionFactory().survey

    with pytest.raises(services.SurveyExists):
        services.copy_survey(event=source.event, source=source, by=organiser, at=NOW)
