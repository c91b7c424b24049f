"""Two workers, two organisers, two tabs at the same moment: shown on PostgreSQL, and shown to break without the lock."""

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError

from events.mail.models import Letter
from registrations.exhibitors.models import Exhibitor
from registrations.tasks import letters
from registrations.tasks.models import PowerAnswer, TaskLetter
from registrations.tasks.services import answer_power
from registrations.tasks.states import TaskKind
from tests import factories
from tests.races import at_once
from tests.task_factories import POWER, a_task, an_exhibitor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKERS = 4


@pytest.fixture
def exhibitor():
    event = factories.EventFactory()
    a_task(event)
    a_task(event, TaskKind.POWER)
    return an_exhibitor(event)


def test_many_workers_write_one_digest(exhibitor, now):
    at_once(*(partial(letters.send_digest, exhibitor=exhibitor, at=now) for _worker in range(WORKERS)))

    assert (TaskLetter.objects.count(), Letter.objects.count()) == (1, 1)


def test_without_the_lock_the_workers_run_into_each_other(exhibitor, now, monkeypatch):
    """The test above can fail: with the application's row unlocked all of them find no stamp; only the constraint is left."""
    monkeypatch.setattr(letters, "_locked", lambda one: Exhibitor.objects.select_related("event").get(pk=one.pk))
    read = Barrier(WORKERS)
    create = TaskLetter.objects.create

    def create_together(**fields):
        read.wait(timeout=20)
        return create(**fields)

    monkeypatch.setattr(TaskLetter.objects, "create", create_together)

    with pytest.raises(IntegrityError):
        at_once(*(partial(letters.send_digest, exhibitor=exhibitor, at=now) for _worker in range(WORKERS)))


def test_two_organisers_nudge_once(exhibitor, now):
    person, tuesday = factories.UserFactory(), now + timedelta(days=1)

    told = at_once(
        *(partial(letters.nudge, exhibitor=exhibitor, message="", by=person, at=tuesday) for _one in range(WORKERS))
    )

    assert sorted(told) == ["done"] + ["written_today"] * (WORKERS - 1)
    assert Letter.objects.count() == 1


def test_of_two_tabs_one_hears_of_the_other(exhibitor, now):
    person = factories.UserFactory()

    told = at_once(
        *(
            partial(answer_power, exhibitor=exhibitor, seen=1, by=person, at=now, **{**POWER, "watts": watts})
            for watts in (500, 900)
        )
    )

    assert sorted(told) == ["done", "stale"]
    assert PowerAnswer.objects.get().version == 2
