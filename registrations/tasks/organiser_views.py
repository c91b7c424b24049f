"""The organiser's tasks: who lacks what, reminding many at once, and what is asked until when."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access.gate import get_event_for
from events.access.rules import may
from events.answers import status_of
from events.errors import Refusal, Stale
from events.exports import export_response
from events.once.guard import makes_once
from events.programme.models import Event
from events.versions import show_stale
from registrations.tasks import letters, services, setting_up
from registrations.tasks.forms import NudgeForm, TaskForm
from registrations.tasks.lists import columns_of
from registrations.tasks.models import Task
from registrations.tasks.queries import Filter, asked_tasks, chosen_rows, lack_counts, table
from registrations.tasks.states import TaskKind

PAGES = "registrations/tasks"
PAGE_SIZE = 50


@login_required
@require_safe
def task_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Exhibitor by task: search, filter by what is lacking, tick and remind."""
    event = get_event_for(request.user, slug, "tasks.view")
    tasks, rows = asked_tasks(event), table(event, timezone.localdate())
    chosen = Filter.from_query(request.GET, tasks)
    found = chosen_rows(rows, chosen)
    context = {
        "event": event,
        "tasks": tasks,
        "chosen": chosen,
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "filters": lack_counts(rows, tasks),
        "exhibitors": len(rows),
        "ready": sum(not row.left for row in rows),
        "late": sum(bool(row.late) for row in rows),
        "can_edit": may(request.user, "tasks.edit", event),
        "can_nudge": may(request.user, "tasks.edit", event) and letters.is_coming(event, timezone.now()),
    }
    return render(request, f"{PAGES}/table.html", context)


@login_required
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """What the table shows as a file, with what was told about power and insurance."""
    event = get_event_for(request.user, slug, "exhibitors.export")
    if ending not in {"csv", "xlsx"}:
        raise Http404
    tasks = asked_tasks(event)
    rows = chosen_rows(table(event, timezone.localdate()), Filter.from_query(request.GET, tasks))
    name = slugify(f"{event.slug}-{_('tasks')}-{timezone.localdate():%Y-%m-%d}")
    return export_response(ending, name, columns_of(tasks), rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def nudge(request: HttpRequest, slug: str) -> HttpResponse:
    """The letter, who gets it and who does not; sent only when the organiser says so here."""
    event = get_event_for(request.user, slug, "tasks.edit")
    posted = request.method == "POST"
    picked = (request.POST if posted else request.GET).getlist("chosen")
    keys = {int(pk) for pk in picked if pk.isascii() and pk.isdigit() and len(pk) < 16}
    rows = [row for row in table(event, timezone.localdate()) if row.exhibitor.pk in keys]
    if not rows:
        messages.error(request, _("Tick the companies first, then remind them."))
        return redirect("registrations:task-table", slug)
    form = NudgeForm(request.POST if posted else None)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    if form.is_valid() and "look" not in request.POST:
        outcome = letters.nudge_many(
            exhibitors=[row.exhibitor for row in rows], message=message, by=request.user, at=timezone.now()
        )
        _tell(request, outcome)
        return redirect("registrations:task-table", slug)
    outcome = letters.preview(rows, timezone.now())
    context = {
        "event": event,
        "form": form,
        "outcome": outcome,
        "left_out": _by_reason(outcome),
        "letter": letters.letter_text(outcome.done[0], message) if outcome.done else None,
        "first": outcome.done[0].exhibitor if outcome.done else None,
    }
    return render(request, f"{PAGES}/nudge.html", context, status=status_of(form))


@login_required
@require_safe
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked for, until when, and what could be."""
    event = get_event_for(request.user, slug, "tasks.view")
    tasks = list(Task.objects.for_event(event))
    known = {task.kind for task in tasks}
    context = {
        "event": event,
        "tasks": tasks,
        "unused": [kind for kind in setting_up.USUAL if kind not in known],
        "today": timezone.localdate(),
        "can_edit": may(request.user, "tasks.edit", event) and event.takes_decisions(timezone.now()),
    }
    return render(request, f"{PAGES}/settings.html", context)


@login_required
@require_POST
def usual(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the usual things on days that suit the event."""
    event = get_event_for(request.user, slug, "tasks.edit")
    setting_up.ask_the_usual(event=event, by=request.user, at=timezone.now())
    messages.success(request, _("The usual tasks are on. Look through the days."))
    return redirect("registrations:task-settings", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@makes_once
def new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    event = get_event_for(request.user, slug, "tasks.edit")
    if kind not in TaskKind.values:
        raise Http404
    day = setting_up.usual_day(event, TaskKind(kind), timezone.localdate())
    form = _form(request, event, Task(kind=kind), initial={"due_on": day})
    if form.is_valid():
        try:
            task = setting_up.ask(
                event=event, kind=TaskKind(kind), by=request.user, at=timezone.now(), **form.changed_fields()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _render_form(request, event, form)
        messages.success(request, _("“%(task)s” is asked of every exhibitor.") % {"task": task.title})
        return redirect("registrations:task-settings", slug)
    return _render_form(request, event, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    event, task = _task(request, slug, pk)
    title = task.title
    form = _form(request, event, task)
    if form.is_valid():
        try:
            setting_up.change(
                task=task,
                seen=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
                **form.changed_fields(),
            )
        except Stale as refusal:
            stored = show_stale(form, Task.objects.get(pk=pk))
            return _render_form(request, event, form, title=title, refusal=refusal, stored=stored)
        messages.success(request, _("Saved."))
        return redirect("registrations:task-settings", slug)
    return _render_form(request, event, form, title=title)


@login_required
@require_POST
def switch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for it no longer; ``on=1``: again."""
    _event, task = _task(request, slug, pk)
    on = request.POST.get("on") == "1"
    setting_up.switch(task=task, on=on, by=request.user, at=timezone.now())
    text = _("“%(task)s” is asked of every exhibitor.") if on else _("“%(task)s” is asked no longer. Answers are kept.")
    messages.success(request, text % {"task": task.title})
    return redirect("registrations:task-settings", slug)


@login_required
@require_POST
def close(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take no more answers; ``open=1``: take them again."""
    _event, task = _task(request, slug, pk)
    closed = request.POST.get("open") != "1"
    setting_up.close(task=task, closed=closed, by=request.user, at=timezone.now())
    text = _("“%(task)s” is closed: nobody can change it now.") if closed else _("“%(task)s” is open again.")
    messages.success(request, text % {"task": task.title})
    return redirect("registrations:task-settings", slug)


@login_required
@require_POST
def tick_for(request: HttpRequest, slug: str, pk: int, exhibitor_pk: int) -> HttpResponse:
    """The organiser has what a company was to send; ``back=1``: not after all."""
    event, task = _task(request, slug, pk)
    exhibitor = get_object_or_404(event.exhibitors.sent(), pk=exhibitor_pk)
    try:
        services.tick(
            task=task,
            exhibitor=exhibitor,
            done=request.POST.get("back") != "1",
            by=request.user,
            at=timezone.now(),
            by_organiser=True,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("registrations:exhibitor-detail", args=[slug, exhibitor_pk]) + "#exhibitor-tasks")


def _task(request: HttpRequest, slug: str, pk: int) -> tuple[Event, Task]:
    event = get_event_for(request.user, slug, "tasks.edit")
    return event, get_object_or_404(Task.objects.for_event(event), pk=pk)


def _form(request: HttpRequest, event: Event, task: Task, **kwargs: Any) -> TaskForm:
    data = request.POST if request.method == "POST" else None
    return TaskForm(data, instance=task, event=event, kind=TaskKind(task.kind), **kwargs)


def _render_form(request: HttpRequest, event: Event, form: TaskForm, **more: Any) -> HttpResponse:
    context = {"event": event, "form": form, "task": form.instance, **more}
    return render(request, f"{PAGES}/form.html", context, status=status_of(form, more.get("refusal")))


def _tell(request: HttpRequest, outcome: letters.Outcome) -> None:
    sent = len(outcome.done)
    if sent:
        text = ngettext("%(n)s company is reminded by e-mail.", "%(n)s companies are reminded by e-mail.", sent)
        messages.success(request, text % {"n": sent})
    for reason, names in _by_reason(outcome):
        messages.warning(request, f"{_('Left out')}: {', '.join(names)}. {reason}")


def _by_reason(outcome: letters.Outcome) -> list[tuple[str, list[str]]]:
    """Who is left out, by the sentence that says why."""
    reasons: dict[str, list[str]] = {}
    for row, refusal in outcome.refused:
        reasons.setdefault(str(refusal), []).append(row.exhibitor.organisation.name)
    return list(reasons.items())
