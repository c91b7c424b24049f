"""An activity's steps, and the page on which it is handed over."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.access.gate import get_activity_for
from events.answers import status_of
from events.municipalities.models import Participation
from events.once.guard import makes_once
from events.plan import services
from events.plan.forms import HandOverForm, StepForm
from events.plan.models import Activity


@login_required
@require_POST
@makes_once
def step_new(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Add a step."""
    activity = get_activity_for(request.user, pk, activity_pk, "plan.edit")
    form = StepForm(request.POST)
    if form.is_valid():
        services.add_step(activity=activity, text=form.cleaned_data["text"], by=request.user, at=timezone.now())
    else:
        messages.error(request, " ".join(form.errors.get("text", [])))
    return _to_steps(activity)


@login_required
@require_POST
def step(request: HttpRequest, pk: int, activity_pk: int, step_pk: int) -> HttpResponse:
    """``do`` says what: ``done``, ``undone`` or ``remove``; anything else does nothing."""
    activity = get_activity_for(request.user, pk, activity_pk, "plan.edit")
    row = get_object_or_404(activity.steps, pk=step_pk)
    what, at = request.POST.get("do", ""), timezone.now()
    if what == "remove":
        services.remove_step(step=row, by=request.user, at=at)
    elif what in ("done", "undone"):
        services.mark_step(step=row, done=what == "done", by=request.user, at=at)
    return _to_steps(activity)


@login_required
def hand_over(request: HttpRequest, pk: int, activity_pk: int) -> HttpResponse:
    """Give the activity to municipalities that take part in its year."""
    activity = get_activity_for(request.user, pk, activity_pk, "plan.edit")
    taking_part = Participation.objects.for_year(activity.plan.area, activity.year).select_related("municipality")
    participants = [row.municipality for row in taking_part]
    posted = request.POST if request.method == "POST" else None  # with nobody ticked, too
    form = HandOverForm(posted, activity=activity, participants=participants)
    if request.method == "POST" and form.is_valid():
        services.hand_over_activity(activity=activity, to=form.cleaned_data["to"], by=request.user, at=timezone.now())
        messages.success(request, _("The activity is handed over."))
        return redirect("events:activity", pk, activity_pk)
    context = {"plan": activity.plan, "form": form, "title": _("Hand over: %(what)s") % {"what": activity}}
    context |= {"submit": _("Hand over"), "back_url": reverse("events:activity", args=[pk, activity_pk])}
    return render(request, "events/plan/part.html", context, status=status_of(form))


def _to_steps(activity: Activity) -> HttpResponse:
    return redirect(f"{reverse('events:activity', args=[activity.plan_id, activity.pk])}#steps")
