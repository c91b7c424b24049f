"""An indicator's own page: what it counts, how it stands, every reading; and the forms that change it."""

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.access.gate import get_plan_for
from events.access.models import AuditEntry
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.plan.models import Activity, ActivityPlan
from events.versions import show_stale
from surveys.followup import services
from surveys.followup.forms import IndicatorForm
from surveys.followup.gate import get_indicator_for, year_of
from surveys.followup.models import Indicator
from surveys.followup.numbers import in_unit, unit_of
from surveys.followup.queries import finding_of

PAGES = "surveys/followup"
READINGS_SHOWN = 100


@login_required
@require_safe
def indicator(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """What the indicator shows now, against what, and what it showed before."""
    row = get_indicator_for(request.user, pk, indicator_pk, "followup.view")
    finding = finding_of(row, at=timezone.now())
    readings = list(row.readings.order_by("-taken_at", "-pk")[:READINGS_SHOWN])
    unit = unit_of(finding.figure) if finding else row.unit
    language = get_language()
    lines = [
        {"at": one.taken_at, "n": one.n, "value": "" if one.value is None else in_unit(one.value, unit, language)}
        for one in readings
    ]
    context = {
        "plan": row.its_plan,
        "year": year_of(row),
        "indicator": row,
        "finding": finding,
        "readings": lines,
        "entries": AuditEntry.objects.about(row)[:20],
    }
    return render(request, f"{PAGES}/indicator.html", context)


@login_required
@makes_once
def indicator_new(request: HttpRequest, pk: int) -> HttpResponse:
    """``?source=`` typed or applicants; ``?activity=`` puts it in a row of the plan, otherwise under goals alone."""
    plan = get_plan_for(request.user, pk, "followup.edit")
    source = request.GET.get("source", Indicator.Source.TYPED)
    if source not in Indicator.Source.without_event():
        raise Http404
    activity = _activity(plan, request.GET.get("activity", ""))
    draft = Indicator(source=source, activity=activity, plan=None if activity else plan)
    goal = request.GET.get("goal", "")
    posted = request.POST if request.method == "POST" else None
    form = IndicatorForm(posted, plan=plan, instance=draft, initial={"goals": [goal] if goal.isdigit() else []})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            row = services.add_indicator(plan=plan, details=form.details(activity), by=request.user, at=timezone.now())
        except Refusal as said:
            refusal = said
            form.add_error(None, str(said))
        else:
            messages.success(request, _("The indicator is added."))
            return redirect("surveys:indicator", plan.pk, row.pk)
    title = _("New indicator, typed by hand") if source == Indicator.Source.TYPED else _("New indicator of applicants")
    context = {"plan": plan, "form": form, "title": title, "year": activity.year if activity else plan.first_year}
    context |= {"activity": activity, "submit": _("Add the indicator")}
    return render(request, f"{PAGES}/indicator_form.html", context, status=status_of(form, refusal))


@login_required
def indicator_edit(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """Name, definition, target and goals; of a typed one the value too."""
    row = get_indicator_for(request.user, pk, indicator_pk, "followup.edit")
    form = IndicatorForm(request.POST or None, plan=row.its_plan, instance=copy(row))
    finding = finding_of(row, at=timezone.now())
    refusal: Refusal | None = None
    stored: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_indicator(
                indicator=row,
                details=form.details(row.activity),
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except Stale as said:
            refusal, stored = said, show_stale(form, Indicator.objects.get(pk=row.pk))
        except Refusal as said:
            refusal = said
            form.add_error(None, str(said))
        else:
            messages.success(request, _("The indicator is saved."))
            return redirect("surveys:indicator", pk, indicator_pk)
    context = {
        "plan": row.its_plan,
        "year": year_of(row),
        "activity": row.activity,
        "indicator": row,
        "form": form,
        "title": finding.name if finding else str(row),
        "submit": _("Save the indicator"),
        "refusal": refusal,
        "stored": stored,
        "cancel_url": reverse("surveys:indicator", args=[pk, indicator_pk]),
    }
    return render(request, f"{PAGES}/indicator_form.html", context, status=status_of(form, refusal))


@login_required
def indicator_remove(request: HttpRequest, pk: int, indicator_pk: int) -> HttpResponse:
    """Ask, then remove."""
    row = get_indicator_for(request.user, pk, indicator_pk, "followup.edit")
    plan, year = row.its_plan, year_of(row)
    if request.method == "POST":
        services.remove_indicator(indicator=row, by=request.user, at=timezone.now())
        messages.success(request, _("The indicator is removed."))
        return redirect("surveys:followup", plan.pk, year)
    context = {
        "title": _("Remove “%(what)s”?") % {"what": row},
        "text": _("The figure, its readings and its sentence disappear from the follow-up. Frozen papers keep theirs."),
        "action_label": _("Remove"),
        "cancel_url": reverse("surveys:indicator", args=[pk, indicator_pk]),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


def _activity(plan: ActivityPlan, key: str) -> Activity | None:
    """The activity whose key was given; 404 for one of another plan."""
    if not key:
        return None
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        raise Http404
    return get_object_or_404(Activity.objects.select_related("plan"), plan=plan, pk=key)
