"""The plan and its parts, written with a trail."""

from dataclasses import replace

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.municipalities.models import Municipality, Participation
from events.plan import services
from events.plan.models import Activity, ActivityPlan, Goal, Status, Theme
from events.plan.services import ActivityDetails, GoalDetails, PlanDetails
from tests import factories

pytestmark = pytest.mark.django_db

HEAD = PlanDetails(title="Aktivitetsplan 2027–2028", first_year=2027, last_year=2028)
NIGHT = ActivityDetails(year=2027, title="Industrinatten", done_by="Hösten")


@pytest.fixture
def plan() -> ActivityPlan:
    return factories.PlanFactory(first_year=2027, last_year=2028)


def towns(*codes: str) -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=codes))


def last_entry(thing) -> AuditEntry:
    return AuditEntry.objects.about(thing).first()


# --- The plan itself ------------------------------------------------------------------------------------------------


def test_create_plan_leaves_its_trail(organiser, now):
    plan = services.create_plan(area=factories.AreaFactory(), details=HEAD, by=organiser, at=now)

    assert list(plan.years) == [2027, 2028]
    assert (last_entry(plan).verb, last_entry(plan).actor) == (services.PLAN_CREATED, organiser)


def test_create_plan_for_a_period_that_has_one_is_refused(plan, organiser, now):
    with pytest.raises(services.PlanExists):
        services.create_plan(area=plan.area, details=HEAD, by=organiser, at=now)


def test_change_plan_takes_its_version(plan, organiser, now):
    details = replace(HEAD, title="Nytt namn")

    changed = services.change_plan(plan=plan, details=details, version=1, by=organiser, at=now)

    assert (changed.title, changed.version) == ("Nytt namn", 2)
    with pytest.raises(Stale):
        services.change_plan(plan=plan, details=details, version=1, by=organiser, at=now)


def test_change_plan_keeps_the_years_that_have_activities(plan, organiser, now):
    factories.ActivityFactory(plan=plan, year=2028)

    with pytest.raises(services.YearsInUse) as refusal:
        services.change_plan(plan=plan, details=replace(HEAD, last_year=2027), version=1, by=organiser, at=now)

    assert "2028" in str(refusal.value)


def test_change_plan_to_another_plans_period_is_refused(plan, organiser, now):
    factories.PlanFactory(area=plan.area, first_year=2029, last_year=2030)

    with pytest.raises(services.PlanExists):
        services.change_plan(
            plan=plan, details=replace(HEAD, first_year=2029, last_year=2030), version=1, by=organiser, at=now
        )


def test_participation_is_a_year_by_itself_and_leaving_is_not_having_the_next(plan, organiser, now):
    both, lund = towns("1280", "1281"), towns("1281")

    services.change_participations(plan=plan, by_year={2027: both, 2028: lund}, version=1, by=organiser, at=now)

    rows = Participation.objects.filter(area=plan.area).order_by("year", "municipality_id")
    assert [(row.year, row.municipality_id) for row in rows] == [(2027, "1280"), (2027, "1281"), (2028, "1281")]
    assert last_entry(plan).changes == {"participants 2028": [[], ["Lund"]]}


def test_participation_that_stays_the_same_leaves_no_trail(plan, organiser, now):
    for _ in range(2):
        services.change_participation(plan=plan, year=2027, municipalities=towns("1281"), by=organiser, at=now)

    assert AuditEntry.objects.about(plan).count() == 1


def test_participation_outside_the_plan_is_refused(plan, organiser, now):
    with pytest.raises(services.YearOutside):
        services.change_participation(plan=plan, year=2030, municipalities=[], by=organiser, at=now)


# --- Themes and goals -----------------------------------------------------------------------------------------------


def test_themes_are_added_one_after_the_other(plan, organiser, now):
    themes = [services.add_theme(plan=plan, title=title, by=organiser, at=now) for title in ("Först", "Sedan")]

    assert [theme.position for theme in themes] == [1, 2]


def test_change_theme_takes_its_version(organiser, now):
    theme = factories.ThemeFactory()

    services.change_theme(theme=theme, title="Ny", position=3, version=1, by=organiser, at=now)

    assert last_entry(theme).changes == {"position": [1, 3], "title": ["Möten som leder vidare", "Ny"]}
    with pytest.raises(Stale):
        services.change_theme(theme=theme, title="Annan", position=1, version=1, by=organiser, at=now)


def test_change_goal_takes_its_version(organiser, now):
    theme = factories.ThemeFactory()
    details = GoalDetails(theme=theme, kind=Goal.Kind.EFFECT, number="E1", text="Fler möten")
    goal = services.add_goal(details=details, by=organiser, at=now)

    services.change_goal(goal=goal, details=replace(details, state="reached"), version=1, by=organiser, at=now)

    assert last_entry(goal).changes == {"state": ["not_started", "reached"]}
    with pytest.raises(Stale):
        services.change_goal(goal=goal, details=details, version=1, by=organiser, at=now)


# --- Activities -----------------------------------------------------------------------------------------------------


def test_add_activity_puts_it_last_in_its_year_and_names_who_is_responsible(plan, organiser, now):
    factories.ActivityFactory(plan=plan, year=2027, position=7)
    factories.ActivityFactory(plan=plan, year=2028, position=20)

    activity = services.add_activity(
        plan=plan, details=replace(NIGHT, responsible=towns("1280", "1281")), by=organiser, at=now
    )

    assert activity.position == 8
    assert last_entry(activity).verb == services.ACTIVITY_ADDED
    assert last_entry(activity).changes["responsible"] == [None, ["Lund", "Malmö"]]


def test_add_activity_needs_no_goal_and_no_day_after_the_decision(organiser, now):
    plan = factories.PlanFactory(first_year=2027, last_year=2027, decided_on="2027-06-14")

    activity = services.add_activity(plan=plan, details=replace(NIGHT, done_by="12 mars 2027"), by=organiser, at=now)

    assert (activity.done_by, activity.goals.count()) == ("12 mars 2027", 0)


def test_add_activity_outside_the_plans_years_is_refused(plan, organiser, now):
    with pytest.raises(services.YearOutside):
        services.add_activity(plan=plan, details=replace(NIGHT, year=2026), by=organiser, at=now)


def test_change_activity_records_columns_and_names_before_and_after(plan, organiser, now):
    activity = services.add_activity(plan=plan, details=replace(NIGHT, responsible=towns("1281")), by=organiser, at=now)
    goal = factories.GoalFactory(theme__plan=plan, number="L1", text="Ungdomar möter industrin")
    details = replace(NIGHT, responsible=towns("1280", "1281"), goals=[goal], status=Status.DONE)

    changed = services.change_activity(activity=activity, details=details, version=1, by=organiser, at=now)

    assert (changed.version, changed.position) == (2, activity.position)
    assert last_entry(activity).verb == services.ACTIVITY_CHANGED
    assert last_entry(activity).changes == {
        "status": ["not_started", "done"],
        "responsible": [["Lund"], ["Lund", "Malmö"]],
        "goals": [[], ["L1 Ungdomar möter industrin"]],
    }


def test_change_activity_seen_in_an_older_version_writes_nothing(plan, organiser, now):
    activity = services.add_activity(plan=plan, details=NIGHT, by=organiser, at=now)
    services.change_activity(activity=activity, details=replace(NIGHT, title="Först"), version=1, by=organiser, at=now)

    with pytest.raises(Stale):
        services.change_activity(
            activity=activity,
            details=replace(NIGHT, title="Sedan", responsible=towns("1280")),
            version=1,
            by=organiser,
            at=now,
        )

    activity.refresh_from_db()
    assert (activity.title, activity.responsible.count()) == ("Först", 0)


def test_hand_over_activity_names_giver_and_taker(plan, organiser, now):
    activity = services.add_activity(plan=plan, details=replace(NIGHT, responsible=towns("1262")), by=organiser, at=now)

    services.hand_over_activity(activity=activity, to=towns("1267"), by=organiser, at=now)

    assert [municipality.name for municipality in activity.responsible.all()] == ["Höör"]
    assert last_entry(activity).changes == {"responsible": [["Lomma"], ["Höör"]]}


# --- Removing -------------------------------------------------------------------------------------------------------


def test_remove_part_leaves_its_words_in_the_plans_trail(plan, organiser, now):
    activity = factories.ActivityFactory(plan=plan, title="Studiebesök")
    theme = factories.ThemeFactory(plan=plan, title="Möten")

    services.remove_part(part=activity, by=organiser, at=now)
    services.remove_part(part=theme, by=organiser, at=now)

    assert (Activity.objects.count(), Theme.objects.count()) == (0, 0)
    changes = [entry.changes for entry in AuditEntry.objects.about(plan)]
    assert changes == [{"theme": ["Möten", None]}, {"activity": ["Studiebesök", None]}]


@pytest.mark.parametrize(
    "make_user",
    [
        lambda activity: factories.EventFactory(activity=activity),
        lambda activity: factories.IndicatorFactory(activity=activity),
    ],
)
def test_remove_part_with_something_on_it_is_refused(plan, organiser, now, make_user):
    activity = factories.ActivityFactory(plan=plan)
    make_user(activity)

    with pytest.raises(services.StillUsed):
        services.remove_part(part=activity, by=organiser, at=now)

    assert Activity.objects.filter(pk=activity.pk).exists()


def test_remove_part_of_a_theme_with_goals_and_a_goal_with_activities_is_refused(plan, organiser, now):
    goal = factories.GoalFactory(theme__plan=plan)
    factories.ActivityFactory(plan=plan).goals.add(goal)

    for part in (goal, goal.theme):
        with pytest.raises(services.StillUsed):
            services.remove_part(part=part, by=organiser, at=now)


def test_change_of_status_keeps_who_and_why(plan, organiser, now):
    activity = factories.ActivityFactory(plan=plan, year=plan.first_year)
    details = services.ActivityDetails(
        year=activity.year, title=activity.title, status="delayed", status_note="Lokalen är inte klar."
    )

    services.change_activity(activity=activity, details=details, version=1, by=organiser, at=now)
    services.change_activity(activity=activity, details=details, version=2, by=organiser, at=now)

    (change,) = activity.status_changes.all()
    assert (change.before, change.after, change.note) == ("not_started", "delayed", "Lokalen är inte klar.")
    assert (change.by, change.at) == (organiser, now)


def test_steps_are_added_done_and_removed_and_go_with_their_activity(plan, organiser, now):
    activity = factories.ActivityFactory(plan=plan, year=plan.first_year)
    first = services.add_step(activity=activity, text="Boka lokal", by=organiser, at=now)
    second = services.add_step(activity=activity, text="Bjud in", by=organiser, at=now)

    assert services.mark_step(step=first, done=True, by=organiser, at=now).done
    services.remove_step(step=second, by=organiser, at=now)
    assert [(step.text, step.done) for step in activity.steps.all()] == [("Boka lokal", True)]
    services.remove_part(part=activity, by=organiser, at=now)

    assert not plan.activities.exists()
