"""The plan's pages, as they are asked for."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from events.access.models import AuditEntry, Role
from events.municipalities.models import Participation
from events.plan import services
from events.plan.models import Activity, ActivityPlan, Goal, Theme
from tests import factories
from tests.typed import typed_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organiser) -> ActivityPlan:
    """A plan whose area the organiser runs."""
    plan = factories.PlanFactory(title="Aktivitetsplan", first_year=2027, last_year=2028)
    factories.grant(organiser, Role.ORGANISER, area=plan.area)
    return plan


@pytest.fixture
def client(client_for, organiser, bare):
    return client_for(organiser)


def address(name: str, *args) -> str:
    return reverse(f"events:{name}", args=args)


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_often_for_one_plan_as_for_three(client, plan, count, django_assert_num_queries):
    for year in range(1, count):
        factories.PlanFactory(area=plan.area, first_year=2030 + year, last_year=2030 + year)

    with django_assert_num_queries(6):
        assert client.get(address("plan-list")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_plan_asks_as_often_for_one_activity_as_for_three(
    client, plan, organiser, now, count, django_assert_num_queries
):
    theme = services.add_theme(plan=plan, title="Möten", by=organiser, at=now)
    for _ in range(count):
        goal = factories.GoalFactory(theme=theme)
        activity = factories.ActivityFactory(plan=plan, year=2027)
        activity.responsible.add("1281")
        activity.goals.add(goal)
        factories.EventFactory(activity=activity, area=plan.area)

    client.get(address("plan", plan.pk))  # the names of the content types are read once a process
    with django_assert_num_queries(18):
        assert client.get(address("plan", plan.pk)).status_code == 200


def test_plan_is_a_paper_with_goals_activities_and_ways_on(client, plan):
    goal = factories.GoalFactory(theme__plan=plan, number="L1", text="Företagen möts")
    activity = factories.ActivityFactory(plan=plan, year=2027, title="B2B-mässan <script>", done_by="12 mars 2027")
    event = factories.EventFactory(activity=activity, area=plan.area)

    text = client.get(address("plan", plan.pk)).content.decode()

    wanted = (
        goal.text,
        escape(activity.title),
        "12 mars 2027",
        address("event-overview", event.slug),
        f"{address('event-new', plan.area.slug)}?activity={activity.pk}",
        'id="year-2027"',
        reverse("surveys:followup", args=[plan.pk, 2027]),
    )
    assert [piece for piece in wanted if piece not in text] == []
    assert "<script>" not in text.replace("<script type", "").replace("<script src", "")


def test_plan_of_a_reader_has_no_ways_to_write(client_for, plan, bare):
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, area=plan.area)
    factories.ActivityFactory(plan=plan, year=2027)

    text = client_for(reader).get(address("plan", plan.pk)).content.decode()

    writing = ("plan-edit", "plan-copy", "theme-new", "goal-new", "activity-new")
    assert [name for name in writing if address(name, plan.pk) in text] == []
    assert address("event-new", plan.area.slug) not in text


def test_new_plan_is_made_for_an_area_that_one_may_plan(client, plan):
    typed = {"area": plan.area_id, "title": "Nästa plan", "first_year": 2029, "last_year": 2030, "decided_on": ""}

    response = client.post(address("plan-new"), typed)

    assert response.url == address("plan", ActivityPlan.objects.get(title="Nästa plan").pk)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"first_year": 2027, "last_year": 2028}, "first_year"),  # the area has that plan
        ({"first_year": 2030, "last_year": 2029}, "last_year"),
        ({"first_year": 20300, "last_year": 20301}, "first_year"),
        ({"first_year": 2030, "last_year": 2045}, "last_year"),
        ({"first_year": "i år", "last_year": 2045}, "first_year"),
    ],
)
def test_new_plan_with_wrong_years_keeps_what_was_typed(client, plan, typed, field):
    response = client.post(address("plan-new"), {"area": plan.area_id, "title": "Min plan", **typed})

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Min plan" in response.content.decode()


def test_new_plan_for_a_foreign_area_is_refused(client, plan):
    typed = {"area": factories.AreaFactory().pk, "title": "Min plan", "first_year": 2030, "last_year": 2031}

    assert list(client.post(address("plan-new"), typed).context["form"].errors) == ["area"]


def test_plan_edit_of_two_at_once_shows_the_second_what_the_first_saved(client, plan):
    typed = {"title": "Ny titel", "first_year": 2027, "last_year": 2028, "decided_on": "2027-06-14", "version": 1}

    first = client.post(address("plan-edit", plan.pk), typed)
    second = client.post(address("plan-edit", plan.pk), typed | {"title": "Min titel"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Ny titel" in second.content.decode()
    assert second.context["form"]["title"].value() == "Min titel"


def test_participation_is_saved_year_by_year(client, plan):
    typed = {"year_2027": ["1280", "1281"], "year_2028": ["1281"], "version": 1}

    response = client.post(address("plan-participation", plan.pk), typed)

    assert response.status_code == 302
    rows = Participation.objects.order_by("year", "municipality_id").values_list("year", "municipality_id")
    assert list(rows) == [(2027, "1280"), (2027, "1281"), (2028, "1281")]


def test_participation_has_a_named_box_for_each_municipality_and_year(client, plan):
    Participation.objects.create(area=plan.area, year=2028, municipality_id="1281")

    text = client.get(address("plan-participation", plan.pk)).content.decode()

    boxes = re.findall(r'<input type="checkbox" name="(year_\d+)" value="(\d+)"[^>]*?( checked)?>', text)
    assert len(boxes) == 2 * 12
    assert [box[:2] for box in boxes if box[2]] == [("year_2028", "1281")]
    assert '<span class="visually-hidden">Lund 2028</span>' in text


def test_participation_of_two_at_once_shows_the_second_what_the_first_saved(client, plan):
    client.post(address("plan-participation", plan.pk), {"year_2027": ["1281"], "version": 1})

    response = client.post(address("plan-participation", plan.pk), {"year_2027": ["1280"], "version": 1})

    assert (response.status_code, response.context["form"]["version"].value()) == (409, "2")
    assert response.context["stored"] == [("2027", "Lund"), ("2028", "")]
    assert response.context["form"]["year_2027"].value() == ["1280"]
    assert Participation.objects.get().municipality_id == "1281"


def test_participation_with_a_fault_says_so_and_keeps_the_rest(client, plan):
    typed = {"year_2027": ["1280", "9999"], "version": 1}

    response = client.post(address("plan-participation", plan.pk), typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["year_2027"])
    assert response.context["form"]["year_2027"].value() == ["1280", "9999"]


@pytest.mark.parametrize("count", [1, 3])
def test_participation_asks_as_often_for_one_municipality_as_for_three(client, plan, count, django_assert_num_queries):
    for code in ("1281", "1280", "1267")[:count]:
        Participation.objects.create(area=plan.area, year=2027, municipality_id=code)

    with django_assert_num_queries(10):
        assert client.get(address("plan-participation", plan.pk)).status_code == 200


def test_reader_reads_who_takes_part_when(client_for, plan):
    reader = factories.UserFactory()
    factories.grant(reader, Role.READER, area=plan.area)
    for year, code in ((2027, "1281"), (2028, "1281"), (2027, "1267"), (2026, "1280")):
        Participation.objects.create(area=plan.area, year=year, municipality_id=code)

    response = client_for(reader).get(address("plan-participation", plan.pk))

    partners = [(one.municipality.name, one.years) for one in response.context["partners"]]
    assert partners == [("Höör", [2027]), ("Lund", [2027, 2028])]
    assert "<input" not in response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def test_theme_is_added_changed_and_removed(client, plan):
    client.post(address("theme-new", plan.pk), {"title": "Möten"})
    theme = Theme.objects.get()
    client.post(address("theme-edit", plan.pk, theme.pk), {"title": "Möten 🎪", "position": 2, "version": 1})
    assert Theme.objects.get().title == "Möten 🎪"

    client.get(address("theme-remove", plan.pk, theme.pk))
    assert Theme.objects.exists()
    client.post(address("theme-remove", plan.pk, theme.pk))

    assert not Theme.objects.exists()


def test_goal_is_added_under_a_theme_of_the_plan(client, plan):
    assert client.get(address("goal-new", plan.pk)).url == address("theme-new", plan.pk)
    theme, foreign = factories.ThemeFactory(plan=plan), factories.ThemeFactory()
    typed = {"kind": "effect", "number": "E1", "text": "Fler möten", "state": "not_started"}

    refused = client.post(address("goal-new", plan.pk), {**typed, "theme": foreign.pk})
    client.post(address("goal-new", plan.pk), {**typed, "theme": theme.pk})

    assert list(refused.context["form"].errors) == ["theme"]
    assert [(goal.theme, goal.number) for goal in Goal.objects.all()] == [(theme, "E1")]


def test_goal_of_another_plan_is_404(client, plan):
    foreign = factories.GoalFactory()

    assert client.get(address("goal-edit", plan.pk, foreign.pk)).status_code == 404
    assert client.post(address("goal-remove", plan.pk, foreign.pk)).status_code == 404


def test_goal_with_activities_stays_and_says_why(client, plan):
    goal = factories.GoalFactory(theme__plan=plan)
    factories.ActivityFactory(plan=plan).goals.add(goal)

    assert client.post(address("goal-remove", plan.pk, goal.pk)).status_code == 409
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_activity_is_added_in_the_year_that_was_asked_for(client, plan):
    form = client.get(address("activity-new", plan.pk), {"year": 2028}).context["form"]
    assert str(form["year"].value()) == "2028"

    client.post(
        address("activity-new", plan.pk),
        {"title": "Mässan", "year": 2028, "status": "not_started", "responsible": ["1280", "1281"], "position": ""},
    )

    activity = Activity.objects.get()
    assert (activity.year, activity.position, activity.responsible.count()) == (2028, 1, 2)


@pytest.mark.parametrize(("field", "value"), [("title", "å" * 201), ("year", "2050"), ("responsible", ["9999"])])
def test_activity_with_a_fault_keeps_what_was_typed(client, plan, field, value):
    activity = factories.ActivityFactory(plan=plan)

    response = client.post(
        address("activity", plan.pk, activity.pk),
        typed_activity(activity, what_happened="Många kom", **{field: value}),
    )

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert "Många kom" in response.content.decode()


def test_activity_is_changed_and_its_trail_shown_with_names(client, plan, organiser):
    activity = factories.ActivityFactory(plan=plan)

    client.post(
        address("activity", plan.pk, activity.pk), typed_activity(activity, responsible=["1264"], status="done")
    )

    entry = AuditEntry.objects.about(activity).get()
    assert entry.changes == {"status": ["not_started", "done"], "responsible": [[], ["Skurup"]]}
    text = client.get(address("activity", plan.pk, activity.pk)).content.decode()
    assert (organiser.name in text, "Skurup" in text) == (True, True)


def test_activity_of_two_at_once_shows_the_second_what_the_first_saved(client, plan):
    activity = factories.ActivityFactory(plan=plan)
    opened = typed_activity(activity)

    client.post(address("activity", plan.pk, activity.pk), opened | {"title": "Först"})
    response = client.post(address("activity", plan.pk, activity.pk), opened | {"title": "Sedan"})

    assert response.status_code == 409
    assert (response.context["form"]["title"].value(), response.context["form"]["version"].value()) == ("Sedan", "2")
    activity.refresh_from_db()
    assert activity.title == "Först"


def test_activity_shows_its_events_and_the_pieces_of_the_higher_apps(client, plan, bare):
    activity = factories.ActivityFactory(plan=plan)
    event = factories.EventFactory(activity=activity, area=plan.area)
    bare.activity_sections.register(lambda activity, request: "Nöjdhet 76,1 %")

    text = client.get(address("activity", plan.pk, activity.pk)).content.decode()

    assert [piece in text for piece in (event.name, "Nöjdhet 76,1 %")] == [True, True]


def test_activity_of_another_plan_is_404(client, plan):
    foreign = factories.ActivityFactory()

    assert client.get(address("activity", plan.pk, foreign.pk)).status_code == 404


def test_activity_with_events_stays_and_says_why(client, plan):
    activity = factories.ActivityFactory(plan=plan)
    factories.EventFactory(activity=activity)

    assert client.post(address("activity-remove", plan.pk, activity.pk)).status_code == 409
    assert Activity.objects.filter(pk=activity.pk).exists()
