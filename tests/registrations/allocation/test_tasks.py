"""The worker's side: it finishes, it crashes, it is stopped, it is started twice."""

from contextlib import contextmanager

import pytest
from django.utils import timezone

from registrations.allocation import following, running, solving
from registrations.allocation.failures import failure_in_words
from registrations.allocation.instances import build_instance
from registrations.allocation.models import Failure, Proposal, ProposalState
from registrations.allocation.solver.watching import Progress
from registrations.allocation.tasks import work
from tests.night_factories import ProposalFactory
from tests.registrations.allocation.solutions import measures_of, solution_of


@contextmanager
def at_once(pk):
    """Follows a run without a thread: written down at every report, so that a test's transaction sees it."""

    class Follower(following.Follower):
        def report(self, progress):
            super().report(progress)
            self.stopped = not running.beat(pk=pk, progress=self.progress, at=timezone.now())

    yield Follower()


@pytest.fixture
def queued(night, one, waves):
    return ProposalFactory(night=night, instance=build_instance(night), seconds=2)


def answer_for(proposal) -> solving.Answer:
    groups = proposal.instance["groups"]
    solution = solution_of(proposal.instance, {groups[0]["id"]: groups[0]["waves"][0]})
    return solving.Answer(solution, {"first_come": solution}, measures_of(proposal.instance, solution))


def state_of(proposal) -> Proposal:
    proposal.refresh_from_db()
    return proposal


def test_the_real_solver_makes_a_proposal(queued, one):
    assert work(queued.pk, at_once) == ProposalState.DONE

    done = state_of(queued)
    assert [row["group"] for row in done.solution["assignments"]] == [f"c{one.pk}"]
    assert len(done.solution["visits"]) == 4
    assert done.measures["proposal"]["pupils"] == [20, 20]
    assert done.measures["first_come"]["pupils"] == [20, 20]
    assert done.progress["levels"]


def test_work_keeps_what_the_solver_found(queued, monkeypatch):
    monkeypatch.setattr(solving, "solve", lambda proposal, watch: answer_for(proposal))

    assert work(queued.pk, at_once) == ProposalState.DONE

    assert state_of(queued).finished_at


def test_work_that_is_started_twice_runs_once(queued, monkeypatch):
    runs = []

    def solve(proposal, watch):
        runs.append(proposal.pk)
        assert work(proposal.pk, at_once) == "nothing to do"
        return answer_for(proposal)

    monkeypatch.setattr(solving, "solve", solve)

    assert work(queued.pk, at_once) == ProposalState.DONE
    assert work(queued.pk, at_once) == "nothing to do"
    assert runs == [queued.pk]


def test_a_stop_reaches_the_solver_and_the_best_so_far_is_kept(queued, monkeypatch, organiser, now):
    heard = []

    def solve(proposal, watch):
        watch.report(Progress("schools_with_place", 1, 6, 0.5, 1, 2))
        heard.append(watch.wants_stop())
        running.stop_proposal(proposal=proposal, by=organiser, at=now)
        watch.report(Progress("pupils_placed", 3, 6, 0.9, 20, 30))
        heard.append(watch.wants_stop())
        return answer_for(proposal)

    monkeypatch.setattr(solving, "solve", solve)

    assert work(queued.pk, at_once) == ProposalState.DONE
    assert heard == [False, True]
    assert state_of(queued).progress["levels"] == {
        "schools_with_place": {"value": 1, "bound": 2, "step": 1},
        "pupils_placed": {"value": 20, "bound": 30, "step": 3},
    }


def test_a_crash_is_logged_and_said_in_plain_words(queued, monkeypatch, caplog):
    def solve(proposal, watch):
        raise ZeroDivisionError("the solver's own")

    monkeypatch.setattr(solving, "solve", solve)

    assert work(queued.pk, at_once) == ProposalState.FAILED

    failed = state_of(queued)
    assert failed.failure == Failure.CRASHED
    assert "ZeroDivisionError" in caplog.text
    assert failure_in_words(failed)
    assert "Zero" not in failure_in_words(failed)


def test_decisions_by_hand_that_cannot_be_kept_are_named(queued, one):
    queued.locks = [{"group": f"c{one.pk}", "place": True, "wave": None}]
    queued.instance["rules"]["places"] = 5
    queued.save()

    assert work(queued.pk, at_once) == ProposalState.FAILED

    failed = state_of(queued)
    assert failed.failure == Failure.LOCKS
    assert "9A" in failure_in_words(failed)


def test_bookings_that_contradict_themselves_are_no_crash(queued):
    queued.instance["groups"][0]["size"] = -1
    queued.save()

    assert work(queued.pk, at_once) == ProposalState.FAILED
    assert state_of(queued).failure == Failure.UNREADABLE


@pytest.mark.django_db(transaction=True)
def test_the_thread_writes_progress_and_hears_of_a_stop(organiser, now, night):
    row = ProposalFactory(night=night, state=ProposalState.RUNNING)

    with following.followed(row.pk, every=0.01) as follower:
        follower.report(Progress("pupils_placed", 3, 6, 0.9, 20, 30))
        wait_until(lambda: state_of(row).progress.get("step") == 3)
        assert not follower.wants_stop()
        running.stop_proposal(proposal=row, by=organiser, at=now)
        wait_until(follower.wants_stop)


def wait_until(true, patience=10.0):
    import time

    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)
