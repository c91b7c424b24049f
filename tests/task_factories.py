"""An event that asks its exhibitors for something, and those who answer."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from events.programme.models import Event
from registrations.exhibitors.models import Exhibitor
from registrations.exhibitors.states import State
from registrations.tasks.models import InsuranceAnswer, PowerAnswer, Task
from registrations.tasks.states import TaskKind
from tests import factories

# Twelve days after the factories' NOW, and twelve before their fair.
DUE = date(2027, 3, 13)
POWER = {"needs_power": True, "what": "Två skärmar", "watts": 600, "outlets": 3, "at_night": False}


class TaskFactory(DjangoModelFactory):
    """A task of the organiser's own; ``kind=…, name=""`` makes one of the others."""

    class Meta:
        model = Task

    event = factory.SubFactory(factories.EventFactory)
    kind = TaskKind.OWN
    name = factory.Sequence(lambda n: f"Skicka intyg {n}" if n is not None else "")
    due_on = DUE


class PowerAnswerFactory(DjangoModelFactory):
    class Meta:
        model = PowerAnswer

    exhibitor = factory.SubFactory(factories.ExhibitorFactory, state=State.ACCEPTED)
    needs_power = True
    what = "Två skärmar"
    watts = 600
    outlets = 3


class InsuranceAnswerFactory(DjangoModelFactory):
    class Meta:
        model = InsuranceAnswer

    exhibitor = factory.SubFactory(factories.ExhibitorFactory, state=State.ACCEPTED)
    is_insured = True
    insurer = "Tryggkraft"


def a_task(event: Event, kind: TaskKind = TaskKind.OWN, **fields: Any) -> Task:
    """``kind`` asked by ``event``, due on DUE."""
    if kind != TaskKind.OWN:
        fields = {"name": "", **fields}
    task: Task = TaskFactory(event=event, kind=kind, **fields)
    return task


def an_exhibitor(event: Event, **fields: Any) -> Exhibitor:
    """Somebody with a place at ``event``."""
    exhibitor: Exhibitor = factories.ExhibitorFactory(event=event, **{"state": State.ACCEPTED, **fields})
    return exhibitor
