"""What the organiser asks for."""

from datetime import date, timedelta

import pytest

from events.errors import Stale
from registrations.tasks import setting_up
from registrations.tasks.models import Task
from registrations.tasks.states import TaskKind
from tests import factories
from tests.task_factories import DUE, a_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """24 March 2027."""
    return factories.EventFactory()


def test_usual_tasks_get_days_that_suit_the_event_and_a_second_click_makes_nothing(event, organiser, now):
    for _click in range(2):
        setting_up.ask_the_usual(event=event, by=organiser, at=now)

    # 42 and 28 days before 24 March are gone or near by 1 March: then a week from now.
    assert {task.kind: task.due_on for task in Task.objects.for_event(event)} == {
        "profile": date(2027, 3, 8),
        "logo": date(2027, 3, 8),
        "power": date(2027, 3, 8),
        "insurance": date(2027, 3, 8),
        "staff": date(2027, 3, 17),
    }


def test_usual_day_is_never_after_the_event_began(event):
    assert setting_up.usual_day(event, TaskKind.STAFF, date(2027, 3, 23)) == date(2027, 3, 24)
    assert setting_up.usual_day(event, TaskKind.PROFILE, date(2026, 11, 1)) == date(2027, 2, 10)


def test_of_two_who_ask_for_the_same_the_second_is_told(event, organiser, now):
    a_task(event, TaskKind.POWER)
    a_task(event, name="Skicka brandintyg")

    for kind, name in ((TaskKind.POWER, ""), (TaskKind.OWN, "Skicka brandintyg")):
        with pytest.raises(setting_up.AskedAlready):
            setting_up.ask(event=event, kind=kind, by=organiser, at=now, name=name, due_on=DUE)

    assert Task.objects.count() == 2


def test_change_switch_and_close(event, organiser, now):
    task = a_task(event)

    setting_up.change(task=task, seen=1, by=organiser, at=now, due_on=DUE + timedelta(days=2))
    with pytest.raises(Stale):
        setting_up.change(task=task, seen=1, by=organiser, at=now, due_on=DUE)
    setting_up.switch(task=task, on=False, by=organiser, at=now)
    setting_up.close(task=task, closed=True, by=organiser, at=now)
    setting_up.close(task=task, closed=True, by=organiser, at=now + timedelta(hours=1))

    stored = Task.objects.get()
    assert (stored.due_on, stored.is_on, stored.closed_at) == (DUE + timedelta(days=2), False, now)
    setting_up.close(task=task, closed=False, by=organiser, at=now)
    assert Task.objects.get().closed_at is None


def test_next_edition_asks_for_the_same_as_many_days_before(event, organiser, now):
    a_task(event, name="Skicka brandintyg", words="Mejla det.", closed_at=now)
    a_task(event, TaskKind.POWER, is_on=False)
    later = factories.EventFactory(
        starts_at=event.starts_at + timedelta(days=364), ends_at=event.ends_at + timedelta(days=364)
    )

    setting_up.copy_tasks(event, later, organiser, now)

    copied = Task.objects.for_event(later).order_by("kind")
    assert [(one.kind, one.name, one.due_on, one.is_on, one.closed_at) for one in copied] == [
        ("own", "Skicka brandintyg", DUE + timedelta(days=364), True, None),
        ("power", "", DUE + timedelta(days=364), False, None),
    ]
