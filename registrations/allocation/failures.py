"""Why a run ended without a proposal, as a sentence."""

from registrations.allocation.hand import refusal_of
from registrations.allocation.models import Failure, Proposal


def failure_in_words(proposal: Proposal) -> str:
    """Empty for a proposal that has not failed; with the rule and the classes where decisions by hand were in the way."""
    if not proposal.failure:
        return ""
    facts = proposal.progress
    if proposal.failure == Failure.LOCKS and facts.get("rule"):
        return str(refusal_of(facts["rule"], facts["groups"], facts["numbers"]))
    return str(Failure(proposal.failure).label)
