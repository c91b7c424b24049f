"""What the organiser asks for: tasks made, changed, switched on and off, closed and opened again."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from events.versions import take_version
from registrations.tasks.models import Task
from registrations.tasks.states import TaskKind

ASKED = audit.verb("task.asked", _("asked the exhibitors for something"))
CHANGED = audit.verb("task.changed", _("changed a task"))
SWITCHED_ON = audit.verb("task.on", _("switched a task on"))
SWITCHED_OFF = audit.verb("task.off", _("switched a task off"))
CLOSED = audit.verb("task.closed", _("closed a task"))
OPENED = audit.verb("task.opened", _("opened a task again"))


class AskedAlready(Refusal):
    code = "asked_already"
    message = _("The event has that task already.")


# How many days before the event the usual tasks are due.
USUAL = {
    TaskKind.PROFILE: 42,
    TaskKind.LOGO: 42,
    TaskKind.POWER: 28,
    TaskKind.INSURANCE: 28,
    TaskKind.STAFF: 7,
}
AT_LEAST = timedelta(days=7)


def usual_day(event: Event, kind: TaskKind, today: date) -> date:
    """The last day that is proposed for ``kind``; a week from ``today`` at the earliest, but not after the event began."""
    begins = localtime(event.starts_at).date()
    return min(max(begins - timedelta(days=USUAL.get(kind, 14)), today + AT_LEAST), begins)


@transaction.atomic
def ask_the_usual(*, event: Event, by: User, at: datetime) -> list[Task]:
    """The tasks of USUAL that ``event`` has not got, on days that suit it; a second click makes nothing."""
    Event.objects.locked(event.pk)
    known = set(Task.objects.for_event(event).values_list("kind", flat=True))
    today = localtime(at).date()
    return [
        ask(event=event, kind=kind, due_on=usual_day(event, kind, today), by=by, at=at)
        for kind in USUAL
        if kind not in known
    ]


@transaction.atomic
def ask(*, event: Event, kind: TaskKind, by: User, at: datetime, **fields: Any) -> Task:
    """Ask every exhibitor of ``event`` for something more, last in the list. Raises AskedAlready."""
    Event.objects.locked(event.pk)
    tasks = Task.objects.for_event(event)
    if tasks.filter(kind=kind, name=fields.get("name", "")).exists():
        raise AskedAlready
    position = tasks.count() + 1
    task = Task.objects.create(event=event, kind=kind, position=position, **fields)
    audit.created(task, ASKED, by=by, at=at)
    return task


@transaction.atomic
def change(*, task: Task, seen: int, by: User, at: datetime, **fields: Any) -> Task:
    """Store ``fields``; ``seen`` is the version the form was opened with. Raises Stale."""
    task = _locked(task)
    take_version(task, seen)
    with audit.change(task, CHANGED, by=by, at=at):
        for name, value in fields.items():
            setattr(task, name, value)
        task.save()
    return task


@transaction.atomic
def switch(*, task: Task, on: bool, by: User, at: datetime) -> Task:
    """Ask for it again, or no longer; what was answered stays."""
    task = _locked(task)
    with audit.change(task, SWITCHED_ON if on else SWITCHED_OFF, by=by, at=at):
        task.is_on = on
        task.save(update_fields=["is_on"])
    return task


@transaction.atomic
def close(*, task: Task, closed: bool, by: User, at: datetime) -> Task:
    """Take no more answers, or (``closed`` false) take them again."""
    task = _locked(task)
    with audit.change(task, CLOSED if closed else OPENED, by=by, at=at):
        task.closed_at = (task.closed_at or at) if closed else None
        task.save(update_fields=["closed_at"])
    return task


def copy_tasks(earlier: Event, event: Event, by: User, at: datetime) -> None:
    """Ask next time for what was asked this time, as many days before the event."""
    later = localtime(event.starts_at).date() - localtime(earlier.starts_at).date()
    Task.objects.bulk_create(
        Task(
            event=event,
            kind=task.kind,
            name=task.name,
            name_en=task.name_en,
            words=task.words,
            words_en=task.words_en,
            due_on=task.due_on + later,
            is_on=task.is_on,
            position=task.position,
        )
        for task in Task.objects.for_event(earlier)
    )


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
