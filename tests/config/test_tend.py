"""The housekeeping that a clock starts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from events.mail.tasks import deliver
from events.retention.models import Erasure
from registrations.allocation.tasks import make_proposal
from registrations.visitors.models import Visitor
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _visitor_of_long_ago():
    past = {
        name: timezone.now() - timedelta(days=days)
        for name, days in [
            ("registration_opens_at", 440),
            ("registration_closes_at", 420),
            ("starts_at", 401),
            ("ends_at", 400),
        ]
    }
    event = factories.EventFactory(**past)
    factories.VisitorFactory(name="Åsa", event=event)


def tend(**options) -> str:
    out = StringIO()
    call_command("tend", stdout=out, **options)
    return out.getvalue().strip()


def test_tend_erases_by_the_rules_once_and_says_how_many():
    assert [tend(), tend()] == [
        "0 letters sent again, 0 bookings reminded. Erased: 1 visitors.",
        "0 letters sent again, 0 bookings reminded. Erased: nothing.",
    ]
    assert (Visitor.objects.get().name, Erasure.objects.get().rule) == ("", "visitors")


def test_tend_can_be_told_to_keep_everything():
    tend(no_erasing=True)

    assert (Visitor.objects.get().name, Erasure.objects.count()) == ("Åsa", 0)


@pytest.mark.parametrize("task", [deliver, make_proposal])
def test_tend_forgets_finished_tasks_of_every_queue(task):
    for _ in range(2):
        task.enqueue(1)
    old = DBTaskResult.objects.first()
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=8))

    tend()

    assert DBTaskResult.objects.count() == 1
