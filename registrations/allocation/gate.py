"""The gate to a proposal: 404 to strangers, and where the evening has no such number."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from events.access.gate import Visitor
from events.nights.gate import get_planned_night_for
from registrations.allocation.models import Proposal, ProposalState


def get_proposal_for(user: Visitor, slug: str, number: int, permission: str) -> Proposal:
    """Proposal ``number`` of the evening at ``slug``; its night and event are at hand."""
    night = get_planned_night_for(user, slug, permission)
    proposal: Proposal = get_object_or_404(
        Proposal.objects.for_night(night).select_related("asked_by", "published_by"), number=number
    )
    proposal.night = night
    return proposal


def get_ready_proposal_for(user: Visitor, slug: str, number: int, permission: str) -> Proposal:
    """The same, but 404 before it has a solution."""
    proposal = get_proposal_for(user, slug, number, permission)
    if proposal.state != ProposalState.DONE:
        raise Http404
    return proposal
