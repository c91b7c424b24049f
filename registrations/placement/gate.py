"""The gate to a proposal for the stands: 404 to strangers, and where the event has no such number."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor, get_event_for
from registrations.allocation.models import ProposalState
from registrations.placement.models import StandProposal
from registrations.placement.queries import light


def get_stand_proposal_for(user: Visitor, slug: str, number: int, permission: str) -> StandProposal:
    """Proposal ``number`` of the event at ``slug``, with its event at hand."""
    event = get_event_for(user, slug, permission)
    rows = light(StandProposal.objects.for_event(event))
    proposal: StandProposal = get_object_or_404(rows, number=number)
    proposal.event = event
    return proposal


def get_ready_stand_proposal_for(user: Visitor, slug: str, number: int, permission: str) -> StandProposal:
    """The same, but 404 before it has a solution."""
    proposal = get_stand_proposal_for(user, slug, number, permission)
    if proposal.state != ProposalState.DONE:
        raise Http404
    return proposal
