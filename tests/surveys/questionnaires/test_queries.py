from datetime import timedelta

import pytest

from events.access.models import Role
from registrations.bookings.states import ClassState
from registrations.exhibitors.states import State
from registrations.tickets.services import issue_class_ticket
from surveys.answers.models import PaperEntry, TextAnswer
from surveys.questionnaires.queries import answered_questions, earlier_surveys, has_answers, populations
from tests import factories, night_factories
from tests.door_factories import let_in
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    return night_factories.NightFactory()


def placed_class(night, pupils: int, state=ClassState.CONFIRMED):
    return night_factories.SchoolClassFactory(
        booking__night=night, pupils=pupils, state=state, wave=night_factories.WaveFactory(night=night)
    )


def population(night, audience: str) -> int | None:
    survey = factories.SurveyFactory(event=night.event, audience=audience)
    return populations([survey])[survey.pk]


# --- Populations ----------------------------------------------------------------------------------------------------


def test_pupils_are_the_confirmed_until_the_door_has_counted(night):
    confirmed = placed_class(night, 20)
    placed_class(night, 10, ClassState.OFFERED)
    survey = factories.SurveyFactory(event=night.event, audience="pupils")
    before = populations([survey])[survey.pk]

    let_in(issue_class_ticket(school_class=confirmed, at=NOW), heads=17)

    assert (before, populations([survey])[survey.pk]) == (20, 17)


def test_teachers_are_the_people_of_bookings_with_a_place(night):
    booking = placed_class(night, 20).booking
    for joined_at in (NOW, None):
        booking.people.create(user=factories.UserFactory(), asked_at=NOW, joined_at=joined_at)
    waiting = night_factories.SchoolClassFactory(booking__night=night).booking
    waiting.people.create(user=factories.UserFactory(), role="owner")
    owners = booking.people.filter(asked_at=None).count()

    assert population(night, "teachers") == owners + 1


def test_hosts_are_the_companies_with_a_station(night):
    host = factories.ExhibitorFactory(event=night.event, state=State.ACCEPTED)
    night_factories.StationFactory.create_batch(2, night=night, host=host)
    night_factories.StationFactory(night=night, host=None)
    declined = factories.ExhibitorFactory(event=night.event, state=State.DECLINED)
    night_factories.StationFactory(night=night, host=declined)

    assert population(night, "hosts") == 1


@pytest.mark.parametrize("audience", ["pupils", "teachers", "hosts", "participants"])
def test_population_that_nobody_wrote_down_is_not_known(audience):
    survey = factories.SurveyFactory(audience=audience)

    assert populations([survey]) == {survey.pk: None}


# --- What is bound by answers ---------------------------------------------------------------------------------------


def two_questions():
    survey = factories.SurveyFactory()
    return [factories.QuestionFactory(survey=survey, key=key, position=n) for n, key in enumerate(["one", "two"], 1)]


def test_a_question_with_an_answer_or_words_is_bound():
    one, two = two_questions()
    assert answered_questions(one.survey) == set()

    factories.AnswerFactory(ballot__survey=one.survey, question=one)
    assert answered_questions(one.survey) == {one.pk}

    TextAnswer.objects.create(question=two, text="Bra fika")
    assert answered_questions(one.survey) == {one.pk, two.pk}
    assert has_answers(two)


@pytest.mark.parametrize("kind", ["sealed", "paper"])
def test_sealed_answers_bind_every_question(kind):
    one, two = two_questions()
    if kind == "sealed":
        factories.SealedBallotFactory(survey=one.survey, answers=[[one.pk, 1, "satisfied"]])
    else:
        PaperEntry.objects.create(survey=one.survey, sheet=1, answers={"answer-one": "1.satisfied"})

    assert answered_questions(one.survey) == {one.pk, two.pk}


# --- What can be copied ---------------------------------------------------------------------------------------------


def dates(years_ago: float) -> dict:
    at = NOW - timedelta(days=365 * years_ago)
    opens, closes = at - timedelta(days=60), at - timedelta(days=9)
    return {
        "starts_at": at,
        "ends_at": at + timedelta(hours=6),
        "registration_opens_at": opens,
        "registration_closes_at": closes,
    }


def held(years_ago: int, *, event, **more):
    earlier = factories.EventFactory(area=event.area, kind=event.kind, **dates(years_ago))
    return factories.QuestionFactory(survey__event=earlier, **more).survey


def test_earlier_surveys_come_from_earlier_events_of_the_kind_in_the_area(organiser):
    event = factories.EventFactory(**dates(0))
    factories.grant(organiser, Role.READER, area=event.area)
    two, one = held(2, event=event), held(1, event=event)
    held(-1, event=event)
    factories.QuestionFactory(survey__event=factories.EventFactory(**dates(1)))
    factories.SurveyFactory(event=two.event, audience="visitors")  # asks nothing
    other_kind = factories.EventFactory(area=event.area, kind="course", **dates(1))
    factories.QuestionFactory(survey__event=other_kind)

    assert earlier_surveys(event, organiser) == [one, two]


def test_earlier_surveys_begin_with_the_event_that_was_copied(organiser):
    event = factories.EventFactory(**dates(0))
    factories.grant(organiser, Role.READER, area=event.area)
    copied, one = held(3, event=event), held(1, event=event)
    event.copied_from = copied.event
    event.save()

    assert earlier_surveys(event, organiser) == [copied, one]


def test_earlier_surveys_are_those_that_the_reader_may_see(organiser):
    event = factories.EventFactory(**dates(0))
    factories.grant(organiser, Role.ORGANISER, event=event)
    held(1, event=event)

    assert earlier_surveys(event, organiser) == []
