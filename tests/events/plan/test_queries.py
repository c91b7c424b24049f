"""The paper as the directors see it."""

import pytest

from events.municipalities.models import Participation
from events.plan import queries
from events.plan.models import ActivityPlan, Goal
from events.plan.services import add_theme, remove_part
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> ActivityPlan:
    return factories.PlanFactory(first_year=2027, last_year=2028)


def take_part(plan, year, *codes):
    for code in codes:
        Participation.objects.create(area=plan.area, year=year, municipality_id=code)


@pytest.mark.parametrize("count", [1, 3])
def test_years_ask_as_often_for_one_activity_as_for_three(plan, count, django_assert_num_queries):
    take_part(plan, 2027, "1281")
    for _ in range(count):
        activity = factories.ActivityFactory(plan=plan, year=2027)
        activity.responsible.add("1281")
        activity.goals.add(factories.GoalFactory(theme__plan=plan))
        factories.EventFactory.create_batch(2, activity=activity)

    with django_assert_num_queries(5):
        rows = queries.years_of(plan)[0].activities
        seen = [(list(a.responsible.all()), list(a.goals.all()), list(a.events.all())) for a in rows]

    assert [tuple(map(len, row)) for row in seen] == [(1, 1, 2)] * count


@pytest.mark.parametrize("count", [1, 3])
def test_themes_ask_as_often_for_one_as_for_three(plan, count, django_assert_num_queries):
    for position in range(count):
        theme = factories.ThemeFactory(plan=plan, position=position)
        factories.GoalFactory(theme=theme, kind=Goal.Kind.EFFECT)
        factories.GoalFactory.create_batch(2, theme=theme, kind=Goal.Kind.DELIVERY)

    with django_assert_num_queries(2):
        themes = queries.themes_of(plan)

    assert [(len(t.effect_goals), len(t.delivery_goals)) for t in themes] == [(1, 2)] * count


def test_years_stand_in_order_with_or_without_activities(plan):
    late = factories.ActivityFactory(plan=plan, year=2028, position=2)
    early = factories.ActivityFactory(plan=plan, year=2028, position=1)

    assert [(year.label, year.activities) for year in queries.years_of(plan)] == [
        ("2027", []),
        ("2028", [early, late]),
    ]


def test_participants_stand_in_swedish_order(plan):
    take_part(plan, 2027, "1267", "1285", "1233", "1280")

    assert [m.name for m in queries.years_of(plan)[0].participants] == ["Eslöv", "Höör", "Malmö", "Vellinge"]


def test_activity_of_one_that_left_says_from_whom_it_must_be_handed_over(plan):
    take_part(plan, 2027, "1281", "1262")
    take_part(plan, 2028, "1281")
    for year in (2027, 2028):
        factories.ActivityFactory(plan=plan, year=year).responsible.set(["1262", "1281"])

    years = queries.years_of(plan)

    assert [[m.name for m in year.activities[0].handed_over_from] for year in years] == [[], ["Lomma"]]


def test_activity_waits_for_no_handing_over_where_participation_is_not_known(plan):
    factories.ActivityFactory(plan=plan, year=2027).responsible.set(["1262"])

    assert queries.years_of(plan)[0].activities[0].handed_over_from == []


def test_history_is_that_of_the_plan_and_its_parts(plan, organiser, now):
    theme = add_theme(plan=plan, title="Möten", by=organiser, at=now)
    add_theme(plan=factories.PlanFactory(), title="Annan plans", by=organiser, at=now)
    remove_part(part=theme, by=organiser, at=now)
    kept = add_theme(plan=plan, title="Nya möten", by=organiser, at=now)

    assert [entry.object_name for entry in queries.plan_history(plan)] == [kept.title, plan.title]


def test_plans_are_gathered_by_area_in_swedish_order_the_latest_first():
    energy = factories.AreaFactory(name="Ängar")
    business = factories.AreaFactory(name="Åkrar")
    old = factories.PlanFactory(area=business, first_year=2019, last_year=2020)
    new = factories.PlanFactory(area=business, first_year=2021, last_year=2022)
    other = factories.PlanFactory(area=energy)

    gathered = queries.plans_by_area(ActivityPlan.objects.all())

    assert list(gathered.items()) == [("Åkrar", [new, old]), ("Ängar", [other])]
