"""What companies answer. A late answer is taken; a closed task takes none."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.versions import take_version
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.services import EventOver, WrongState
from registrations.exhibitors.states import State
from registrations.tasks.models import InsuranceAnswer, PowerAnswer, Task, Tick
from registrations.tasks.states import TaskKind

POWER_TOLD = audit.verb("task.power", _("told what power the stand needs"))
INSURANCE_TOLD = audit.verb("task.insurance", _("told about the insurance"))
TICKED = audit.verb("task.ticked", _("ticked off a task"))
UNTICKED = audit.verb("task.unticked", _("took back a ticked task"))

# Which of an application's fields a task keeps watch over: closed, it lets nobody change them.
FIELDS = {
    TaskKind.PROFILE: frozenset({"profile", "field"}),
    TaskKind.LOGO: frozenset({"logo"}),
    TaskKind.STAFF: frozenset({"staff"}),
}

Answered = TypeVar("Answered", PowerAnswer, InsuranceAnswer)


class TaskClosed(Refusal):
    code = "task_closed"
    message = _(
        "“%(task)s” is closed: the organiser works with what was told. Write to %(email)s if it must be changed."
    )


class NotAsked(Refusal):
    code = "not_asked"
    message = _("The organiser does not ask for that any longer.")


def answer_power(*, exhibitor: Exhibitor, seen: int, by: User, at: datetime, **fields: Any) -> PowerAnswer:
    """Store what the stand needs. ``seen`` is the version the form was opened with; 1 where nothing was told before.

    Raises Stale, TaskClosed, NotAsked, WrongState, EventOver.
    """
    return _answer(PowerAnswer, TaskKind.POWER, POWER_TOLD, exhibitor, seen, by, at, fields)


def answer_insurance(*, exhibitor: Exhibitor, seen: int, by: User, at: datetime, **fields: Any) -> InsuranceAnswer:
    """Store whether the company is insured, and with whom. Raises as ``answer_power`` does."""
    return _answer(InsuranceAnswer, TaskKind.INSURANCE, INSURANCE_TOLD, exhibitor, seen, by, at, fields)


@transaction.atomic
def tick(*, task: Task, exhibitor: Exhibitor, done: bool, by: User, at: datetime, by_organiser: bool = False) -> None:
    """Say that one of the organiser's own tasks is done, or (``done`` false) that it is not. Twice is once.

    The organiser, who has the paper in hand, may say so of a closed task too. Raises TaskClosed, NotAsked, WrongState,
    EventOver.
    """
    exhibitor = _locked(exhibitor, at)
    task = _asked_task(exhibitor, even_closed=by_organiser, kind=TaskKind.OWN, pk=task.pk)
    if done:
        _tick, new = Tick.objects.get_or_create(
            task=task, exhibitor=exhibitor, defaults={"ticked_at": at, "ticked_by": by}
        )
    else:
        new = bool(Tick.objects.filter(task=task, exhibitor=exhibitor).delete()[0])
    if new:
        verb = TICKED if done else UNTICKED
        audit.record(exhibitor, verb, by=by, at=at, changes={"task": [None, task.name] if done else [task.name, None]})


def refuse_closed(exhibitor: Exhibitor, names: frozenset[str], at: datetime) -> None:
    """For ``exhibitors.hooks.before_change``: what a closed task is about stays as the organiser has it."""
    if exhibitor.state not in State.holding():
        return
    closed = Task.objects.for_event(exhibitor.event).switched_on().filter(kind__in=FIELDS, closed_at__isnull=False)
    for task in closed:
        if FIELDS[TaskKind(task.kind)] & names:
            raise TaskClosed(task=task.title, email=exhibitor.event.contact_email)


@transaction.atomic
def _answer(
    model: type[Answered],
    kind: TaskKind,
    verb: str,
    exhibitor: Exhibitor,
    seen: int,
    by: User,
    at: datetime,
    fields: dict[str, Any],
) -> Answered:
    exhibitor = _locked(exhibitor, at)
    _asked_task(exhibitor, kind=kind)
    known = model._default_manager.filter(exhibitor=exhibitor).first()
    row = known or model(exhibitor=exhibitor)
    row.exhibitor = exhibitor
    take_version(row, seen)
    before = audit.values_of(row) if known else {}
    for name, value in fields.items():
        setattr(row, name, value)
    row.answered_at, row.answered_by = at, by
    row.save()
    after = {name: audit.values_of(row)[name] for name in fields}
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    if changes:
        audit.record(row, verb, by=by, at=at, changes=changes)
    return row


def _locked(exhibitor: Exhibitor, at: datetime) -> Exhibitor:
    """The application, locked; only those with a place at an event that is not over are asked for anything."""
    rows = Exhibitor.objects.select_for_update(of=("self",), no_key=True).select_related("event", "organisation")
    exhibitor = rows.get(pk=exhibitor.pk)
    if exhibitor.event.is_over(at):
        raise EventOver
    if exhibitor.state not in State.holding():
        raise WrongState
    return exhibitor


def _asked_task(exhibitor: Exhibitor, *, even_closed: bool = False, **which: Any) -> Task:
    task = Task.objects.for_event(exhibitor.event).switched_on().filter(**which).first()
    if task is None:
        raise NotAsked
    if task.closed_at is not None and not even_closed:
        raise TaskClosed(task=task.title, email=exhibitor.event.contact_email)
    return task
