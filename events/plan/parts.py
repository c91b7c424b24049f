"""Pages of the plan's parts: themes, goals and activities."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.gate import get_activity_for, get_plan_for
from events.access.models import AuditEntry
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.plan import services
from events.plan.forms import ActivityForm, GoalForm, NewThemeForm, ThemeForm
from events.plan.models import Activity, Goal, Theme
from events.programme import hooks
from events.versions import show_stale

PART_PAGE = "events/plan/part.html"


@login_required
@makes_once
def theme_new(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, "plan.edit")
    form = NewThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_theme(plan=plan, title=form.cleaned_data["title"], by=request.user, at=timezone.now())
        return _saved(request, plan.pk, _("The theme is added."))
    return _page(request, form, plan=plan, title=_("New theme"), submit=_("Add the theme"))


@login_required
def theme_edit(request: HttpRequest, pk: int, theme_pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, "plan.edit")
    theme = get_object_or_404(Theme, plan=plan, pk=theme_pk)
    stale: dict[str, Any] = {}
    form = ThemeForm(request.POST or None, instance=Theme.objects.get(pk=theme.pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_theme(theme=theme, **form.cleaned_data, by=request.user, at=timezone.now())
        except Stale as refusal:
            stale = {"refusal": refusal, "stored": show_stale(form, theme)}
        else:
            return _saved(request, plan.pk, _("The theme is saved."))
    remove_url = reverse("events:theme-remove", args=[plan.pk, theme.pk])
    context = {"title": _("Theme"), "submit": _("Save the theme"), "part": theme, "remove_url": remove_url}
    return _page(request, form, plan=plan, **context, **stale)


@login_required
@makes_once
def goal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """``?theme=`` picks the theme that it is to stand under."""
    plan = get_plan_for(request.user, pk, "plan.edit")
    if not plan.themes.exists():
        messages.info(request, _("A goal stands under a theme: add the theme first."))
        return redirect("events:theme-new", plan.pk)
    form = GoalForm(request.POST or None, plan=plan, initial={"theme": request.GET.get("theme")})
    if request.method == "POST" and form.is_valid():
        services.add_goal(details=form.details(), by=request.user, at=timezone.now())
        return _saved(request, plan.pk, _("The goal is added."))
    return _page(request, form, plan=plan, title=_("New goal"), submit=_("Add the goal"))


@login_required
def goal_edit(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, "plan.edit")
    goal = get_object_or_404(Goal, theme__plan=plan, pk=goal_pk)
    stale: dict[str, Any] = {}
    form = GoalForm(request.POST or None, plan=plan, instance=Goal.objects.get(pk=goal.pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_goal(
                goal=goal,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            stale = {"refusal": refusal, "stored": show_stale(form, goal)}
        else:
            return _saved(request, plan.pk, _("The goal is saved."))
    remove_url = reverse("events:goal-remove", args=[plan.pk, goal.pk])
    context = {"title": _("Goal"), "submit": _("Save the goal"), "part": goal, "remove_url": remove_url}
    return _page(request, form, plan=plan, **context, **stale)


@login_required
@makes_once
def activity_new(request: HttpRequest, pk: int) -> HttpResponse:
    """``?year=`` picks the year."""
    plan = get_plan_for(request.user, pk, "plan.edit")
    form = ActivityForm(request.POST or None, plan=plan, initial={"year": request.GET.get("year")})
    if request.method == "POST" and form.is_valid():
        activity = services.add_activity(plan=plan, details=form.details(), by=request.user, at=timezone.now())
        messages.success(request, _("The activity is added."))
        return redirect("events:activity", plan.pk, activity.pk)
    return _page(request, form, plan=plan, title=_("New activity"), submit=_("Add the activity"))


@login_required
def activity(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """An activity with its events, figures and history; whoever may edit the plan has the form too."""
    activity = get_activity_for(request.user, pk, activity_pk, "plan.view")
    may_edit = may(request.user, "plan.edit", activity)
    if request.method == "POST" and not may_edit:
        raise Http404
    form = None
    stale: dict[str, Any] = {}
    if may_edit:
        form = ActivityForm(request.POST or None, plan=activity.plan, instance=Activity.objects.get(pk=activity.pk))
    if form and request.method == "POST" and form.is_valid():
        try:
            services.change_activity(
                activity=activity,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as refusal:
            stale = {"refusal": refusal, "stored": show_stale(form, activity)}
        else:
            messages.success(request, _("The activity is saved."))
            return redirect("events:activity", activity.plan_id, activity.pk)
    context = {
        "plan": activity.plan,
        "activity": activity,
        "form": form,
        **stale,
        "events": activity.events.select_related("venue").order_by("starts_at"),
        "sections": [provider(activity, request) for provider in hooks.activity_sections],
        "steps": list(activity.steps.all()),
        "status_changes": list(activity.status_changes.select_related("by")[:20]),
        "history": AuditEntry.objects.about(activity)[:20],
    }
    return render(request, "events/plan/activity.html", context, status=status_of(form, stale.get("refusal")))


@login_required
def theme_remove(request: HttpRequest, pk: int, theme_pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, "plan.edit")
    return _remove(request, get_object_or_404(Theme, plan=plan, pk=theme_pk), plan.pk)


@login_required
def goal_remove(request: HttpRequest, pk: int, goal_pk: int) -> HttpResponse:
    plan = get_plan_for(request.user, pk, "plan.edit")
    return _remove(request, get_object_or_404(Goal, theme__plan=plan, pk=goal_pk), plan.pk)


@login_required
def activity_remove(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    return _remove(request, get_activity_for(request.user, pk, activity_pk, "plan.edit"), pk)


def _remove(request: HttpRequest, part: services.Part, plan_pk: int) -> HttpResponse:
    """Ask, then remove; what hangs on the part is named where it can not go."""
    plan_url = reverse("events:plan", args=[plan_pk])
    if request.method == "POST":
        try:
            services.remove_part(part=part, by=request.user, at=timezone.now())
        except Refusal as refusal:
            context = {"plan_url": plan_url, "title": str(part), "text": str(refusal)}
            return render(request, "events/plan/kept.html", context, status=409)
        messages.success(request, _("Removed from the plan: %(what)s") % {"what": part})
        return redirect(plan_url)
    context = {
        "title": _("Remove “%(what)s”?") % {"what": part},
        "text": _("It disappears from the plan. The plan's history keeps its words."),
        "action_label": _("Remove"),
        "cancel_url": plan_url,
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


def _saved(request: HttpRequest, plan_pk: int, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("events:plan", plan_pk)


def _page(request: HttpRequest, form: BaseForm, **context: Any) -> HttpResponse:
    return render(request, PART_PAGE, {"form": form, **context}, status=status_of(form, context.get("refusal")))
