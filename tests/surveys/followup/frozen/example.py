"""A plan with a fair that 54 of 71 liked: what the tests of frozen follow-ups and papers freeze."""

from dataclasses import dataclass
from datetime import date, timedelta

from events.access.models import User
from events.municipalities.models import Municipality, Participation
from events.plan.models import Activity, ActivityPlan, StatusChange
from surveys.followup.frozen.models import FrozenFollowup
from surveys.followup.frozen.services import freeze_followup
from surveys.followup.models import Indicator
from surveys.questionnaires.models import Question
from surveys.questionnaires.templates import questionnaire
from tests import factories
from tests.factories import NOW
from tests.surveys.figures.test_queries import answered


@dataclass
class Example:
    plan: ActivityPlan
    fair: Activity
    visit: Activity
    planned: Activity
    indicator: Indicator
    exhibitors: Indicator
    question: Question


def make_example() -> Example:
    """2019: a fair with two figures and a visit without; one activity planned for 2020; two goals; two texts."""
    plan = factories.PlanFactory(first_year=2019, last_year=2020, title="Aktivitetsplan 2019–2020")
    theme = factories.ThemeFactory(plan=plan)
    factories.GoalFactory(theme=theme, number="L1", text="Leveransmålet", kind="delivery", state="reached")
    factories.GoalFactory(theme=theme, number="E1", text="Effektmålet", kind="effect", description="Med & <utan>.")
    fair = factories.ActivityFactory(
        plan=plan,
        year=2019,
        position=1,
        title="B2B-mässan 2019",
        status="done",
        what_happened="En dag i Lund.\n\nMånga möten.",
        short_term_effect="Nya kontakter.",
        long_term_effect="Fler affärer.",
    )
    fair.responsible.add(Municipality.objects.get(code="1281"))
    visit = factories.ActivityFactory(plan=plan, year=2019, position=2, title="Studiebesök", status="on_schedule")
    visit.steps.create(text="Boka buss", position=1)
    visit.steps.create(text="Välj dag", position=2, done=True)
    StatusChange.objects.create(
        activity=visit, before="ongoing", after="on_schedule", note="Bussen gick sönder.", at=NOW - timedelta(days=9)
    )
    planned = factories.ActivityFactory(plan=plan, year=2020, title="Nästa mässa", status="on_schedule")
    event = factories.EventFactory(area=plan.area, activity=fair)
    asked = questionnaire("exhibitors", "fair")[0]
    survey = factories.SurveyFactory(event=event, population=134)
    question = factories.QuestionFactory(survey=survey, text=asked.words.sv, text_en=asked.words.en)
    answered(question, *["very_satisfied"] * 54, *["satisfied"] * 17)
    indicator = factories.IndicatorFactory(activity=fair, event=event, question=question)
    exhibitors = factories.IndicatorFactory(
        activity=fair, event=event, question=None, source=Indicator.Source.EXHIBITORS, position=1
    )
    for year, code in ((2019, "1281"), (2020, "1281"), (2019, "1267")):
        Participation.objects.create(area=plan.area, year=year, municipality_id=code)
    plan.words.create(year=2019, part="decisions", text="Beslut fattades i mars.")
    plan.words.create(year=2019, part="lessons", text="Börja tidigare.")
    return Example(plan, fair, visit, planned, indicator, exhibitors, question)


def freeze(plan: ActivityPlan, by: User | None = None, seen: int = 0, **facts) -> FrozenFollowup:
    values = {"meeting": "Direktörsgruppen", "meeting_on": date(2027, 3, 2), "at": NOW} | facts
    return freeze_followup(plan=plan, year=2019, seen=seen, by=by, **values)
