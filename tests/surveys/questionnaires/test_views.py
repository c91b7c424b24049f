from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.access.models import Role
from surveys.questionnaires.models import Survey, SurveyState
from tests import factories, night_factories

pytestmark = pytest.mark.django_db


def url(survey, name: str, *more: str) -> str:
    return reverse(f"surveys:{name}", args=[survey.event.slug, survey.audience, *more])


def test_list_proposes_what_is_not_there(organiser_client):
    event = factories.SurveyFactory(audience="exhibitors").event

    response = organiser_client(event).get(reverse("surveys:survey-list", args=[event.slug]))

    assert [row.survey.audience for row in response.context["rows"]] == ["exhibitors"]
    assert [proposal.audience for proposal in response.context["proposals"]] == ["visitors"]


def test_list_counts_invited_answered_and_rate(organiser_client):
    survey = factories.SurveyFactory(population=10)
    factories.InvitationFactory.create_batch(3, survey=survey)
    factories.InvitationFactory(survey=survey, used=True)
    factories.SealedBallotFactory(survey=survey)
    factories.BallotFactory(survey=survey, source="import")

    (row,) = (
        organiser_client(survey.event).get(reverse("surveys:survey-list", args=[survey.event.slug])).context["rows"]
    )

    assert (row.invited, row.unanswered, row.answered, row.population, row.response_rate) == (4, 3, 2, 10, 0.2)


def test_list_takes_as_many_queries_for_two_surveys(organiser_client, django_assert_max_num_queries):
    event = factories.SurveyFactory(audience="exhibitors").event
    client = organiser_client(event)
    address = reverse("surveys:survey-list", args=[event.slug])
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    factories.SurveyFactory(event=event, audience="visitors")

    with django_assert_max_num_queries(len(one) + 1):  # visitors are counted by a query of their own
        client.get(address)


def test_create_makes_the_survey_and_leads_to_it(organiser_client):
    event = factories.EventFactory(slug="b2b-2027")

    response = organiser_client(event).post(
        reverse("surveys:survey-create", args=[event.slug]), {"audience": "visitors"}, follow=True
    )

    assert response.redirect_chain == [("/e/b2b-2027/manage/surveys/visitors/", 302)]
    assert Survey.objects.get().slug == "b2b-2027-visitors"


def test_create_twice_says_that_it_is_there(organiser_client):
    event = factories.SurveyFactory(audience="visitors").event

    response = organiser_client(event).post(
        reverse("surveys:survey-create", args=[event.slug]), {"audience": "visitors"}, follow=True
    )

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_create_for_an_unknown_audience_is_not_found(organiser_client):
    event = factories.EventFactory()

    response = organiser_client(event).post(reverse("surveys:survey-create", args=[event.slug]), {"audience": "ghosts"})

    assert response.status_code == 404


def test_open_proposes_three_weeks_and_opens(organiser_client):
    survey = factories.QuestionFactory(survey__state=SurveyState.DRAFT).survey
    client = organiser_client(survey.event)
    proposed = client.get(url(survey, "survey-open")).context["form"]["closes_at"].value()

    client.post(url(survey, "survey-open"), {"closes_at": f"{proposed:%Y-%m-%dT%H:%M}"})

    survey.refresh_from_db()
    assert survey.state == SurveyState.OPEN
    assert timedelta(days=20) < survey.closes_at - timezone.now() < timedelta(days=22)


@pytest.mark.parametrize(("audience", "invites"), [("teachers", True), ("pupils", False), ("participants", False)])
def test_only_those_with_addresses_are_to_be_invited(organiser_client, audience, invites):
    survey = factories.QuestionFactory(survey__state=SurveyState.DRAFT, survey__audience=audience).survey
    client = organiser_client(survey.event)

    page = client.post(url(survey, "survey-open"), {"closes_at": "2090-01-01T12:00"}, follow=True)

    assert (url(survey, "survey-invite") in page.content.decode()) is invites
    assert [str(message).endswith("inbjudningarna nu.") for message in page.context["messages"]] == [invites]


def test_open_says_what_is_left_to_put_right(organiser_client):
    survey = factories.QuestionFactory(survey__state=SurveyState.DRAFT, text_en="").survey
    client = organiser_client(survey.event)

    page = client.get(url(survey, "survey"))
    response = client.post(url(survey, "survey-open"), {"closes_at": "2090-01-01T12:00"})

    assert [(problem.code, problem.key) for problem in page.context["problems"]] == [("text_en_missing", "satisfied")]
    assert (response.status_code, response.context["refusal"].code) == (409, "survey_not_ready")


def test_list_proposes_pupils_teachers_and_hosts_for_an_evening(organiser_client):
    event = night_factories.NightFactory().event

    response = organiser_client(event).get(reverse("surveys:survey-list", args=[event.slug]))

    assert [proposal.audience for proposal in response.context["proposals"]] == ["pupils", "teachers", "hosts"]


def earlier_survey(event):
    before = factories.EventFactory(area=event.area, **{k: getattr(event, k) - timedelta(days=365) for k in DATES})
    return factories.QuestionFactory(survey__event=before, text="Samma som i fjol?").survey


DATES = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")


def test_list_offers_last_years_questions_and_create_copies_them(organiser_client, organiser):
    event = factories.EventFactory(slug="b2b-2027")
    source = earlier_survey(event)
    client = organiser_client(event)
    factories.grant(organiser, Role.READER, area=event.area)
    address = reverse("surveys:survey-list", args=[event.slug])

    offered = {one.audience: one.earlier for one in client.get(address).context["proposals"]}
    client.post(reverse("surveys:survey-create", args=[event.slug]), {"audience": "exhibitors", "copy_of": source.pk})

    assert offered == {"exhibitors": [source], "visitors": []}
    assert [question.text for question in event.surveys.get().questions.all()] == ["Samma som i fjol?"]


@pytest.mark.parametrize(("audience", "copy_of"), [("visitors", "its"), ("exhibitors", "0"), ("exhibitors", "ghost")])
def test_create_copies_nothing_else(organiser_client, organiser, audience, copy_of):
    event = factories.EventFactory()
    source = earlier_survey(event)
    client = organiser_client(event)
    factories.grant(organiser, Role.READER, area=event.area)
    copy_of = str(source.pk) if copy_of == "its" else copy_of

    response = client.post(
        reverse("surveys:survey-create", args=[event.slug]), {"audience": audience, "copy_of": copy_of}
    )

    assert (response.status_code, event.surveys.count()) == (404, 0)


def test_create_does_not_copy_what_one_may_not_see(organiser_client):
    event = factories.EventFactory()
    source = earlier_survey(event)

    response = organiser_client(event).post(
        reverse("surveys:survey-create", args=[event.slug]), {"audience": "exhibitors", "copy_of": source.pk}
    )

    assert response.status_code == 404


def test_only_the_framed_preview_may_be_framed_and_only_by_us(organiser_client):
    survey = factories.QuestionFactory().survey
    client = organiser_client(survey.event)

    framed, page = client.get(url(survey, "survey-frame"), {"language": "en"}), client.get(url(survey, "survey"))

    assert "How satisfied are you?" in framed.content.decode()
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_survey_takes_as_many_queries_for_many_questions(organiser_client, django_assert_num_queries):
    survey = factories.QuestionFactory().survey
    client = organiser_client(survey.event)
    client.get(url(survey, "survey"))
    with CaptureQueriesContext(connection) as one:
        client.get(url(survey, "survey"))
    first = survey.questions.get()
    for n in range(3):
        factories.QuestionFactory(
            survey=survey, key=f"q{n}", position=2 + n, only_if=first, only_if_values=["satisfied"]
        )

    with django_assert_num_queries(len(one)):
        client.get(url(survey, "survey"))


def test_open_refuses_a_day_that_has_been_and_keeps_what_was_typed(organiser_client):
    survey = factories.SurveyFactory(state=SurveyState.DRAFT)

    response = organiser_client(survey.event).post(url(survey, "survey-open"), {"closes_at": "2020-03-01T12:00"})

    assert response.status_code == 409
    assert "2020-03-01T12:00" in response.content.decode()


def test_open_says_when_the_clock_shows_a_time_twice(organiser_client):
    survey = factories.SurveyFactory(state=SurveyState.DRAFT)

    response = organiser_client(survey.event).post(url(survey, "survey-open"), {"closes_at": "2027-10-31T02:30"})

    assert response.status_code == 422


def test_close_closes(organiser_client):
    survey = factories.SurveyFactory()

    organiser_client(survey.event).post(url(survey, "survey-close"))

    survey.refresh_from_db()
    assert survey.state == SurveyState.CLOSED


def test_survey_says_when_its_figures_come(organiser_client):
    survey = factories.SurveyFactory()

    page = organiser_client(survey.event).get(url(survey, "survey")).content.decode()

    assert "minst 10" in page or "at least 10" in page


def test_edit_refuses_fewer_than_have_answered_at_the_field(organiser_client):
    survey = factories.SurveyFactory()
    factories.InvitationFactory(survey=survey, used=True)

    response = organiser_client(survey.event).post(
        url(survey, "survey-edit"), {"closes_at": "2090-01-01T12:00", "population": "0"}
    )

    assert response.status_code == 409
    assert list(response.context["form"].errors) == ["population"]


def test_question_with_a_script_in_it_is_shown_as_text(organiser_client):
    question = factories.QuestionFactory(text="<script>alert(1)</script> åé🐝")

    page = organiser_client(question.survey.event).get(url(question.survey, "survey-preview")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; åé🐝" in page
