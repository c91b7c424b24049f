"""A run in the background: asked for, made, stopped, given up."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from events.errors import Refusal
from registrations.allocation import following
from registrations.allocation.models import Failure, ProposalState
from registrations.placement import running, tasks
from registrations.placement.models import StandProposal
from registrations.placement.tasks import work
from registrations.stands.models import Stand
from tests.registrations.placement.floors import ready_proposal
from tests.stand_factories import PlacingFactory


@contextmanager
def at_once(pk):
    """Follows a run without a thread: written down at every report, so that a test's transaction sees it."""

    class Follower(following.Follower):
        def report(self, progress):
            super().report(progress)
            self.stopped = not running.beat(pk=pk, progress=self.progress, at=timezone.now())

    yield Follower()


def ask(event, organiser, now, **values) -> StandProposal:
    wanted = {"seconds": 2, "seed": 1, "note": "", "by": organiser, "at": now} | values
    return running.ask_for_proposal(event=event, **wanted)


def test_a_run_keeps_what_the_solver_found(event, companies, organiser, now):
    asked = ask(event, organiser, now)

    assert work(asked.pk, at_once) == ProposalState.DONE

    asked.refresh_from_db()
    assert len(asked.arrangement) == 4
    assert asked.measures["placed"] == [4, 4]
    assert asked.progress["levels"]
    assert asked.solution["objective"][0]["name"] == "placed_by_priority"
    assert work(asked.pk, at_once) == "nothing to do"


def test_one_at_a_time(event, companies, organiser, now):
    ask(event, organiser, now)

    with pytest.raises(running.OneAtATime):
        ask(event, organiser, now)


def test_no_longer_than_the_settings_say(event, companies, organiser, now, settings):
    settings.STANDS_MOST_SECONDS = 1

    assert ask(event, organiser, now, seconds=180).seconds == 1


def test_there_must_be_somebody_and_something(event, organiser, now, stands):
    assert refused(event, organiser, now) == "nobody_to_place"


def test_there_must_be_a_stand(event, companies, organiser, now):
    Stand.objects.update(blocked_at=now)

    assert refused(event, organiser, now) == "no_stands"


def test_nothing_is_solved_when_everybody_has_a_stand(event, companies, stands, organiser, now):
    for company, stand in zip(companies, stands, strict=True):
        PlacingFactory(stand=stand, exhibitor=company)

    assert refused(event, organiser, now) == "everyone_has_one"


def refused(event, organiser, now) -> str:
    with pytest.raises(Refusal) as said:
        ask(event, organiser, now)
    return said.value.code


def test_a_queued_run_that_is_stopped_never_starts(event, companies, organiser, now):
    asked = ask(event, organiser, now)

    stopped = running.stop_proposal(proposal=asked, by=organiser, at=now)

    assert (stopped.state, stopped.failure) == (ProposalState.FAILED, Failure.STOPPED)
    assert work(asked.pk, at_once) == "nothing to do"


def test_a_running_one_that_is_stopped_keeps_the_best_so_far(event, companies, organiser, now):
    asked = ask(event, organiser, now, seconds=60)

    @contextmanager
    def stopped_at_once(pk):
        running.stop_proposal(proposal=StandProposal.objects.get(pk=pk), by=organiser, at=now)
        with at_once(pk) as watch:
            yield watch

    assert work(asked.pk, stopped_at_once) == ProposalState.DONE
    asked.refresh_from_db()
    assert len(asked.arrangement) == 4


def test_a_silent_run_is_given_up(event, companies, organiser, now):
    asked = ask(event, organiser, now)
    running.start(pk=asked.pk, at=now)

    assert running.fail_lost(event=event, at=now + timedelta(minutes=1)) == 1
    assert not running.finish(pk=asked.pk, solution={}, measures={}, at=now)
    asked.refresh_from_db()
    assert asked.failure == Failure.LOST


def test_a_run_that_cannot_be_read_fails(event, companies, organiser, now):
    asked = ask(event, organiser, now)
    StandProposal.objects.filter(pk=asked.pk).update(fixed={"e0": "s0"})

    assert work(asked.pk, at_once) == ProposalState.FAILED
    asked.refresh_from_db()
    assert asked.failure == Failure.UNREADABLE


def test_a_run_whose_wishes_can_not_be_met_afterwards_fails(event, companies, organiser, now, monkeypatch):
    asked = ask(event, organiser, now, seconds=1)
    monkeypatch.setattr(tasks, "exchanged", lambda *facts: 1 / 0)

    assert work(asked.pk, at_once) == ProposalState.FAILED
    asked.refresh_from_db()
    assert asked.failure == Failure.CRASHED


def test_numbers_go_on(event, companies, organiser, now):
    ready_proposal(event, {}, number=7)

    assert ask(event, organiser, now).number == 8
