import re
from datetime import timedelta

import pytest
from django.urls import reverse

from events.access.models import Role
from events.municipalities.models import Municipality
from registrations.exhibitors.states import State
from surveys.followup.models import Indicator, IndicatorReading
from surveys.questionnaires.templates import questionnaire
from tests import factories
from tests.factories import NOW
from tests.surveys.figures.test_queries import answered
from tests.surveys.followup.frozen.example import freeze

pytestmark = pytest.mark.django_db
SATISFIED, CONTACTS = questionnaire("exhibitors", "fair")


@pytest.fixture
def plan(db):
    return factories.PlanFactory(first_year=2019, last_year=2020, title="Aktivitetsplan 2019–2020")


@pytest.fixture
def editor_client(plan, organiser, client_for):
    factories.grant(organiser, Role.EDITOR, area=plan.area)
    return client_for(organiser)


def fair(plan, title: str = "B2B-mässan 2019"):
    """An activity with a fair, its survey's question and 54 of 71 answers to it."""
    activity = factories.ActivityFactory(plan=plan, year=2019, title=title, status="done")
    event = factories.EventFactory(area=plan.area, activity=activity)
    survey = factories.SurveyFactory(event=event, population=134)
    question = factories.QuestionFactory(survey=survey, text=SATISFIED.words.sv, text_en=SATISFIED.words.en)
    answered(question, *["very_satisfied"] * 54, *["satisfied"] * 17)
    indicator = factories.IndicatorFactory(activity=activity, event=event, question=question)
    return activity, indicator


def show(client, plan, year: int = 2019) -> str:
    """The document's words, without markup."""
    page = client.get(reverse("surveys:followup", args=[plan.pk, year])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


# --- The document ---------------------------------------------------------------------------------------------------


def test_document_shows_the_figure_in_the_row_of_its_activity(plan, editor_client):
    activity, _indicator = fair(plan)

    page = show(editor_client, plan)

    assert "76,1 %" in page
    assert (
        "54 av 71 svarande (76 %) var mycket nöjda med mässan. "
        "Osäkerhet: 65,0–84,5 procent (95 % konfidensintervall); 71 av 134 utställare svarade (53 %)."
    ) in page
    assert page.index(activity.title) < page.index("76,1 %")


def test_document_has_the_shape_of_the_papers(plan, editor_client):
    theme = factories.ThemeFactory(plan=plan)
    factories.GoalFactory(theme=theme, number="L1", text="Leveransmålet", kind="delivery", state="reached")
    factories.GoalFactory(theme=theme, number="E1", text="Effektmålet", kind="effect")
    activity = factories.ActivityFactory(
        plan=plan,
        year=2019,
        title="Studiebesök",
        what_happened="Tre besök.",
        short_term_effect="Tips.",
        long_term_effect="Vana.",
        status="done",
    )
    activity.responsible.add(Municipality.objects.get(code="1281"))
    factories.ActivityFactory(plan=plan, year=2020, title="Nästa års besök")

    page = show(editor_client, plan)

    order = ["Effektmålet", "Leveransmålet", "Studiebesök", "Lund", "Tre besök.", "Tips.", "Vana.", "Nästa års besök"]
    places = [page.index(text, page.index("Effektmålet")) for text in order]
    assert places == sorted(places)
    assert page.index("Studiebesök") < page.index("Effektmålet")  # among the completed ones, before the goals


def test_document_leads_each_figure_to_its_source(plan, editor_client):
    activity, _indicator = fair(plan)
    page = editor_client.get(reverse("surveys:followup", args=[plan.pk, 2019])).content.decode()
    event = activity.events.get()

    (link,) = re.findall(r'class="figure-link" href="([^"]+)"', page)

    assert link == f"/e/{event.slug}/manage/figures/#exhibitors-satisfied"
    assert 'id="exhibitors-satisfied"' in editor_client.get(link).content.decode()


def test_document_follows_its_figures(plan, editor_client):
    _activity, indicator = fair(plan)
    assert "54 av 71" in show(editor_client, plan)

    answered(indicator.question, "very_satisfied")

    assert "55 av 72" in show(editor_client, plan)


def test_document_shows_own_words_beside_the_figure_as_it_is(plan, editor_client):
    _activity, _indicator = fair(plan)
    Indicator.objects.update(sentence="Nästan alla trivdes <b>åé🐝</b>.")

    page = editor_client.get(reverse("surveys:followup", args=[plan.pk, 2019])).content.decode()

    assert "Nästan alla trivdes &lt;b&gt;åé🐝&lt;/b&gt;." in page
    assert "54 av 71" not in page
    assert "76,1\u00a0%" in page


def test_document_says_why_a_figure_is_withheld_or_missing(plan, editor_client):
    activity, _indicator = fair(plan)
    event = activity.events.get()
    event.surveys.update(state="closed")
    few = factories.QuestionFactory(survey=event.surveys.get(), key="few")
    answered(few, "very_satisfied", "satisfied")
    none = factories.QuestionFactory(survey=event.surveys.get(), key="none")
    for question in (few, none):
        factories.IndicatorFactory(activity=activity, event=event, question=question)
    factories.IndicatorFactory(activity=activity, event=event, question=None, source=Indicator.Source.ATTENDANCE)

    page = show(editor_client, plan)

    for text in ("För få svar (färre än 5) för att visas.", "Ingen har svarat än.", "Ingen har räknats vid dörren."):
        assert text in page


def test_document_says_when_the_figures_of_an_open_survey_come(plan, editor_client):
    indicator = factories.IndicatorFactory(activity=factories.ActivityFactory(plan=plan, year=2019))
    factories.SealedBallotFactory.create_batch(9, survey=indicator.question.survey)

    page = show(editor_client, plan)

    assert "Siffrorna visas när minst 10 har svarat eller enkäten har stängts." in page


def test_document_is_english_when_the_page_is(plan, editor_client):
    fair(plan)
    editor_client.cookies["torget_language"] = "en"

    page = show(editor_client, plan)

    assert "54 of 71 respondents (76%) were very satisfied with the fair." in page


def test_document_of_a_year_outside_the_plan_is_not_there(plan, editor_client):
    for year in (2018, 2021):
        assert editor_client.get(reverse("surveys:followup", args=[plan.pk, year])).status_code == 404


def test_document_of_the_last_year_plans_from_the_areas_next_plan(plan, editor_client):
    following = factories.PlanFactory(area=plan.area, first_year=2021, last_year=2022)
    factories.ActivityFactory(plan=following, year=2021, title="Nästa plans mässa")

    assert "Nästa plans mässa" in show(editor_client, plan, 2020)


def test_document_of_an_empty_plan_says_so(plan, editor_client):
    editor_client.cookies["torget_language"] = "en"

    page = show(editor_client, plan)

    assert "The plan has no goals yet." in page
    assert "The plan has no activities for the year." in page


def test_document_is_for_reading_without_the_editors_links(plan, client_for):
    activity, indicator = fair(plan)
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, area=plan.area)

    page = client_for(reader).get(reverse("surveys:followup", args=[plan.pk, 2019])).content.decode()

    assert reverse("surveys:sentence", args=[plan.pk, indicator.pk]) not in page
    assert reverse("surveys:indicators", args=[plan.pk, activity.pk]) not in page


def test_document_names_its_latest_frozen_versions(plan, editor_client):
    fair(plan)
    for seen in range(4):
        freeze(plan, seen=seen, meeting=f"Möte {seen + 1}")

    text = show(editor_client, plan).split("Aktivitetsplan 2019–2020", 2)[1]

    assert [number for number in range(1, 5) if f"2019:{number} Möte {number}" in text] == [2, 3, 4]
    assert text.index("2019:4") < text.index("2019:3")


def test_document_takes_as_many_queries_for_three_activities_and_five_years_of_readings(
    plan, editor_client, django_assert_num_queries
):
    _activity, indicator = fair(plan)
    readings_of(indicator, years=1)
    goal = factories.GoalFactory(theme__plan=plan)
    indicator.goals.add(goal)
    show(editor_client, plan)
    with django_assert_num_queries(20):
        show(editor_client, plan)
    for title in ("Mässan i Malmö", "Mässan i Eslöv"):
        activity, indicator = fair(plan, title)
        activity.responsible.set(Municipality.objects.all()[:3])
        indicator.goals.add(goal, factories.GoalFactory(theme=goal.theme))
        readings_of(indicator, years=5)

    with django_assert_num_queries(20):
        show(editor_client, plan)


def readings_of(indicator, *, years: int) -> None:
    """A reading a month, with another definition in the last year."""
    IndicatorReading.objects.bulk_create(
        IndicatorReading(
            indicator=indicator,
            value=70 + month % 12,
            n=71,
            source="survey",
            definition={"target": "70" if month < 12 * (years - 1) + 6 else "75"},
            fingerprint="a" if month < 12 * (years - 1) + 6 else "b",
            taken_at=NOW + timedelta(days=30 * month),
        )
        for month in range(12 * years)
    )


# --- Choosing figures -----------------------------------------------------------------------------------------------


def test_figures_of_the_activitys_events_can_be_chosen(plan, editor_client):
    activity, indicator = fair(plan)
    event = activity.events.get()
    factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
    address = reverse("surveys:indicators", args=[plan.pk, activity.pk])

    form = editor_client.get(address).context["form"]
    response = editor_client.post(address, {"chosen": [f"exhibitors-{event.pk}"]})

    codes = [code for _event, choices in form.fields["chosen"].choices for code, _label in choices]
    numbers = ["exhibitors", "returning", "municipalities", "attendance", "income", "exhibitor_cost"]
    assert codes == [f"question-{indicator.question_id}", *(f"{number}-{event.pk}" for number in numbers)]
    assert form["chosen"].value() == [f"question-{indicator.question_id}"]
    assert response.url == reverse("surveys:followup", args=[plan.pk, 2019])
    assert "1 företag" in show(editor_client, plan)


def test_nothing_may_be_chosen(plan, editor_client):
    activity, _indicator = fair(plan)

    editor_client.post(reverse("surveys:indicators", args=[plan.pk, activity.pk]), {})

    assert activity.indicators.count() == 0


def test_figure_of_another_event_cannot_be_chosen(plan, editor_client):
    activity, _indicator = fair(plan)
    foreign = factories.EventFactory()

    response = editor_client.post(
        reverse("surveys:indicators", args=[plan.pk, activity.pk]), {"chosen": [f"exhibitors-{foreign.pk}"]}
    )

    assert response.status_code == 422


def test_activity_without_events_says_where_figures_come_from(plan, editor_client):
    activity = factories.ActivityFactory(plan=plan, year=2019)

    page = editor_client.get(reverse("surveys:indicators", args=[plan.pk, activity.pk])).content.decode()

    assert 'class="empty"' in page
    assert 'type="checkbox"' not in page


# --- The sentence ---------------------------------------------------------------------------------------------------


def test_sentence_begins_as_the_draft(plan, editor_client):
    _activity, indicator = fair(plan)

    form = editor_client.get(reverse("surveys:sentence", args=[plan.pk, indicator.pk])).context["form"]

    assert form["sentence"].value().startswith("54 av 71")


def test_sentence_left_as_the_draft_stays_a_draft(plan, editor_client):
    _activity, indicator = fair(plan)
    address = reverse("surveys:sentence", args=[plan.pk, indicator.pk])
    form = editor_client.get(address).context["form"]

    editor_client.post(address, {"sentence": form["sentence"].value(), "version": "1"})

    indicator.refresh_from_db()
    assert indicator.sentence == ""


def test_sentence_is_changed_and_brought_back(plan, editor_client):
    activity, indicator = fair(plan)

    response = editor_client.post(
        reverse("surveys:sentence", args=[plan.pk, indicator.pk]), {"sentence": "Bra.", "version": "1"}
    )
    assert response.url == f"/plans/{plan.pk}/follow-up/2019/#activity-{activity.pk}"
    assert "Bra." in show(editor_client, plan)
    editor_client.post(reverse("surveys:sentence-draft", args=[plan.pk, indicator.pk]), {"version": "2"})

    assert "54 av 71" in show(editor_client, plan)


def test_sentence_that_a_colleague_changed_shows_both(plan, editor_client):
    _activity, indicator = fair(plan)
    Indicator.objects.update(sentence="Kollegans ord.", version=2)

    response = editor_client.post(
        reverse("surveys:sentence", args=[plan.pk, indicator.pk]), {"sentence": "Mina ord.", "version": "1"}
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "Kollegans ord." in page
    assert "Mina ord." in page


@pytest.mark.parametrize("version", ["1", "", "x", "²", "9" * 30])
def test_draft_is_not_brought_back_over_a_colleague(plan, editor_client, version):
    _activity, indicator = fair(plan)
    Indicator.objects.update(sentence="Kollegans ord.", version=2)

    editor_client.post(reverse("surveys:sentence-draft", args=[plan.pk, indicator.pk]), {"version": version})

    indicator.refresh_from_db()
    assert indicator.sentence == "Kollegans ord."


def test_sentence_of_600_letters_is_the_longest(plan, editor_client):
    _activity, indicator = fair(plan)

    response = editor_client.post(
        reverse("surveys:sentence", args=[plan.pk, indicator.pk]), {"sentence": "å" * 601, "version": "1"}
    )

    assert response.status_code == 422
    assert "å" * 601 in response.content.decode()


def test_indicator_of_another_plan_is_not_there(plan, editor_client):
    foreign = factories.IndicatorFactory()

    assert editor_client.get(reverse("surveys:sentence", args=[plan.pk, foreign.pk])).status_code == 404
