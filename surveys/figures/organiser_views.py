"""The organiser writes down what a paper reports: an earlier year's survey, somebody else's count."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.access.gate import get_event_for
from events.answers import status_of
from events.errors import Refusal, Stale
from events.once.guard import makes_once
from events.programme.models import Event
from events.versions import show_stale
from surveys.figures import services
from surveys.figures.forms import ReportedForm
from surveys.figures.models import ReportedFigure

PAGE = "surveys/figures/reported.html"


@login_required
@makes_once
def reported_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "surveys.edit")
    form, refusal = ReportedForm(request.POST or None, instance=ReportedFigure(event=event)), None
    if request.method == "POST" and form.is_valid():
        try:
            services.write_reported(event=event, by=request.user, at=timezone.now(), **form.details())
        except Refusal as said:
            refusal = said
            form.add_error("finding", str(said))
        else:
            messages.success(request, _("The reported figure is saved."))
            return _to_figures(event)
    return render(request, PAGE, {"event": event, "form": form}, status=status_of(form, refusal))


@login_required
def reported_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    event = get_event_for(request.user, slug, "surveys.edit")
    figure = get_object_or_404(event.reported_figures, pk=pk)
    form, refusal = ReportedForm(request.POST or None, instance=copy(figure)), None
    context: dict[str, Any] = {"event": event, "form": form, "figure": figure}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_reported(
                figure=figure,
                seen=form.cleaned_data["version"] or 0,
                by=request.user,
                at=timezone.now(),
                **form.details(),
            )
        except Stale as said:
            refusal = said
            row = ReportedFigure.objects.get(pk=pk)
            context |= {"refusal": said, "stored": show_stale(form, row)}
        except Refusal as said:
            refusal = said
            form.add_error("finding", str(said))
        else:
            messages.success(request, _("The reported figure is saved."))
            return _to_figures(event)
    return render(request, PAGE, context, status=status_of(form, refusal))


@login_required
def reported_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first."""
    event = get_event_for(request.user, slug, "surveys.edit")
    figure = get_object_or_404(event.reported_figures, pk=pk)
    if request.method == "POST":
        try:
            services.remove_reported(figure=figure, by=request.user, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The reported figure is removed."))
        return _to_figures(event)
    context = {
        "title": _("Remove the reported figure?"),
        "text": str(figure),
        "action_label": _("Remove it"),
        "cancel_url": reverse("surveys:reported-edit", args=[slug, pk]),
        "tone": "danger",
    }
    return render(request, "components/confirm.html", context)


def _to_figures(event: Event) -> HttpResponse:
    response = redirect("surveys:event-figures", event.slug)
    response["Location"] += "#reported"
    return response
