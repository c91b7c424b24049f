"""The weekly digest and the organiser's nudges: who gets them, what stands in them, and never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from events.access.models import AuditEntry
from events.mail.models import Letter
from events.programme.models import EventState
from registrations.exhibitors.states import State
from registrations.tasks import letters
from registrations.tasks.letters import due_digests, events_with_digests, nudge, nudge_many, preview, send_digest
from registrations.tasks.models import TaskLetter, Tick
from registrations.tasks.queries import table
from registrations.tasks.states import TaskKind
from registrations.tasks.tasks import enqueue_digests, write_digests
from tests import factories
from tests.task_factories import PowerAnswerFactory, a_task, an_exhibitor

pytestmark = pytest.mark.django_db
MONDAY = factories.NOW  # Monday 1 March 2027, 10.00 in Stockholm
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def task(event):
    return a_task(event, name="Skicka brandintyg", name_en="Send the certificate")


@pytest.fixture
def exhibitor(event, task):
    return an_exhibitor(event)


@pytest.fixture
def clock(monkeypatch):
    """``clock(at)``: what the worker takes for now."""
    return lambda at: monkeypatch.setattr(timezone, "now", lambda: at)


# --- The digest ---


def test_digest_says_what_is_left_and_nothing_else(event, exhibitor):
    a_task(event, TaskKind.POWER)
    PowerAnswerFactory(exhibitor=exhibitor)

    assert send_digest(exhibitor=exhibitor, at=MONDAY)

    letter = Letter.objects.get()
    power = str(TaskKind.POWER.label)
    assert (letter.to, letter.event, letter.language) == (exhibitor.contact_email, event, "sv")
    assert "Skicka brandintyg" in letter.text
    assert "Skicka brandintyg" in letter.html
    assert power not in letter.text
    assert f"/exhibitors/{exhibitor.pk}/" in letter.text


def test_digest_comes_in_the_language_of_whoever_began_the_application(event, task):
    person = factories.UserFactory(language="en")
    send_digest(exhibitor=an_exhibitor(event, started_by=person), at=MONDAY)

    assert "Send the certificate" in Letter.objects.get().text


def test_digest_once_a_week_however_often_the_job_runs(event, exhibitor):
    for minutes in (0, 0, 15, 500):
        send_digest(exhibitor=exhibitor, at=MONDAY + timedelta(minutes=minutes))
    assert Letter.objects.count() == 1

    assert send_digest(exhibitor=exhibitor, at=MONDAY + timedelta(days=7))

    assert Letter.objects.count() == 2
    assert sorted(TaskLetter.objects.values_list("on", flat=True)) == [
        MONDAY.date(),
        MONDAY.date() + timedelta(days=7),
    ]


@pytest.mark.parametrize("days", range(1, 7))
def test_no_digest_on_other_days(event, exhibitor, days):
    at = MONDAY + timedelta(days=days)

    assert (due_digests(event, at), send_digest(exhibitor=exhibitor, at=at)) == ([], False)


def test_nobody_gets_a_digest_when_nothing_is_left(event, task, exhibitor):
    Tick.objects.create(task=task, exhibitor=exhibitor)

    assert (due_digests(event, MONDAY), send_digest(exhibitor=exhibitor, at=MONDAY)) == ([], False)
    assert not Letter.objects.exists()


def test_closed_and_switched_off_tasks_are_not_written_about(event, task, exhibitor):
    task.closed_at = MONDAY
    task.save()
    a_task(event, is_on=False)

    assert not send_digest(exhibitor=exhibitor, at=MONDAY)


@pytest.mark.parametrize("state", [one for one in State if one != State.ACCEPTED])
def test_only_those_with_a_place_get_a_digest(event, task, state):
    other = factories.ExhibitorFactory(event=event, state=state)

    assert (due_digests(event, MONDAY), send_digest(exhibitor=other, at=MONDAY)) == ([], False)


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_no_digest_of_an_event_that_does_not_come(event, exhibitor, state):
    event.state = state
    event.save()
    exhibitor.refresh_from_db()

    assert events_with_digests(MONDAY) == []
    assert not send_digest(exhibitor=exhibitor, at=MONDAY)


def test_no_digest_after_the_event(event, exhibitor):
    after = datetime(2027, 3, 29, 8, tzinfo=UTC)  # a Monday

    assert (events_with_digests(after), send_digest(exhibitor=exhibitor, at=after)) == ([], False)


def test_nobody_without_an_address_stops_the_others(event, exhibitor):
    nameless = an_exhibitor(event, contact_email="")

    assert due_digests(event, MONDAY) == [exhibitor]
    assert not send_digest(exhibitor=nameless, at=MONDAY)


def test_job_is_asked_for_as_long_as_somebody_is_due(event, exhibitor, clock):
    clock(MONDAY)

    assert enqueue_digests(at=MONDAY) == 1
    assert (write_digests.func(event.pk), write_digests.func(event.pk)) == (1, 0)
    assert enqueue_digests(at=MONDAY) == 0
    assert enqueue_digests(at=TUESDAY) == 0
    assert Letter.objects.count() == 1


def test_clock_starts_it(event, exhibitor, clock, monkeypatch):
    asked = []
    monkeypatch.setattr("config.management.commands.tend.enqueue_digests", lambda *, at: asked.append(at))

    call_command("tend", "--no-erasing", verbosity=0)

    assert len(asked) == 1


def test_two_digests_a_week_are_no_row(exhibitor):
    stamp = {"exhibitor": exhibitor, "kind": "digest", "on": MONDAY.date(), "sent_at": MONDAY}
    TaskLetter.objects.create(**stamp)

    with pytest.raises(IntegrityError):
        TaskLetter.objects.create(**stamp)


@pytest.mark.parametrize("count", [1, 3])
def test_who_is_due_takes_four_queries_for_one_and_for_three(event, task, count, django_assert_num_queries):
    for _one in range(count):
        an_exhibitor(event)

    with django_assert_num_queries(4):
        assert len(due_digests(event, MONDAY)) == count


# --- The nudge ---


def test_nudge_says_the_organisers_line_and_what_is_left(event, exhibitor, organiser):
    nudge(exhibitor=exhibitor, message="Vi behöver det på fredag.", by=organiser, at=TUESDAY)

    letter = Letter.objects.get()
    assert "Vi behöver det på fredag." in letter.text
    assert "Skicka brandintyg" in letter.html
    entry = AuditEntry.objects.get(verb="task.nudged")
    assert (entry.actor, entry.changes) == (organiser, {"tasks": [None, 1]})
    assert TaskLetter.objects.get().sent_by == organiser


def test_second_nudge_the_same_day_is_refused_and_the_next_day_is_fine(exhibitor, organiser):
    nudge(exhibitor=exhibitor, message="", by=organiser, at=TUESDAY)

    with pytest.raises(letters.WrittenToday):
        nudge(exhibitor=exhibitor, message="", by=organiser, at=TUESDAY + timedelta(hours=5))
    nudge(exhibitor=exhibitor, message="", by=organiser, at=TUESDAY + timedelta(days=1))

    assert Letter.objects.count() == 2


def test_a_day_is_stockholms_day(exhibitor, organiser):
    nudge(exhibitor=exhibitor, message="", by=organiser, at=datetime(2027, 3, 2, 22, 30, tzinfo=UTC))  # 23.30

    nudge(exhibitor=exhibitor, message="", by=organiser, at=datetime(2027, 3, 2, 23, 30, tzinfo=UTC))  # 00.30

    assert Letter.objects.count() == 2


def test_digest_of_the_day_counts(exhibitor, organiser):
    send_digest(exhibitor=exhibitor, at=MONDAY)

    with pytest.raises(letters.WrittenToday):
        nudge(exhibitor=exhibitor, message="", by=organiser, at=MONDAY + timedelta(hours=1))


def test_many_are_nudged_and_who_is_left_out_is_told_why(event, task, exhibitor, organiser):
    ready, withdrawn, mute = (
        an_exhibitor(event),
        an_exhibitor(event, state=State.WITHDRAWN),
        an_exhibitor(event, contact_email=""),
    )
    Tick.objects.create(task=task, exhibitor=ready)

    outcome = nudge_many(exhibitors=[ready, exhibitor, withdrawn, mute], message="", by=organiser, at=TUESDAY)

    assert [row.exhibitor for row in outcome.done] == [exhibitor]
    assert [(row.exhibitor, refusal.code) for row, refusal in outcome.refused] == [
        (ready, "nothing_left"),
        (withdrawn, "no_place"),
        (mute, "nobody_to_write_to"),
    ]
    assert Letter.objects.count() == 1


def test_preview_promises_what_is_then_done(event, task, exhibitor, organiser):
    ready = an_exhibitor(event)
    Tick.objects.create(task=task, exhibitor=ready)
    rows = table(event, TUESDAY.date())

    promised = preview(rows, TUESDAY)
    done = nudge_many(exhibitors=[row.exhibitor for row in rows], message="", by=organiser, at=TUESDAY)

    assert [row.exhibitor for row in promised.done] == [row.exhibitor for row in done.done] == [exhibitor]
    assert [refusal.code for _row, refusal in promised.refused] == [refusal.code for _row, refusal in done.refused]


def test_letter_that_is_shown_is_the_letter_that_goes_out(event, exhibitor, organiser):
    (row,) = table(event, TUESDAY.date())

    subject, text = letters.letter_text(row, "En rad.")
    nudge(exhibitor=exhibitor, message="En rad.", by=organiser, at=TUESDAY)

    letter = Letter.objects.get()
    assert (letter.subject, letter.text.strip()) == (subject, text)


def test_nobody_is_nudged_after_the_event(event, exhibitor, organiser):
    with pytest.raises(letters.EventNotComing):
        nudge(exhibitor=exhibitor, message="", by=organiser, at=event.ends_at)
