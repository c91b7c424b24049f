"""Where a company does its tasks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.answers import status_of
from events.errors import Refusal, Stale
from events.versions import show_stale
from registrations.exhibitors.models import Exhibitor
from registrations.organisations.gate import get_own_exhibitor
from registrations.tasks import services
from registrations.tasks.forms import InsuranceForm, PowerForm, VersionedForm
from registrations.tasks.models import Task
from registrations.tasks.queries import Line, row_of
from registrations.tasks.states import TaskKind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def power(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_page(request, pk, TaskKind.POWER, PowerForm, services.answer_power)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def insurance(request: HttpRequest, pk: int) -> HttpResponse:
    return _form_page(request, pk, TaskKind.INSURANCE, InsuranceForm, services.answer_insurance)


@login_required
@require_POST
def tick(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """One of the organiser's own tasks is done; ``back=1``: it is not after all."""
    exhibitor = get_own_exhibitor(request.user, pk, "task.answer")
    task = get_object_or_404(Task.objects.for_event(exhibitor.event).filter(kind=TaskKind.OWN), pk=task_pk)
    done = request.POST.get("back") != "1"
    try:
        services.tick(task=task, exhibitor=exhibitor, done=done, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        text = _("“%(task)s” is done.") if done else _("“%(task)s” is to do again.")
        messages.success(request, text % {"task": task.title})
    return redirect(_own_page(exhibitor))


def _form_page(request: HttpRequest, pk: int, kind: TaskKind, form_class: type[VersionedForm], answer: Any):
    exhibitor = get_own_exhibitor(request.user, pk, "task.answer")
    line = _line(exhibitor, kind)
    row = form_class._meta.model.objects.filter(exhibitor=exhibitor).first() or form_class._meta.model()
    form = form_class(request.POST if request.method == "POST" else None, instance=row)
    context: dict[str, Any] = {"exhibitor": exhibitor, "event": exhibitor.event, "form": form, "line": line}
    refusal = None
    if form.is_valid():
        try:
            answer(
                exhibitor=exhibitor,
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
                **form.changed_fields(),
            )
        except Stale as reason:
            refusal = reason
            context["stored"] = show_stale(form, form_class._meta.model.objects.get(exhibitor=exhibitor))
        except Refusal as reason:
            refusal = reason
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Saved. You can change it until the organiser closes the task."))
            return redirect(_own_page(exhibitor))
    context |= {"refusal": refusal, "back": _own_page(exhibitor)}
    return render(request, f"registrations/tasks/{kind}.html", context, status=status_of(form, refusal))


def _line(exhibitor: Exhibitor, kind: TaskKind) -> Line:
    """How the task stands; 404 where it is not asked of the company."""
    for line in row_of(exhibitor, timezone.localdate()).lines:
        if line.task.kind == kind:
            return line
    raise Http404


def _own_page(exhibitor: Exhibitor) -> str:
    return reverse("registrations:own-exhibitor", args=[exhibitor.pk]) + "#own-tasks"
