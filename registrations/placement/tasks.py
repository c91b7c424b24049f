"""The worker's side of a proposal for the stands, in the allocation's queue: letters do not wait for it."""

import logging
from functools import partial

from django.utils import timezone
from django_tasks import task

from registrations.allocation.following import Following, followed
from registrations.allocation.models import Failure
from registrations.allocation.solver.kinds import KINDS
from registrations.allocation.solver.reading import Malformed
from registrations.allocation.tasks import QUEUE
from registrations.placement import running
from registrations.placement.exchanging import exchanged
from registrations.placement.measures import Json, Measured, objective_by_hand, picture
from registrations.placement.models import StandProposal

log = logging.getLogger(__name__)


@task(queue_name=QUEUE)
def make_stand_proposal(proposal_pk: int) -> str:
    """Work a proposal out; gives the state in which it was left. One that somebody else has is left alone."""
    return work(proposal_pk)


FOLLOWING: Following = partial(followed, beat=running.beat)


def work(pk: int, following: Following = FOLLOWING) -> str:
    """``following`` gives the solver somebody to report to; no transaction is open while it thinks."""
    proposal = running.start(pk=pk, at=timezone.now())
    if proposal is None:
        return "nothing to do"
    kind = KINDS["stands"]
    try:
        instance = kind.reader()(proposal.instance)
        with following(pk) as watch:
            found = kind.solver()(
                instance, seconds=proposal.seconds, seed=proposal.seed, watch=watch, fixed=proposal.fixed
            )
            solution, measures = _with_wishes(proposal.instance, proposal.fixed, found.as_json())
    except Malformed:
        log.exception("Proposal %s for the stands can not be read", pk)
        running.fail(pk=pk, failure=Failure.UNREADABLE, at=timezone.now())
    except Exception:
        log.exception("Proposal %s for the stands could not be made", pk)
        running.fail(pk=pk, failure=Failure.CRASHED, at=timezone.now())
    else:
        running.finish(pk=pk, solution=solution, measures=measures, at=timezone.now())
    return StandProposal.objects.values_list("state", flat=True).get(pk=pk)


def _with_wishes(instance: Json, fixed: Json, solution: Json) -> tuple[Json, Json]:
    """What the solver found with the wishes met that it does not know of, and the picture of it."""
    solved = {row["exhibitor"]: row["stand"] for row in solution["assignments"]}
    at = exchanged(instance, fixed, solved)
    if at == solved:
        return solution, picture(instance, at)
    objective, values = solution["objective"], Measured(instance, at).level_values()
    if values != [row["value"] for row in objective]:
        objective = objective_by_hand(objective, values)  # an exchange found what the solver had no time for
    found = {
        **solution,
        "objective": objective,
        "assignments": [{"exhibitor": ident, "stand": stand} for ident, stand in sorted(at.items())],
    }
    return found, picture(instance, at)
