"""Answers about power and insurance go a year after the event, with their trail."""

from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.retention.services import erase_what_is_due
from registrations.tasks.models import InsuranceAnswer, PowerAnswer
from registrations.tasks.services import answer_power
from registrations.tasks.states import TaskKind
from tests import factories
from tests.task_factories import POWER, InsuranceAnswerFactory, a_task, an_exhibitor

pytestmark = pytest.mark.django_db


def test_answers_are_erased_a_year_after_the_event_and_not_before(now):
    event = factories.EventFactory()
    a_task(event, TaskKind.POWER)
    exhibitor = an_exhibitor(event)
    answer_power(exhibitor=exhibitor, seen=1, by=factories.UserFactory(), at=now, **POWER)
    InsuranceAnswerFactory(exhibitor=exhibitor)

    early = erase_what_is_due(at=event.ends_at + timedelta(days=365))
    assert (early.get("task-answers"), PowerAnswer.objects.count()) == (None, 1)

    due = erase_what_is_due(at=event.ends_at + timedelta(days=365, seconds=1))

    assert due["task-answers"] == 2
    assert not PowerAnswer.objects.exists()
    assert not InsuranceAnswer.objects.exists()
    assert not AuditEntry.objects.filter(verb="task.power").exists()
    assert erase_what_is_due(at=event.ends_at + timedelta(days=365, seconds=1)).get("task-answers") is None
