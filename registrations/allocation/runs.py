"""The life of a run, whatever it works out: taken, beating, finished, failed, stopped, lost. Every write is short."""

from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from events.access import audit
from events.access.models import User
from registrations.allocation.models import Failure, ProposalState, Run, RunQuerySet

AnyRun = TypeVar("AnyRun", bound=Run)

STALE_AFTER = timedelta(seconds=30)
"""A run says once a second that it lives; after this silence nobody works on it."""


def take(rows: RunQuerySet, *, pk: int, at: datetime) -> bool:
    """Take the run ``pk`` for work; false when it is gone, stopped or somebody else's."""
    mine = rows.filter(pk=pk, state=ProposalState.QUEUED)
    return bool(mine.update(state=ProposalState.RUNNING, started_at=at, beat_at=at))


def beat(rows: RunQuerySet, *, pk: int, progress: dict[str, Any], at: datetime) -> bool:
    """Write down how far the run has come; whether it should go on."""
    mine = rows.filter(pk=pk, state=ProposalState.RUNNING)
    return bool(mine.update(progress=progress, beat_at=at)) and not mine.filter(stop_wanted=True).exists()


def finish(rows: RunQuerySet, *, pk: int, at: datetime, **found: Any) -> bool:
    """Keep what came out. A run that was given up in the meantime changes nothing: false."""
    mine = rows.filter(pk=pk, state=ProposalState.RUNNING)
    return bool(mine.update(state=ProposalState.DONE, finished_at=at, beat_at=at, **found))


def fail(rows: RunQuerySet, *, pk: int, failure: Failure, at: datetime, **told: Any) -> bool:
    """The run ended without a solution."""
    mine = rows.under_way().filter(pk=pk)
    return bool(mine.update(state=ProposalState.FAILED, failure=failure, finished_at=at, **told))


@transaction.atomic
def stop(run: AnyRun, verb: str, *, by: User, at: datetime) -> AnyRun:
    """Ask the run to stop with the best so far; one that has not started yet is given up. A ready one stays."""
    run = type(run)._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=run.pk)
    if run.state not in ProposalState.under_way() or run.stop_wanted:
        return run
    with audit.change(run, verb, by=by, at=at):
        run.stop_wanted = True
        if run.state == ProposalState.QUEUED:
            run.state, run.failure, run.finished_at = ProposalState.FAILED, Failure.STOPPED, at
        run.save(update_fields=["stop_wanted", "state", "failure", "finished_at"])
    return run


def fail_lost(rows: RunQuerySet, *, at: datetime) -> int:
    """Give up those of ``rows`` whose worker has died; how many there were."""
    lost = rows.filter(state=ProposalState.RUNNING, beat_at__lt=at - STALE_AFTER)
    return lost.update(state=ProposalState.FAILED, failure=Failure.LOST, finished_at=at)
