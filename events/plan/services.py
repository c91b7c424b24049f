"""Writes about the activity plan. Each takes the version that was seen, so that two who write at once hear of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.municipalities.models import Area, Municipality, Participation
from events.plan.models import Activity, ActivityPlan, Goal, Status, StatusChange, SubStep, Theme
from events.versions import take_version

PLAN_CREATED = audit.verb("plan.created", _("created the plan"))
PLAN_CHANGED = audit.verb("plan.changed", _("changed the plan"))
PARTICIPATION_CHANGED = audit.verb("plan.participation", _("changed who takes part"))
THEME_ADDED = audit.verb("theme.added", _("added the theme"))
THEME_CHANGED = audit.verb("theme.changed", _("changed the theme"))
GOAL_ADDED = audit.verb("goal.added", _("added the goal"))
GOAL_CHANGED = audit.verb("goal.changed", _("changed the goal"))
ACTIVITY_ADDED = audit.verb("activity.added", _("added the activity"))
ACTIVITY_CHANGED = audit.verb("activity.changed", _("changed the activity"))
STEP_CHANGED = audit.verb("activity.step", _("changed a step of"))
HANDED_OVER = audit.verb("activity.handed_over", _("handed the activity over"))
REMOVED = audit.verb("plan.removed", _("removed a part of the plan"))

Part = Theme | Goal | Activity


class PlanExists(Refusal):
    code = "plan_exists"
    message = _("The area already has a plan for that period.")


class YearsInUse(Refusal):
    code = "years_in_use"
    message = _("The plan has activities in %(years)s. Move or remove them before the period is shortened.")


class StillUsed(Refusal):
    code = "still_used"
    message = _("%(what)s can not be removed: %(users)s belong to it.")


class YearOutside(Refusal):
    code = "year_outside"
    message = _("The year is not one of the plan's.")


@dataclass(frozen=True)
class PlanDetails:
    """A plan's head; both years are included in the period."""

    title: str
    first_year: int
    last_year: int
    decided_on: date | None = None


@dataclass(frozen=True)
class GoalDetails:
    theme: Theme
    kind: str
    number: str
    text: str
    description: str = ""
    state: str = Goal._meta.get_field("state").default


@dataclass(frozen=True)
class ActivityDetails:
    """A row of the plan. ``position`` is its place among the year's; ``None`` puts a new one last.

    ``status_note`` says why the status is another, where it is.
    """

    year: int
    title: str
    responsible: list[Municipality] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    status: str = Status.NOT_STARTED
    done_by: str = ""
    what_happened: str = ""
    short_term_effect: str = ""
    long_term_effect: str = ""
    position: int | None = None
    status_note: str = ""


# --- The plan itself ------------------------------------------------------------------------------------------------


@transaction.atomic
def create_plan(*, area: Area, details: PlanDetails, by: User | None, at: datetime) -> ActivityPlan:
    """Begin a plan for ``area``. Raises PlanExists."""
    Area.objects.select_for_update().get(pk=area.pk)
    _refuse_second_plan(area, details)
    plan = ActivityPlan.objects.create(area=area, **vars(details))
    audit.created(plan, PLAN_CREATED, by=by, at=at)
    return plan


@transaction.atomic
def change_plan(*, plan: ActivityPlan, details: PlanDetails, version: int, by: User, at: datetime) -> ActivityPlan:
    """Change the plan's head. Raises Stale, PlanExists, YearsInUse."""
    area = Area.objects.select_for_update().get(pk=plan.area_id)
    plan = ActivityPlan.objects.select_for_update().get(pk=plan.pk)
    take_version(plan, version)
    _refuse_second_plan(area, details, but=plan)
    outside = plan.activities.exclude(year__range=(details.first_year, details.last_year))
    if years := sorted(set(outside.values_list("year", flat=True))):
        raise YearsInUse(years=", ".join(map(str, years)))
    with audit.change(plan, PLAN_CHANGED, by=by, at=at):
        _write(plan, vars(details))
    return plan


@transaction.atomic
def change_participations(
    *, plan: ActivityPlan, by_year: Mapping[int, Iterable[Municipality]], version: int, by: User | None, at: datetime
) -> None:
    """Say which municipalities take part in the plan's area, each year by itself. Raises Stale, YearOutside."""
    Area.objects.select_for_update().get(pk=plan.area_id)
    plan = ActivityPlan.objects.select_for_update().get(pk=plan.pk)
    take_version(plan, version)
    plan.save(update_fields=["version"])
    for year, municipalities in by_year.items():
        change_participation(plan=plan, year=year, municipalities=municipalities, by=by, at=at)


@transaction.atomic
def change_participation(
    *, plan: ActivityPlan, year: int, municipalities: Iterable[Municipality], by: User | None, at: datetime
) -> None:
    """Say which municipalities take part in the plan's area during ``year``. Raises YearOutside."""
    if year not in plan.years:
        raise YearOutside
    Area.objects.select_for_update().get(pk=plan.area_id)
    rows = Participation.objects.for_year(plan.area, year)
    before = {row.municipality for row in rows.select_related("municipality")}
    after = set(municipalities)
    rows.filter(municipality__in=before - after).delete()
    Participation.objects.bulk_create(
        Participation(municipality=municipality, area=plan.area, year=year) for municipality in after - before
    )
    if before != after:
        changes = {f"participants {year}": [_names(before), _names(after)]}
        audit.record(plan, PARTICIPATION_CHANGED, by=by, at=at, changes=changes)


# --- Themes and goals -----------------------------------------------------------------------------------------------


@transaction.atomic
def add_theme(*, plan: ActivityPlan, title: str, by: User | None, at: datetime) -> Theme:
    """Add a theme after the others."""
    ActivityPlan.objects.select_for_update().get(pk=plan.pk)
    theme = Theme.objects.create(plan=plan, title=title, position=_last(plan.themes.all()) + 1)
    audit.created(theme, THEME_ADDED, by=by, at=at)
    return theme


@transaction.atomic
def change_theme(*, theme: Theme, title: str, position: int, version: int, by: User, at: datetime) -> Theme:
    """Rename a theme or give it another place. Raises Stale."""
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    take_version(theme, version)
    with audit.change(theme, THEME_CHANGED, by=by, at=at):
        _write(theme, {"title": title, "position": position})
    return theme


@transaction.atomic
def add_goal(*, details: GoalDetails, by: User | None, at: datetime) -> Goal:
    """Add a goal under its theme."""
    goal = Goal.objects.create(**vars(details))
    audit.created(goal, GOAL_ADDED, by=by, at=at)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, details: GoalDetails, version: int, by: User, at: datetime) -> Goal:
    """Change a goal. Raises Stale."""
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    take_version(goal, version)
    with audit.change(goal, GOAL_CHANGED, by=by, at=at):
        _write(goal, vars(details))
    return goal


# --- Activities -----------------------------------------------------------------------------------------------------


@transaction.atomic
def add_activity(*, plan: ActivityPlan, details: ActivityDetails, by: User | None, at: datetime) -> Activity:
    """Add a row to the plan, last in its year where no place is given. Raises YearOutside."""
    plan = ActivityPlan.objects.select_for_update().get(pk=plan.pk)
    values = _activity_values(plan, details)
    if details.position is None:
        values["position"] = _last(plan.activities.of_year(details.year)) + 1
    activity = Activity.objects.create(plan=plan, **values)
    activity.responsible.set(details.responsible)
    activity.goals.set(details.goals)
    entry = audit.created(activity, ACTIVITY_ADDED, by=by, at=at)
    entry.changes |= {name: [None, names] for name, names in _people_and_goals(activity).items() if names}
    entry.save(update_fields=["changes"])
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, details: ActivityDetails, version: int, by: User, at: datetime) -> Activity:
    """Change a row of the plan; the trail names responsible and goals before and after. Raises Stale, YearOutside."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    take_version(activity, version)
    values = _activity_values(activity.plan, details)
    if details.position is None:
        values["position"] = activity.position
    before = _people_and_goals(activity)
    after = {"responsible": _names(details.responsible), "goals": _names(details.goals)}
    also = {name: [before[name], after[name]] for name in before}
    earlier = activity.status
    with audit.change(activity, ACTIVITY_CHANGED, by=by, at=at, **also):
        _write(activity, values)
        if activity.status != earlier:
            told = {"before": earlier, "after": activity.status, "note": details.status_note.strip()}
            StatusChange.objects.create(activity=activity, by=by, at=at, **told)
        activity.responsible.set(details.responsible)
        activity.goals.set(details.goals)
    return activity


@transaction.atomic
def hand_over_activity(*, activity: Activity, to: Iterable[Municipality], by: User | None, at: datetime) -> Activity:
    """Give an activity to other municipalities, as when one leaves the area."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    before = _names(activity.responsible.all())
    activity.responsible.set(to)
    activity.version += 1
    activity.save(update_fields=["version"])
    changes = {"responsible": [before, _names(activity.responsible.all())]}
    audit.record(activity, HANDED_OVER, by=by, at=at, changes=changes)
    return activity


@transaction.atomic
def add_step(*, activity: Activity, text: str, by: User | None, at: datetime) -> SubStep:
    """Add a step to ``activity``, last."""
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    step = SubStep.objects.create(activity=activity, text=text, position=_last(activity.steps.all()) + 1)
    audit.record(activity, STEP_CHANGED, by=by, at=at, changes={"step": [None, text]})
    return step


@transaction.atomic
def mark_step(*, step: SubStep, done: bool, by: User | None, at: datetime) -> SubStep:
    """Say that a step is done, or not done after all. Twice is harmless."""
    step = SubStep.objects.select_for_update(of=("self",)).select_related("activity").get(pk=step.pk)
    if step.done != done:
        step.done = done
        step.version += 1
        step.save(update_fields=["done", "version"])
        audit.record(step.activity, STEP_CHANGED, by=by, at=at, changes={step.text: [not done, done]})
    return step


@transaction.atomic
def remove_step(*, step: SubStep, by: User | None, at: datetime) -> None:
    """Remove a step; the activity's trail keeps its words."""
    step = SubStep.objects.select_for_update(of=("self",)).select_related("activity").get(pk=step.pk)
    audit.record(step.activity, STEP_CHANGED, by=by, at=at, changes={"step": [step.text, None]})
    step.delete()


@transaction.atomic
def remove_part(*, part: Part, by: User, at: datetime) -> None:
    """Remove a theme, goal or activity on which nothing hangs; the plan's trail keeps its words. Raises StillUsed."""
    part = type(part)._default_manager.select_for_update().get(pk=part.pk)
    if users := users_of(part):
        raise StillUsed(what=str(part), users=", ".join(users))
    plan = part.theme.plan if isinstance(part, Goal) else part.plan
    audit.record(plan, REMOVED, by=by, at=at, changes={type(part).__name__.lower(): [str(part), None]})
    part.delete()


def users_of(part: Part) -> list[str]:
    """The kinds of things that hang on ``part``, in the reader's language; empty when it may be removed."""
    names = []
    for relation in part._meta.related_objects:
        if relation.related_model in (SubStep, StatusChange):  # the activity's own, and go with it
            continue
        manager = relation.related_model._default_manager
        if manager.filter(**{relation.field.name: part}).exists():
            names.append(str(relation.related_model._meta.verbose_name_plural))
    return names


# --- Helpers --------------------------------------------------------------------------------------------------------


def _refuse_second_plan(area: Area, details: PlanDetails, but: ActivityPlan | None = None) -> None:
    same = ActivityPlan.objects.filter(area=area, first_year=details.first_year, last_year=details.last_year)
    others = same.exclude(pk=but.pk) if but else same
    if others.exists():
        raise PlanExists


def _activity_values(plan: ActivityPlan, details: ActivityDetails) -> dict[str, Any]:
    """The activity's own columns. Raises YearOutside."""
    if details.year not in plan.years:
        raise YearOutside
    return {name: value for name, value in vars(details).items() if name not in ("responsible", "goals", "status_note")}


def _write(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _last(rows: models.QuerySet) -> int:
    return rows.aggregate(last=models.Max("position"))["last"] or 0


def _names(things: Iterable[models.Model]) -> list[str]:
    return sorted(str(thing) for thing in things)


def _people_and_goals(activity: Activity) -> dict[str, list[str]]:
    return {"responsible": _names(activity.responsible.all()), "goals": _names(activity.goals.all())}
