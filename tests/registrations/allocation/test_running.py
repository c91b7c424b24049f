"""The life of a run: one at a time, stopped, lost, finished once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from events.access.models import AuditEntry
from registrations.allocation import hand, running
from registrations.allocation.models import Failure, Proposal, ProposalState
from registrations.bookings.states import ClassState
from tests.night_factories import ProposalFactory

pytestmark = pytest.mark.django_db


def ask(night, by, at, **values):
    return running.ask_for_proposal(night=night, by=by, at=at, **{"seconds": 15, "seed": 1, "note": "", **values})


def test_asking_makes_a_row_a_task_and_a_trail(night, one, organiser, now):
    made = ask(night, organiser, now, note="Första")

    assert (made.number, made.state, made.note) == (1, ProposalState.QUEUED, "Första")
    assert [row["id"] for row in made.instance["groups"]] == [f"c{one.pk}"]
    task = DBTaskResult.objects.get(queue_name="allocation")
    assert task.args_kwargs["args"] == [made.pk]
    assert AuditEntry.objects.get(verb=running.ASKED).actor == organiser


def test_the_second_who_asks_is_told_of_the_first(night, one, organiser, now):
    first = ask(night, organiser, now)

    with pytest.raises(running.OneAtATime) as refusal:
        ask(night, organiser, now)

    assert refusal.value.facts == {"number": first.number}
    assert Proposal.objects.count() == 1
    assert DBTaskResult.objects.filter(queue_name="allocation").count() == 1


def test_the_database_refuses_two_at_once(night):
    ProposalFactory(night=night, state=ProposalState.RUNNING)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalFactory(night=night, state=ProposalState.QUEUED)


def test_asking_needs_something_to_place_and_somewhere_to_go(night, organiser, now):
    with pytest.raises(running.NothingToPlace):
        ask(night, organiser, now)


def test_asking_needs_an_admission(night, one, organiser, now):
    night.waves.all().delete()

    with pytest.raises(running.NowhereToGo):
        ask(night, organiser, now)


def test_asking_keeps_what_is_decided_by_hand(night, one, waves, organiser, now):
    hand.place_by_hand(school_class=one, gets_a_place=True, wave=waves[1], note="Buss", by=organiser, at=now)

    made = ask(night, organiser, now)

    assert made.locks == [{"group": f"c{one.pk}", "place": True, "wave": f"w{waves[1].pk}"}]


def test_a_proposal_is_started_once(night, now):
    row = ProposalFactory(night=night)

    assert running.start(pk=row.pk, at=now) == row
    assert running.start(pk=row.pk, at=now) is None


def test_a_beat_keeps_progress_and_hears_of_a_stop(night, organiser, now):
    row = ProposalFactory(night=night, state=ProposalState.RUNNING)

    assert running.beat(pk=row.pk, progress={"step": 1}, at=now)
    running.stop_proposal(proposal=row, by=organiser, at=now)
    assert not running.beat(pk=row.pk, progress={"step": 2}, at=now)

    row.refresh_from_db()
    assert (row.progress, row.beat_at, row.state) == ({"step": 2}, now, ProposalState.RUNNING)


def test_stopping_twice_leaves_one_trail(night, organiser, now):
    row = ProposalFactory(night=night, state=ProposalState.RUNNING)

    for _ in range(2):
        running.stop_proposal(proposal=row, by=organiser, at=now)

    assert AuditEntry.objects.filter(verb=running.STOPPED).count() == 1


def test_stopping_before_the_start_gives_the_proposal_up(night, organiser, now):
    row = ProposalFactory(night=night)

    stopped = running.stop_proposal(proposal=row, by=organiser, at=now)

    assert (stopped.state, stopped.failure) == (ProposalState.FAILED, Failure.STOPPED)
    assert running.start(pk=row.pk, at=now) is None


def test_stopping_a_ready_proposal_changes_nothing(night, organiser, now):
    row = ProposalFactory(night=night, state=ProposalState.DONE)

    assert running.stop_proposal(proposal=row, by=organiser, at=now).state == ProposalState.DONE


def test_a_silent_run_is_given_up_and_can_be_made_again(night, one, organiser, now):
    lost = ProposalFactory(night=night, state=ProposalState.RUNNING, beat_at=now - timedelta(seconds=31), number=1)

    made = ask(night, organiser, now)

    lost.refresh_from_db()
    assert (lost.state, lost.failure, made.number) == (ProposalState.FAILED, Failure.LOST, 2)


def test_a_run_that_beats_is_left_alone(night, now):
    ProposalFactory(night=night, state=ProposalState.RUNNING, beat_at=now - timedelta(seconds=29))

    assert running.fail_lost(at=now) == 0


def test_a_run_that_was_given_up_can_not_finish(night, now):
    row = ProposalFactory(night=night, state=ProposalState.FAILED, failure=Failure.LOST)

    assert not running.finish(pk=row.pk, solution={}, baselines={}, measures={}, at=now)
    assert not running.fail(pk=row.pk, failure=Failure.CRASHED, at=now)

    row.refresh_from_db()
    assert (row.state, row.failure, row.solution) == (ProposalState.FAILED, Failure.LOST, None)


def test_classes_that_want_no_place_are_not_asked_for(night, one, organiser, now):
    one.state = ClassState.CANCELLED
    one.save()

    with pytest.raises(running.NothingToPlace):
        ask(night, organiser, now)
