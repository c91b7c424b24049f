"""The next period's plan: what goes along, what stays, and that two clicks make one."""

from uuid import uuid4

import pytest
from django.urls import reverse

from events.access.models import AuditEntry, Role
from events.plan.copying import NotNext, copy_plan
from events.plan.models import Activity, ActivityPlan, Goal
from events.plan.services import PlanDetails, PlanExists
from tests import factories
from tests.races import at_once

pytestmark = pytest.mark.django_db
NEXT = PlanDetails(title="Plan 2029–2030", first_year=2029, last_year=2030)


@pytest.fixture
def plan():
    return factories.PlanFactory(title="Plan 2027–2028")


def titles(plan: ActivityPlan) -> list[tuple[int, str, str]]:
    return list(plan.activities.values_list("year", "title", "status"))


def test_themes_and_goals_go_along_as_not_started(plan, organiser, now):
    theme = factories.ThemeFactory(plan=plan, title="Möten")
    factories.GoalFactory(theme=theme, kind="effect", number="E1", text="Fler möts", state="on_schedule")
    factories.GoalFactory(theme=theme, number="L1", description="Två mässor", state="reached")

    new = copy_plan(earlier=plan, details=NEXT, by=organiser, at=now).plan

    assert (new.area, new.title, new.years, new.decided_on) == (plan.area, NEXT.title, range(2029, 2031), None)
    goals = Goal.objects.filter(theme__plan=new).values_list("theme__title", "kind", "number", "description", "state")
    assert sorted(goals) == [
        ("Möten", "delivery", "L1", "Två mässor", "not_started"),
        ("Möten", "effect", "E1", "", "not_started"),
    ]


def test_what_is_left_to_do_goes_along_as_not_started(plan, organiser, now):
    for status in ("not_started", "on_schedule", "ongoing", "delivered", "done", "delayed", "postponed", "cancelled"):
        factories.ActivityFactory(plan=plan, title=status, status=status)

    copied = copy_plan(earlier=plan, details=NEXT, by=organiser, at=now)

    left = ["not_started", "on_schedule", "ongoing", "delayed", "postponed"]
    assert titles(copied.plan) == [(2029, title, "not_started") for title in left]
    assert copied.activities == 5
    assert plan.activities.count() == 8


def test_activity_takes_its_people_goals_and_undone_steps_along_but_not_what_happened(plan, organiser, now):
    goal = factories.GoalFactory(theme__plan=plan)
    activity = factories.ActivityFactory(plan=plan, what_happened="Inget än", done_by="våren 2028", status="delayed")
    activity.responsible.set(["1280", "1281"])
    activity.goals.add(goal)
    activity.steps.create(text="Boka lokal", done=True, position=1)
    activity.steps.create(text="Bjud in", position=2)
    event = factories.EventFactory(activity=activity, area=plan.area)

    copy_plan(earlier=plan, details=NEXT, by=organiser, at=now)

    new = Activity.objects.exclude(pk=activity.pk).get()
    assert sorted(new.responsible.values_list("pk", flat=True)) == ["1280", "1281"]
    assert new.goals.get().theme.plan == new.plan
    assert [(step.text, step.done) for step in new.steps.all()] == [("Bjud in", False)]
    assert (new.what_happened, new.done_by) == ("", "")
    event.refresh_from_db()
    assert event.activity == activity


def test_activity_keeps_its_year_where_the_periods_overlap(plan, organiser, now):
    for year in (2027, 2028):
        factories.ActivityFactory(plan=plan, year=year, title=str(year))

    details = PlanDetails(title="Plan", first_year=2028, last_year=2031)
    new = copy_plan(earlier=plan, details=details, by=organiser, at=now).plan

    assert sorted(titles(new)) == [(2028, "2027", "not_started"), (2028, "2028", "not_started")]


def test_trail_tells_where_the_plan_comes_from(plan, organiser, now):
    factories.ActivityFactory(plan=plan, title="Mässan")

    new = copy_plan(earlier=plan, details=NEXT, by=organiser, at=now).plan

    entry = AuditEntry.objects.about(new).get(verb="plan.copied")
    assert entry.changes == {"copied from": [None, "Plan 2027–2028"], "activities": [None, ["Mässan"]]}


def test_period_that_is_taken_or_ends_no_later_is_refused(plan, organiser, now):
    copy_plan(earlier=plan, details=NEXT, by=organiser, at=now)

    with pytest.raises(PlanExists):
        copy_plan(earlier=plan, details=NEXT, by=organiser, at=now)
    with pytest.raises(NotNext):
        copy_plan(
            earlier=plan, details=PlanDetails(title="Plan", first_year=2026, last_year=2028), by=organiser, at=now
        )
    assert ActivityPlan.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_copying_reads_as_often_for_one_activity_as_for_three(
    plan, organiser, now, count, django_assert_max_num_queries
):
    for _ in range(count):
        factories.ActivityFactory(plan=plan)

    with django_assert_max_num_queries(40 + 8 * count):
        copy_plan(earlier=plan, details=NEXT, by=organiser, at=now)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_copy_at_once_make_one_plan(now):
    plan = factories.PlanFactory()
    factories.ActivityFactory(plan=plan)

    told = at_once(*[lambda: copy_plan(earlier=plan, details=NEXT, by=None, at=now)] * 4)

    assert sorted(told) == ["done"] + ["plan_exists"] * 3
    assert (ActivityPlan.objects.count(), Activity.objects.count()) == (2, 2)


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def client(client_for, organiser, plan):
    factories.grant(organiser, Role.ORGANISER, area=plan.area)
    return client_for(organiser)


def address(plan: ActivityPlan) -> str:
    return reverse("events:plan-copy", args=[plan.pk])


TYPED = {"title": "Nästa plan", "first_year": 2029, "last_year": 2030}


def test_page_proposes_the_next_period_and_lists_what_goes_along(client, plan):
    factories.ActivityFactory(plan=plan, title="Mässan <i>")
    factories.ActivityFactory(plan=plan, title="Avslutad", status="done")

    response = client.get(address(plan))

    form, text = response.context["form"], response.content.decode()
    assert [form[name].value() for name in ("title", "first_year", "last_year")] == ["Plan 2029–2030", 2029, 2030]
    assert ("Mässan &lt;i&gt;" in text, "Avslutad" in text) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_for_one_activity_as_for_three(client, plan, count, django_assert_num_queries):
    for _ in range(count):
        activity = factories.ActivityFactory(plan=plan)
        activity.responsible.add("1281")
        activity.steps.create(text="Boka lokal")

    with django_assert_num_queries(9):
        assert client.get(address(plan)).status_code == 200


def test_plan_leads_to_the_copy_and_then_to_the_next_plan(client, plan):
    page = reverse("events:plan", args=[plan.pk])
    assert address(plan) in client.get(page).content.decode()

    new = client.post(address(plan), TYPED).url

    text = client.get(page).content.decode()
    assert (address(plan) in text, f'href="{new}"' in text) == (False, True)


def test_form_that_is_sent_twice_makes_one_plan(client, plan):
    typed = TYPED | {"once": str(uuid4())}

    first, second = client.post(address(plan), typed), client.post(address(plan), typed)

    assert (first.status_code, second.url) == (302, first.url)
    assert ActivityPlan.objects.count() == 2


def test_second_tab_is_told_that_the_plan_is_there_and_keeps_what_was_typed(client, plan):
    client.post(address(plan), TYPED | {"once": str(uuid4())})

    response = client.post(address(plan), TYPED | {"title": "Min plan", "once": str(uuid4())})

    assert response.status_code == 422
    assert "first_year" in response.context["form"].errors
    assert "Min plan" in response.content.decode()
    assert ActivityPlan.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_year": 2027, "last_year": 2028}, "first_year"),
        ({"first_year": 2031, "last_year": 2030}, "last_year"),
        ({"first_year": "", "last_year": 2030}, "first_year"),
        ({"first_year": 2029, "last_year": "9" * 30}, "last_year"),
        ({"title": ""}, "title"),
    ],
)
def test_wrong_period_is_answered_with_a_message(client, plan, typed, field):
    response = client.post(address(plan), TYPED | typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert ActivityPlan.objects.count() == 1
