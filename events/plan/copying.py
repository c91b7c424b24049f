"""The next period's plan out of this one's: its themes, its goals, and the activities that are not done."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.plan.hooks import Copied, when_plan_copied
from events.plan.models import Activity, ActivityPlan, Goal, SubStep, Theme
from events.plan.queries import undone_of
from events.plan.services import PlanDetails, create_plan

PLAN_COPIED = audit.verb("plan.copied", _("copied the plan from the period before"))


class NotNext(Refusal):
    code = "not_next"
    message = _("The next period ends after %(last_year)s.")


@dataclass(frozen=True, slots=True)
class NextPlan:
    """The new plan, how many activities went along, and in words what could not."""

    plan: ActivityPlan
    activities: int
    left: list[str]


@transaction.atomic
def copy_plan(*, earlier: ActivityPlan, details: PlanDetails, by: User | None, at: datetime) -> NextPlan:
    """Begin the plan that follows ``earlier``.

    Its themes and goals stand in it as not started. So do the activities that are neither done nor cancelled, with
    their responsible municipalities, goals and undone steps: in their own year where the new period has it, otherwise
    in its first. Events stay with the activity that they were held for. Raises PlanExists, NotNext.
    """
    if details.last_year <= earlier.last_year:
        raise NotNext(last_year=earlier.last_year)
    plan = create_plan(area=earlier.area, details=details, by=by, at=at)
    goals = _copy_goals(earlier, plan)
    activities = _copy_activities(earlier, plan, goals)
    copied = Copied(earlier, plan, goals, activities)
    left = [words for give in when_plan_copied if (words := give(copied, by, at))]
    told = {"copied from": [None, str(earlier)], "activities": [None, [str(one) for one in activities.values()]]}
    audit.record(plan, PLAN_COPIED, by=by, at=at, changes=told)
    return NextPlan(plan, len(activities), left)


def _copy_goals(earlier: ActivityPlan, plan: ActivityPlan) -> dict[int, Goal]:
    """The new goals by the earlier ones' keys."""
    copies = {}
    for theme in earlier.themes.prefetch_related("goals"):
        new = Theme.objects.create(plan=plan, position=theme.position, title=theme.title)
        for goal in theme.goals.all():
            copies[goal.pk] = Goal.objects.create(
                theme=new, kind=goal.kind, number=goal.number, text=goal.text, description=goal.description
            )
    return copies


def _copy_activities(earlier: ActivityPlan, plan: ActivityPlan, goals: dict[int, Goal]) -> dict[int, Activity]:
    """The new activities by the earlier ones' keys, each year's in the order that they had."""
    copies: dict[int, Activity] = {}
    for position, row in enumerate(undone_of(earlier), start=1):
        year = row.year if row.year in plan.years else plan.first_year
        new = Activity.objects.create(plan=plan, year=year, position=position, title=row.title)
        new.responsible.set(row.responsible.all())
        new.goals.set(goals[goal.pk] for goal in row.goals.all())
        steps = [step for step in row.steps.all() if not step.done]
        SubStep.objects.bulk_create(SubStep(activity=new, position=n, text=s.text) for n, s in enumerate(steps, 1))
        copies[row.pk] = new
    return copies
