"""Pages of the plan as a whole: the list, the paper, its head and who takes part."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.gate import get_plan_for
from events.access.rules import areas_where, plans_where
from events.answers import status_of
from events.errors import Refusal, Stale
from events.plan import queries, services
from events.plan.forms import NewPlanForm, ParticipationForm, PlanForm
from events.plan.models import ActivityPlan
from events.versions import show_stale


@login_required
def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans that somebody may read, area by area."""
    plans = queries.plans_by_area(plans_where(request.user, "plan.view"))
    if not plans and not areas_where(request.user, "plan.view").exists():
        raise Http404
    may_create = areas_where(request.user, "plan.edit").exists()
    return render(request, "events/plan/list.html", {"plans": plans, "may_create": may_create})


@login_required
def plan_new(request: HttpRequest) -> HttpResponse:
    areas = areas_where(request.user, "plan.edit")
    if not areas:
        raise Http404
    form = NewPlanForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.create_plan(
                area=form.cleaned_data["area"], details=form.details(), by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("first_year", str(refusal))
        else:
            messages.success(request, _("The plan is there. Add its themes, goals and activities."))
            return redirect("events:plan", plan.pk)
    return _form(request, "events/plan/new.html", form)


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a paper."""
    plan = get_plan_for(request.user, pk, "plan.view")
    context = {
        "plan": plan,
        "themes": queries.themes_of(plan),
        "years": queries.years_of(plan),
        "history": queries.plan_history(plan),
    }
    return render(request, "events/plan/plan.html", context)


@login_required
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, "plan.edit")
    stale: dict[str, Any] = {}
    form = PlanForm(request.POST or None, instance=ActivityPlan.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_plan(
                plan=plan,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            stale = {"refusal": refusal, "stored": show_stale(form, plan)}
        except Refusal as refusal:
            form.add_error("last_year", str(refusal))
        else:
            messages.success(request, _("The plan is saved."))
            return redirect("events:plan", plan.pk)
    return _form(request, "events/plan/edit.html", form, plan=plan, **stale)


@login_required
def plan_participation(request: HttpRequest, pk: int) -> HttpResponse:
    """Which municipalities take part, year by year."""
    plan = get_plan_for(request.user, pk, "plan.edit")
    taking_part = {one.year: one.participants for one in queries.years_of(plan)}
    form = ParticipationForm(request.POST or None, plan=plan, taking_part=taking_part)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        services.change_participations(plan=plan, by_year=form.chosen(), by=request.user, at=at)
        messages.success(request, _("Saved who takes part."))
        return redirect("events:plan", plan.pk)
    return _form(request, "events/plan/participation.html", form, plan=plan)


def _form(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=status_of(form, context.get("refusal")))
