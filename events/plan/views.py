"""Pages of the plan as a whole: the list, the paper, its head and who takes part."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.gate import get_plan_for
from events.access.rules import areas_where, may, plans_where
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.plan import queries, services
from events.plan.copying import NextPlan, copy_plan
from events.plan.forms import NewPlanForm, NextPlanForm, ParticipationForm, PlanForm
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
        "plan_after": queries.plan_after(plan),
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
@makes_once
def plan_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next period's plan with the goals and what is left to do."""
    earlier = get_plan_for(request.user, pk, "plan.edit")
    form = NextPlanForm(request.POST or None, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        try:
            copied = copy_plan(earlier=earlier, details=form.details(), by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error("first_year", str(refusal))
        else:
            messages.success(request, _copied_words(copied))
            for words in copied.left:
                messages.info(request, words)
            return redirect("events:plan", copied.plan.pk)
    return _form(request, "events/plan/copy.html", form, plan=earlier, undone=list(queries.undone_of(earlier)))


@login_required
def plan_participation(request: HttpRequest, pk: int) -> HttpResponse:
    """Which municipalities take part, year by year; whoever may edit the plan ticks them in the same table."""
    plan = get_plan_for(request.user, pk, "plan.view")
    if not may(request.user, "plan.edit", plan):
        if request.method == "POST":
            raise Http404
        context = {"plan": plan, "partners": queries.partners_of(plan)}
        return render(request, "events/plan/participation.html", context)
    taking_part = {one.year: one.participants for one in queries.years_of(plan)}
    form = ParticipationForm(request.POST if request.method == "POST" else None, plan=plan, taking_part=taking_part)
    stale: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_participations(
                plan=plan,
                by_year=form.chosen(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            form.be_stale(plan)
            stored = [(str(year), ", ".join(map(str, rows))) for year, rows in taking_part.items()]
            stale = {"refusal": refusal, "stored": stored}
        else:
            messages.success(request, _("Saved who takes part."))
            return redirect("events:plan", plan.pk)
    return _form(request, "events/plan/participation.html", form, plan=plan, **stale)


def _copied_words(copied: NextPlan) -> str:
    n = copied.activities
    words = ngettext(
        "The plan for %(period)s is there, with %(n)s activity that is left to do. Say who takes part.",
        "The plan for %(period)s is there, with %(n)s activities that are left to do. Say who takes part.",
        n,
    )
    return words % {"period": copied.plan.period, "n": n}


def _form(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=status_of(form, context.get("refusal")))
