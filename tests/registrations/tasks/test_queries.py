"""Who lacks what."""

from datetime import date

import pytest

from registrations.exhibitors.states import State
from registrations.tasks.models import TaskLetter, Tick
from registrations.tasks.queries import LACKING, LATE, READY, Filter, asked_tasks, chosen_rows, lack_counts, table
from registrations.tasks.states import TaskKind, TaskState
from tests import factories
from tests.task_factories import DUE, InsuranceAnswerFactory, PowerAnswerFactory, a_task, an_exhibitor

pytestmark = pytest.mark.django_db
EARLY, LATER = date(2027, 3, 1), date(2027, 3, 20)


@pytest.fixture
def event():
    return factories.EventFactory()


def states(row) -> list[TaskState]:
    return [line.state for line in row.lines]


def test_one_of_each_kind_answered(event):
    kinds = [TaskKind.PROFILE, TaskKind.LOGO, TaskKind.STAFF, TaskKind.POWER, TaskKind.INSURANCE]
    for position, kind in enumerate(kinds):
        a_task(event, kind, position=position)
    own = a_task(event, position=9)
    exhibitor = an_exhibitor(event, logo="logos/x.webp")
    nobody = an_exhibitor(event, profile="")
    factories.StandStaffFactory(exhibitor=exhibitor)
    PowerAnswerFactory(exhibitor=exhibitor)
    InsuranceAnswerFactory(exhibitor=exhibitor)
    Tick.objects.create(task=own, exhibitor=exhibitor)

    rows = {row.exhibitor.pk: row for row in table(event, EARLY)}

    assert states(rows[exhibitor.pk]) == [TaskState.DONE] * 6
    assert states(rows[nobody.pk]) == [TaskState.LEFT] * 6


def test_name_that_was_erased_is_no_name(event):
    a_task(event, TaskKind.STAFF)
    factories.StandStaffFactory(exhibitor=an_exhibitor(event), name="")

    (row,) = table(event, EARLY)

    assert states(row) == [TaskState.LEFT]


def test_only_those_with_a_place_and_only_what_is_switched_on(event):
    a_task(event, is_on=False)
    wanted = a_task(event)
    a_task(factories.EventFactory())
    accepted = an_exhibitor(event)
    for state in (State.APPLIED, State.WAITING, State.DECLINED, State.WITHDRAWN):
        factories.ExhibitorFactory(event=event, state=state)

    (row,) = table(event, EARLY)

    assert (row.exhibitor, [line.task for line in row.lines]) == (accepted, [wanted])


def test_filters_and_their_counts(event):
    power = a_task(event, TaskKind.POWER, position=1)
    own = a_task(event, due_on=date(2027, 4, 30), position=2)
    ready, half, late = (an_exhibitor(event, organisation__name=name) for name in ("Alfa AB", "Beta AB", "Åre AB"))
    for one in (ready, half):
        PowerAnswerFactory(exhibitor=one)
    Tick.objects.create(task=own, exhibitor=ready)
    rows, tasks = table(event, LATER), asked_tasks(event)

    def found(**query: str) -> list:
        return [row.exhibitor for row in chosen_rows(rows, Filter.from_query(query, tasks))]

    assert found() == [ready, half, late]
    assert found(lacks=LATE) == [late]
    assert found(lacks=LACKING) == [half, late]
    assert found(lacks=READY) == [ready]
    assert found(lacks=str(power.pk)) == [late]
    assert found(lacks=str(own.pk)) == [half, late]
    assert found(lacks="999999") == [ready, half, late]
    assert found(q="åRE") == [late]
    assert found(q="beta ab", lacks=LATE) == []
    assert [(value, count) for value, _label, count in lack_counts(rows, tasks)] == [
        (LATE, 1),
        (LACKING, 2),
        (str(power.pk), 1),
        (str(own.pk), 2),
        (READY, 1),
    ]


def test_last_letter_is_the_latest(event, now):
    exhibitor = an_exhibitor(event)
    for day in (EARLY, DUE):
        TaskLetter.objects.create(
            exhibitor=exhibitor, kind="nudge", on=day, sent_at=now.replace(month=day.month, day=day.day)
        )

    (row,) = table(event, EARLY)

    assert row.written_at == now.replace(day=13)


@pytest.mark.parametrize("count", [1, 3])
def test_table_takes_three_queries_for_one_and_for_three(event, count, django_assert_num_queries):
    own = a_task(event)
    a_task(event, TaskKind.POWER)
    for _one in range(count):
        exhibitor = PowerAnswerFactory(exhibitor=an_exhibitor(event)).exhibitor
        Tick.objects.create(task=own, exhibitor=exhibitor)

    with django_assert_num_queries(3):
        rows = table(event, EARLY)
        assert [row.left for row in rows] == [[]] * count
