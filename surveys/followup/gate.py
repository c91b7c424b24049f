"""From an address to an indicator; strangers get 404."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from events.access.gate import get_plan_for
from events.access.models import User
from surveys.followup.models import Indicator


def get_indicator_for(user: User | AnonymousUser, plan_pk: int, pk: int, permission: str) -> Indicator:
    """The indicator of the plan, with its sources, if ``user`` holds ``permission`` on the plan; otherwise 404."""
    plan = get_plan_for(user, plan_pk, permission)
    rows = Indicator.objects.of_plan(plan).with_sources().select_related("activity__plan__area", "plan__area")
    return get_object_or_404(rows, pk=pk)


def year_of(indicator: Indicator) -> int:
    """The year of the document that it stands in: its activity's, its own, or the plan's first."""
    year = indicator.activity.year if indicator.activity else indicator.year
    plan = indicator.its_plan
    return year if year is not None and year in plan.years else plan.first_year
