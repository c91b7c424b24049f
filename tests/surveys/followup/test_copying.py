"""Which indicators go along into the next period's plan, and what they begin from."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from events.plan.copying import copy_plan
from events.plan.services import PlanDetails
from surveys.followup.models import Indicator
from tests import factories

pytestmark = pytest.mark.django_db
NEXT = PlanDetails(title="Plan 2029–2030", first_year=2029, last_year=2030)


@pytest.fixture
def plan():
    return factories.PlanFactory()


def typed(**columns) -> Indicator:
    told = {"typed_value": Decimal("4.5"), "typed_on": date(2028, 5, 1), "typed_from": "Kommunerna"}
    return factories.IndicatorFactory(
        **{"source": "typed", "event": None, "question": None, "name": "Svarstid", "activity": None} | told | columns
    )


def copied(plan, by, at) -> tuple[list[Indicator], list[str]]:
    following = copy_plan(earlier=plan, details=NEXT, by=by, at=at)
    return list(Indicator.objects.of_plan(following.plan)), following.left


def test_typed_indicator_begins_from_its_last_value_without_target(plan, organiser, now):
    activity = factories.ActivityFactory(plan=plan)
    goal = factories.GoalFactory(theme__plan=plan)
    row = typed(
        activity=activity, definition="Dagar till svar", unit="dagar", direction="lower", target=3, year=2028,
        responsible_id="1281", on_front=True, sentence="Det går bra.",
    )  # fmt: skip
    row.goals.add(goal)

    (one,), left = copied(plan, organiser, now)

    assert (one.activity.title, one.name, one.definition, one.unit) == (
        activity.title,
        "Svarstid",
        "Dagar till svar",
        "dagar",
    )
    assert (one.direction, one.responsible_id, one.on_front) == ("lower", "1281", True)
    assert (one.baseline, one.target, one.year, one.typed_value, one.sentence) == (Decimal("4.5"), None, None, None, "")
    assert one.goals.get().theme.plan == one.its_plan
    assert left == []


def test_indicator_without_value_keeps_its_baseline(plan, organiser, now):
    typed(plan=plan, typed_value=None, typed_on=None, typed_from="", baseline=Decimal("12"))

    (one,), _left = copied(plan, organiser, now)

    assert (one.plan_id != plan.pk, one.baseline) == (True, Decimal("12"))


def test_indicator_of_a_finished_activity_goes_along_under_its_goals_alone(plan, organiser, now):
    done = factories.ActivityFactory(plan=plan, status="done")
    with_goal, _without = typed(activity=done), typed(activity=done, name="Utan mål")
    with_goal.goals.add(factories.GoalFactory(theme__plan=plan))

    (one,), left = copied(plan, organiser, now)

    assert (one.name, one.activity, one.its_plan.first_year) == ("Svarstid", None, 2029)
    assert len(left) == 1


def test_figures_of_an_event_stay_with_it_and_are_told(plan, organiser, now):
    activity = factories.ActivityFactory(plan=plan)
    event = factories.EventFactory(activity=activity, area=plan.area)
    factories.IndicatorFactory(activity=activity, event=event, question=factories.QuestionFactory(survey__event=event))
    factories.IndicatorFactory(activity=activity, event=event, question=None, source="attendance")

    with translation.override("en"):
        rows, left = copied(plan, organiser, now)

    assert rows == []
    assert left == [
        "2 figures stay with the event or activity that they tell of. Choose them anew when the next event is there."
    ]


def test_applicants_go_along_for_the_latest_year_that_is_known(plan, organiser, now):
    typed(
        plan=plan, source="applicants", programmes="IN TE", year=2028,
        typed_value=None, typed_on=None, typed_from="",
    )  # fmt: skip

    (one,), _left = copied(plan, organiser, now)

    assert (one.source, one.programmes, one.year, one.baseline) == ("applicants", "IN TE", None, None)
