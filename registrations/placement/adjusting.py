"""Adjusting a proposal by hand: an exhibitor to another stand. What was solved stays as it is; a copy is changed."""

from copy import deepcopy
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal, Stale
from events.programme.models import Event
from registrations.allocation.models import ProposalState
from registrations.placement.instances import pk_of
from registrations.placement.measures import (
    Effect,
    Json,
    Measured,
    effect,
    fits,
    has_refused,
    moved,
    objective_by_hand,
    picture,
)
from registrations.placement.models import ProposalKind, StandProposal
from registrations.placement.running import next_number
from registrations.placement.words import BY_HAND

ADJUSTED = audit.verb("stand_proposal.adjusted", _("adjusted the proposal for the stands by hand"))


class IsPublished(Refusal):
    code = "is_published"
    message = _("The proposal is published: the companies know their stands.")


class StandIsGiven(Refusal):
    code = "stand_is_given"
    message = _("That stand was given before the proposal was made, and stays.")


class DoesNotFit(Refusal):
    """``short`` in the facts says of what there is too little: ``size`` or ``power``."""

    code = "does_not_fit"
    message = _("The stand is too small or has too little power for one of the exhibitors.")


class StandRefused(Refusal):
    code = "stand_refused"
    message = _(
        "One of the exhibitors has said no to that stand. If it has changed its mind, give it the stand in the hall."
    )


class NothingMoves(Refusal):
    code = "nothing_moves"
    message = _("The exhibitor has that stand already.")


class UnknownChoice(Refusal):
    code = "unknown_choice"
    message = _("Choose an exhibitor and a stand from the lists.")


def try_move(proposal: StandProposal, exhibitor: str, stand: str) -> Effect:
    """What it would mean that ``exhibitor`` goes to ``stand`` ("": has none); somebody there changes places with it.

    Writes nothing. Raises UnknownChoice, StandIsGiven, DoesNotFit, StandRefused, NothingMoves.
    """
    at = proposal.arrangement
    instance = proposal.instance
    exhibitors = {row["id"]: row for row in instance["exhibitors"]}
    stands = {row["id"]: row for row in instance["stands"]}
    if exhibitor not in exhibitors or (stand and stand not in stands):
        raise UnknownChoice
    if at.get(exhibitor, "") == stand:
        raise NothingMoves
    after = moved(at, exhibitor, stand)
    given = set(instance["given"])
    for ident in at.keys() | after.keys():
        if at.get(ident) == after.get(ident):
            continue
        if ident in given:
            raise StandIsGiven
        if ident in after and not fits(exhibitors[ident], stands[after[ident]]):
            raise DoesNotFit
        if ident in after and has_refused(exhibitors[ident], stands[after[ident]]):
            raise StandRefused
    return effect(instance, at, after)


@transaction.atomic
def keep_move(
    *, proposal: StandProposal, exhibitor: str, stand: str, seen: int, by: User, at: datetime
) -> StandProposal:
    """Do what ``try_move`` showed. A solved proposal stays and a copy by hand is made; a copy is changed itself.

    ``seen``: how many moves it had when the effect was shown. Raises Stale, IsPublished and what ``try_move`` raises.
    """
    Event.objects.locked(proposal.event_id)
    rows = StandProposal.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    proposal = rows.get(pk=proposal.pk)
    if proposal.published_at:
        raise IsPublished
    if len(proposal.moves) != seen:
        raise Stale
    move = [exhibitor, proposal.arrangement.get(exhibitor, ""), stand]
    try_move(proposal, exhibitor, stand)
    after = moved(proposal.arrangement, exhibitor, stand)
    by_hand = proposal if proposal.kind == ProposalKind.BY_HAND else _copy(proposal, by, at)
    by_hand.solution = _solution_by_hand(by_hand, after)
    by_hand.moves = [*by_hand.moves, move]
    by_hand.measures = picture(by_hand.instance, after)
    by_hand.save()
    numbers = [_number(proposal, one) for one in move[1:]]
    audit.record(by_hand, ADJUSTED, by=by, at=at, changes={str(pk_of(exhibitor)): numbers})
    return by_hand


def _copy(proposal: StandProposal, by: User, at: datetime) -> StandProposal:
    return StandProposal(
        event=proposal.event,
        number=next_number(proposal.event),
        kind=ProposalKind.BY_HAND,
        base=proposal,
        note=proposal.note,
        seconds=proposal.seconds,
        seed=proposal.seed,
        state=ProposalState.DONE,
        instance=proposal.instance,
        fixed=proposal.fixed,
        solution=proposal.solution,
        asked_by=by,
        asked_at=proposal.asked_at,  # what was known then, and nothing later
        finished_at=at,
    )


def _solution_by_hand(proposal: StandProposal, at: dict[str, str]) -> Json:
    """The solution with other assignments; what was known of the best is the solved proposal's."""
    before: Json = deepcopy(proposal.solution or {})
    first = (proposal.base.solution if proposal.base else None) or before
    reasons = {ident: reason for ident, reason in before.get("reasons", {}).items() if ident not in at}
    for ident in proposal.arrangement.keys() - at.keys():
        reasons[ident] = {"code": BY_HAND, "text": "", "numbers": {}}
    values = Measured(proposal.instance, at).level_values()
    return {
        **before,
        "status": "feasible",
        "objective": objective_by_hand(first["objective"], values),
        "assignments": [{"exhibitor": ident, "stand": stand} for ident, stand in sorted(at.items())],
        "reasons": reasons,
    }


def _number(proposal: StandProposal, stand: str) -> str:
    return next((row["number"] for row in proposal.instance["stands"] if row["id"] == stand), "")
