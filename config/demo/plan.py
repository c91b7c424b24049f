"""The activity plan of 2019–2020, as the directors' group decided it."""

from datetime import datetime, time

from config.demo.dates import STOCKHOLM
from config.demo.files import toml
from events.municipalities.models import Area, Municipality, Participation
from events.plan.models import Activity, ActivityPlan, Goal, StatusChange, SubStep, Theme
from events.plan.services import hand_over_activity
from surveys.followup.words.models import Words


def add_plan() -> ActivityPlan:
    """Area, participation, plan, themes, goals and the 11 + 7 activities."""
    story = toml("plan_2019.toml")
    head = story["plan"]
    area = Area.objects.create(slug=head["area_slug"], name=head["area"])
    Participation.objects.bulk_create(
        Participation(area=area, year=row["year"], municipality_id=code)
        for row in story["participation"]
        for code in row["municipalities"]
    )
    plan = ActivityPlan.objects.create(
        area=area, **{name: head[name] for name in ("title", "first_year", "last_year", "decided_on")}
    )
    for theme in story["themes"]:
        row = Theme.objects.create(plan=plan, position=theme["position"], title=theme["title"])
        Goal.objects.bulk_create(Goal(theme=row, **goal) for goal in theme["goals"])
    goals = {goal.number: goal for goal in Goal.objects.filter(theme__plan=plan)}
    for position, told in enumerate(story["activities"], start=1):
        _add_activity(plan, position, told, goals)
    Words.objects.bulk_create(
        Words(plan=plan, year=told["year"], part=told["part"], text=told["text"].strip()) for told in story["words"]
    )
    return plan


def _add_activity(plan: ActivityPlan, position: int, told: dict, goals: dict[str, Goal]) -> None:
    plain = ("year", "title", "done_by", "status", "what_happened", "short_term_effect", "long_term_effect")
    activity = Activity.objects.create(plan=plan, position=position, **{name: told[name] for name in plain})
    activity.goals.set(goals[number] for number in told["goals"])
    SubStep.objects.bulk_create(
        SubStep(activity=activity, position=place, **step) for place, step in enumerate(told.get("steps", []), start=1)
    )
    StatusChange.objects.bulk_create(
        StatusChange(
            activity=activity,
            at=datetime.combine(change["on"], time(10), STOCKHOLM),
            **{name: change[name] for name in ("before", "after", "note")},
        )
        for change in told.get("status_changes", [])
    )
    handed = told.get("handed_over")
    activity.responsible.set(handed["from"] if handed else told["responsible"])
    if handed:
        at = datetime.combine(handed["on"], time(10), STOCKHOLM)
        hand_over_activity(
            activity=activity, to=Municipality.objects.filter(pk__in=told["responsible"]), by=None, at=at
        )
