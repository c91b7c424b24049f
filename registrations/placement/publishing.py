"""From a proposal to stands that companies know of: all of it or nothing, under the event's lock."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from registrations.allocation.models import ProposalState
from registrations.allocation.publishing import NotReady
from registrations.exhibitors.states import State
from registrations.placement.differences import Difference, differences
from registrations.placement.instances import exhibitor_id, pk_of
from registrations.placement.letters import tell_placed, tell_waiting
from registrations.placement.loading import load_ground
from registrations.placement.models import StandOffer, StandProposal
from registrations.placement.queries import line_of
from registrations.placement.running import TooLateForStands
from registrations.stands import placing as placing_services
from registrations.stands.models import PlacingState, StandHold, StandPlacing, StandSettings

PUBLISHED = audit.verb("stand_proposal.published", _("published the proposal for the stands"))
GIVEN = audit.verb("stand.given", _("gave the company its stand"))
TOLD = audit.verb("stand.told", _("told the company of its stand"))


class StandsPublishedMeanwhile(Refusal):
    """``number`` in the facts is the proposal that was published."""

    code = "published_meanwhile"
    message = _(
        "Proposal %(number)s was published after this one was made: companies know their stands. Make a new one."
    )


class StandsChangedSince(Refusal):
    """``differences`` in the facts are those that stand in the way."""

    code = "changed_since"
    message = _("Something has changed since the proposal was made, so it can not be published as it is.")


@dataclass
class Outcome:
    """Exhibitors' keys by what publishing did: ``new`` a stand and a letter · ``told`` of one it had · ``waits``."""

    new: list[int] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)
    letters: int = 0


@transaction.atomic
def publish(*, proposal: StandProposal, by: User, at: datetime) -> Outcome:
    """Give the stands that ``proposal`` says, and write one letter to each company that hears something new.

    A second time changes nothing and writes to nobody. Raises NotReady, TooLateForStands, StandsPublishedMeanwhile,
    StandsChangedSince; then nothing is written or sent.
    """
    event = lock_event(proposal)
    rows = StandProposal.objects.select_for_update(no_key=True, of=("self",))
    proposal = rows.get(pk=proposal.pk)
    proposal.event = event
    if proposal.published_at:
        return Outcome()
    refuse_unless_publishable(proposal, at)
    outcome = what_happens(proposal, at)
    _give(proposal, outcome, by, at)
    _settle(event, by, at)
    outcome.letters = tell_placed(event=event, exhibitors=[*outcome.new, *outcome.told])
    outcome.letters += tell_waiting(event=event, exhibitors=outcome.waits, solution=proposal.solution or {})
    with audit.change(proposal, PUBLISHED, by=by, at=at):
        proposal.published_at, proposal.published_by = at, by
        proposal.save(update_fields=["published_at", "published_by"])
    return outcome


def lock_event(proposal: StandProposal) -> Event:
    """Nobody else gives or frees a stand of the event until the transaction ends."""
    return Event.objects.locked(proposal.event_id)


def refuse_unless_publishable(proposal: StandProposal, at: datetime) -> list[Difference]:
    """Raises what stands against publishing; gives the changes that do not."""
    if proposal.state != ProposalState.DONE:
        raise NotReady
    if not proposal.event.takes_decisions(at):
        raise TooLateForStands
    other = StandProposal.objects.for_event(proposal.event).published().exclude(pk=proposal.pk).first()
    if other and other.published_at and other.published_at > proposal.asked_at:
        raise StandsPublishedMeanwhile(number=other.number)
    found = changes_since(proposal, at)
    breaking = [row for row in found if row.breaks]
    if breaking:
        raise StandsChangedSince(differences=breaking)
    return found


def changes_since(proposal: StandProposal, at: datetime) -> list[Difference]:
    """What is otherwise than when the proposal was asked for."""
    ground = load_ground(proposal.event, at)
    return differences(proposal.instance, proposal.fixed, proposal.arrangement, ground)


def what_happens(proposal: StandProposal, at: datetime) -> Outcome:
    """What publishing would do to whom, as things are now. Whoever was placed by hand since is told as well."""
    arrangement = proposal.arrangement
    rows = StandPlacing.objects.filter(stand__event=proposal.event_id, exhibitor__state__in=State.holding())
    placings = {row.exhibitor_id: row for row in rows.order_by("exhibitor")}
    before, waiting = _told_to_wait(proposal), _waiting(proposal.event, at)
    found = Outcome()
    for row in proposal.instance["exhibitors"]:
        pk, placing = pk_of(row["id"]), placings.get(pk_of(row["id"]))
        if placing is not None:
            (found.kept if placing.told_at else found.told).append(pk)
        elif row["id"] in arrangement:
            found.new.append(pk)
        elif pk in waiting and pk not in before:
            found.waits.append(pk)
    known = {pk_of(row["id"]) for row in proposal.instance["exhibitors"]}
    found.told += [pk for pk, placing in placings.items() if pk not in known and placing.told_at is None]
    return found


def _waiting(event: Event, at: datetime) -> set[int]:
    """Who has a place, no stand, and no offer to answer."""
    asked = StandOffer.objects.for_event(event).open(at).values_list("exhibitor", flat=True)
    return {row.pk for row in line_of(event)} - set(asked)


def _told_to_wait(proposal: StandProposal) -> set[int]:
    """Who got no stand by an earlier proposal, and knows."""
    earlier = StandProposal.objects.filter(event=proposal.event_id).published().exclude(pk=proposal.pk)
    return {
        pk_of(row["id"])
        for one in earlier
        for row in one.instance["exhibitors"]
        if row["id"] not in one.arrangement
    }  # fmt: skip


def _give(proposal: StandProposal, outcome: Outcome, by: User, at: datetime) -> None:
    arrangement = proposal.arrangement
    for pk in outcome.new:
        stand = pk_of(arrangement[exhibitor_id(pk)])
        StandHold.objects.filter(stand=stand).delete()  # its own, or one that is over
        placing = StandPlacing.objects.create(
            stand_id=stand, exhibitor_id=pk, state=PlacingState.OFFERED, placed_at=at, placed_by=by, told_at=at
        )
        audit.created(placing, GIVEN, by=by, at=at)
    for placing in StandPlacing.objects.filter(exhibitor__in=outcome.told).select_related("stand"):
        with audit.change(placing, TOLD, by=by, at=at):
            placing.told_at = at
            placing.save(update_fields=["told_at"])


def _settle(event: Event, by: User, at: datetime) -> None:
    """From the first time on, what is changed by hand is written to the companies."""
    settings, _new = StandSettings.objects.get_or_create(event=event)
    if settings.told_at is None:
        with audit.change(settings, placing_services.TOLD, by=by, at=at):
            settings.told_at = at
            settings.save(update_fields=["told_at"])
