"""How a task stands: by hand, and whatever was told on whatever day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.tasks.states import Asked, TaskKind, TaskState, Told, is_done, state_of, urgency

DUE = date(2027, 3, 13)
NOTHING = Told()
EVERYTHING = Told(True, True, 2, True, True, frozenset({1}))
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
asked = st.builds(Asked, st.just(1), st.sampled_from(TaskKind), days, st.booleans())
told = st.builds(
    Told,
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.frozensets(st.integers(1, 3)),
)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 3, 1), TaskState.LEFT),
        (date(2027, 3, 5), TaskState.LEFT),
        (date(2027, 3, 6), TaskState.SOON),  # a week before
        (date(2027, 3, 13), TaskState.SOON),  # the last day itself
        (date(2027, 3, 14), TaskState.LATE),
        (date(2028, 1, 1), TaskState.LATE),
    ],
)
def test_state_follows_the_day(today, state):
    assert state_of(Asked(1, TaskKind.POWER, DUE), NOTHING, today) == state


def test_closed_task_waits_for_nobody_but_what_is_done_is_done():
    closed = Asked(1, TaskKind.POWER, DUE, is_closed=True)

    assert state_of(closed, NOTHING, date(2027, 3, 20)) == TaskState.CLOSED
    assert state_of(closed, EVERYTHING, date(2027, 3, 20)) == TaskState.DONE


@pytest.mark.parametrize(
    ("kind", "enough"),
    [
        (TaskKind.PROFILE, Told(has_profile=True)),
        (TaskKind.LOGO, Told(has_logo=True)),
        (TaskKind.STAFF, Told(staff=1)),
        (TaskKind.POWER, Told(has_power=True)),
        (TaskKind.INSURANCE, Told(has_insurance=True)),
        (TaskKind.OWN, Told(ticked=frozenset({1}))),
    ],
)
def test_each_kind_is_done_by_its_own_and_by_nothing_else(kind, enough):
    assert [one for one in TaskKind if is_done(Asked(1, one, DUE), enough)] == [kind]


def test_tick_of_another_task_does_not_count():
    assert not is_done(Asked(1, TaskKind.OWN, DUE), Told(ticked=frozenset({2})))


@given(asked, told, days)
def test_what_is_done_is_never_late_and_what_is_late_is_not_done(one, what, today):
    state = state_of(one, what, today)

    assert (state == TaskState.DONE) == is_done(one, what)
    if state == TaskState.LATE:
        assert today > one.due_on
    if state in {TaskState.SOON, TaskState.LEFT}:
        assert today <= one.due_on
    assert (state in TaskState.unanswered()) == (not is_done(one, what) and not one.is_closed)


@given(asked, told, days, st.integers(0, 400))
def test_with_time_a_task_only_grows_more_urgent(one, what, today, later):
    now, then = (state_of(one, what, day) for day in (today, today + timedelta(days=later)))

    assert urgency(then, one.due_on, 1) <= urgency(now, one.due_on, 1)


def test_order_is_late_then_by_day_then_the_organisers():
    keys = [
        urgency(TaskState.DONE, date(2027, 1, 1), 1),
        urgency(TaskState.LEFT, date(2027, 3, 9), 2),
        urgency(TaskState.LEFT, date(2027, 3, 9), 1),
        urgency(TaskState.LATE, date(2027, 2, 9), 9),
        urgency(TaskState.CLOSED, date(2027, 1, 1), 1),
        urgency(TaskState.SOON, date(2027, 3, 2), 3),
    ]

    assert [keys.index(key) for key in sorted(keys)] == [3, 5, 2, 1, 4, 0]
