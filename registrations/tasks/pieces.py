"""What tasks add to other pages: the company's own page and its next step, the organiser's overview."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.access.models import User
from events.access.rules import may
from events.moments import STOCKHOLM
from events.programme.hooks import Decision, Step
from events.programme.models import Event, EventState
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.tasks.models import PowerAnswer, Task
from registrations.tasks.queries import LATE, Line, by_urgency, own_rows, row_of, table
from registrations.tasks.states import TaskKind, TaskState

PAGES = {
    TaskKind.PROFILE: "registrations:exhibitor-profile",
    TaskKind.LOGO: "registrations:exhibitor-profile",
    TaskKind.STAFF: "registrations:exhibitor-staff",
    TaskKind.POWER: "registrations:task-power",
    TaskKind.INSURANCE: "registrations:task-insurance",
}


def page_of(line: Line, exhibitor: Exhibitor) -> str:
    """Where the company does it; the organiser's own tasks are ticked off on the company's page."""
    own = TaskKind(line.task.kind) == TaskKind.OWN
    if own:
        return reverse("registrations:own-exhibitor", args=[exhibitor.pk]) + "#own-tasks"
    return reverse(PAGES[TaskKind(line.task.kind)], args=[exhibitor.pk])


def own_section(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """What is asked of the company, the most urgent first, each with where it is done."""
    row = row_of(exhibitor, timezone.localdate())
    if not row.lines:
        return ""
    context: dict[str, Any] = {
        "exhibitor": exhibitor,
        "lines": [(line, page_of(line, exhibitor)) for line in by_urgency(row.lines)],
        "left": len(row.left),
        "late": len(row.late),
        "is_open": _is_open(exhibitor.event, timezone.now()),
    }
    return render_to_string("registrations/tasks/own_section.html", context, request)


def organiser_section(exhibitor: Exhibitor, request: HttpRequest) -> str:
    """How the tasks of an exhibitor stand, with all that was told, for those who see tasks."""
    if not may(request.user, "tasks.view", exhibitor.event):
        return ""
    row = row_of(exhibitor, timezone.localdate())
    if not row.lines:
        return ""
    context = {
        "exhibitor": exhibitor,
        "event": exhibitor.event,
        "lines": row.lines,
        "written_at": row.written_at,
        "plugged_in": PowerAnswer.objects.filter(exhibitor=exhibitor).values_list("what", flat=True).first(),
        "can_tick": may(request.user, "tasks.edit", exhibitor.event) and _is_open(exhibitor.event, timezone.now()),
    }
    return render_to_string("registrations/tasks/organiser_section.html", context, request)


def own_next_step(exhibitor: Exhibitor, request: HttpRequest) -> Step | None:
    """The most urgent thing that is left for a company with a place, as its page's next step."""
    if exhibitor.state not in State.holding() or not exhibitor.event.takes_decisions(timezone.now()):
        return None
    left = row_of(exhibitor, timezone.localdate()).left
    if not left:
        return None
    line = left[0]
    why = line.task.help or _("The organiser needs it from you before the event.")
    return Step(
        title=line.task.title,
        text=_with_others(
            _("It is late, but you can still do it.") if line.state == TaskState.LATE else why, len(left) - 1
        ),
        url=page_of(line, exhibitor),
        action=_("Do it now"),
        by=end_of(line.task),
    )


def _with_others(text: str, more: int) -> str:
    """``text``, and how many other tasks are left."""
    others = ngettext("%(n)s more task is left.", "%(n)s more tasks are left.", more) % {"n": more} if more else ""
    return " ".join(filter(None, [text, others]))


def next_steps(user: User, request: HttpRequest) -> list[Step]:
    """For each place the most urgent thing that is left."""
    now = timezone.now()
    steps = []
    for row in own_rows(user, now, timezone.localdate()):
        if not row.left:
            continue
        line, more = row.left[0], len(row.left) - 1
        late = _("It is late, but you can still do it.") if line.state == TaskState.LATE else ""
        steps.append(
            Step(
                title=_("%(task)s: %(event)s") % {"task": line.task.title, "event": row.exhibitor.event.title},
                text=_with_others(" ".join(filter(None, [f"{row.exhibitor.organisation}.", late])), more),
                url=page_of(line, row.exhibitor),
                action=_("Do it now"),
                by=end_of(line.task),
            )
        )
    return steps


def waiting_decisions(event: Event, user: User) -> list[Decision]:
    """Companies that are late, for those who can remind them."""
    now = timezone.now()
    if not may(user, "tasks.edit", event) or not _is_open(event, now):
        return []
    if not Task.objects.for_event(event).switched_on().filter(due_on__lt=timezone.localdate()).exists():
        return []
    late = sum(row.lacks(LATE) for row in table(event, timezone.localdate()))
    if not late:
        return []
    text = ngettext("company is late with a task", "companies are late with a task", late)
    return [Decision(text, late, reverse("registrations:task-table", args=[event.slug]) + f"?lacks={LATE}")]


def end_of(task: Task) -> datetime:
    """The last moment of the task's last day in Stockholm."""
    return datetime.combine(task.due_on + timedelta(days=1), time(), STOCKHOLM) - timedelta(minutes=1)


def _is_open(event: Event, at: datetime) -> bool:
    return event.state != EventState.CANCELLED and not event.is_over(at)
