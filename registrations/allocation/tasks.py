"""The worker's side of a proposal. It has a queue of its own: letters do not wait for a long computation."""

import logging

from django.utils import timezone
from django_tasks import task

from registrations.allocation import running, solving
from registrations.allocation.following import Following, followed
from registrations.allocation.models import Failure, Proposal

QUEUE = "allocation"

log = logging.getLogger(__name__)


@task(queue_name=QUEUE)
def make_proposal(proposal_pk: int) -> str:
    """Work a proposal out; gives the state in which it was left. One that somebody else has is left alone."""
    return work(proposal_pk)


def work(pk: int, following: Following = followed) -> str:
    """``following`` gives the solver somebody to report to; no transaction is open while it thinks."""
    proposal = running.start(pk=pk, at=timezone.now())
    if proposal is None:
        return "nothing to do"
    try:
        with following(pk) as watch:
            answer = solving.solve(proposal, watch=watch)
    except solving.Unsolvable as reason:
        running.fail(pk=pk, failure=reason.failure, facts=reason.facts, at=timezone.now())
    except Exception:
        log.exception("Proposal %s could not be made", pk)
        running.fail(pk=pk, failure=Failure.CRASHED, at=timezone.now())
    else:
        running.finish(
            pk=pk,
            solution=answer.solution,
            baselines=answer.baselines,
            measures=answer.measures,
            at=timezone.now(),
        )
    return Proposal.objects.values_list("state", flat=True).get(pk=pk)
