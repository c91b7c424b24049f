"""Between a proposal's row and the solver: JSON in, JSON out, nothing written."""

from dataclasses import dataclass
from typing import Any

from registrations.allocation.locks import solver_locks
from registrations.allocation.models import Failure, Proposal, ProposalKind
from registrations.allocation.pictures import effective, picture
from registrations.allocation.solver.kinds import KINDS
from registrations.allocation.solver.locks import ImpossibleLocks
from registrations.allocation.solver.problem import SchoolsInstance
from registrations.allocation.solver.reading import Malformed
from registrations.allocation.solver.watching import Watch

SOLVERS = {ProposalKind.FIRST: "schools", ProposalKind.REALLOCATION: "reallocation"}


class Unsolvable(Exception):
    """There is no solution to show, and ``failure`` says why; ``facts`` are for the page."""

    def __init__(self, failure: Failure, **facts: Any) -> None:
        super().__init__(failure)
        self.failure = failure
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Answer:
    """As a proposal's row keeps it."""

    solution: dict[str, Any]
    baselines: dict[str, Any]
    measures: dict[str, Any]


def solve(proposal: Proposal, *, watch: Watch) -> Answer:
    """The best that is found in the proposal's time, with first come, first served on the same data. Raises Unsolvable."""
    kind = KINDS[SOLVERS[ProposalKind(proposal.kind)]]
    schools = effective(proposal.instance)
    try:
        instance = kind.reader()(proposal.instance)
        same_data = SchoolsInstance.from_json(schools)
    except Malformed as wrong:
        raise Unsolvable(Failure.UNREADABLE) from wrong
    try:
        found = kind.solver()(
            instance, seconds=proposal.seconds, seed=proposal.seed, watch=watch, locks=solver_locks(proposal.locks)
        )
    except ImpossibleLocks as broken:
        raise Unsolvable(
            Failure.LOCKS, rule=broken.rule, groups=list(broken.groups), numbers=broken.numbers
        ) from broken
    solution = found.as_json()
    first_come = _first_come(same_data)
    return Answer(
        solution=solution,
        baselines={"first_come": first_come},
        measures={"proposal": picture(schools, solution), "first_come": picture(schools, first_come)},
    )


def _first_come(instance: SchoolsInstance) -> dict[str, Any]:
    from registrations.allocation.solver.baselines import first_come

    found: dict[str, Any] = first_come(instance).as_json()
    return found
