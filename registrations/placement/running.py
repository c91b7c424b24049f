"""The life of a run: asked for, started, beating, finished, failed, stopped. Every write is short and of its own.

One at a time an event: the event's row is locked while a run is asked for, and the database would refuse a second.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.programme.models import Event
from registrations.allocation import runs
from registrations.allocation.models import Failure
from registrations.allocation.running import OneAtATime
from registrations.placement.instances import build_instance
from registrations.placement.loading import load_ground
from registrations.placement.models import ProposalKind, StandProposal

ASKED = audit.verb("stand_proposal.asked", _("asked for a proposal for the stands"))
STOPPED = audit.verb("stand_proposal.stopped", _("stopped the making of a proposal for the stands"))


class NobodyToPlace(Refusal):
    code = "nobody_to_place"
    message = _("No exhibitor is accepted yet: there is nobody to give a stand.")


class NoStands(Refusal):
    code = "no_stands"
    message = _("There is no stand to give. Draw the hall first.")


class EveryoneHasOne(Refusal):
    code = "everyone_has_one"
    message = _("Every accepted exhibitor has a stand already.")


class TooLateForStands(Refusal):
    code = "over_or_cancelled"
    message = _("The event is over or cancelled: the stands stay as they were.")


@transaction.atomic
def ask_for_proposal(
    *, event: Event, seconds: int, seed: int, note: str, by: User, at: datetime, keep: StandProposal | None = None
) -> StandProposal:
    """A proposal on the floor and the exhibitors as they are now, made in the background.

    Stands that are given already stay; of ``keep`` what still holds does too. Raises TooLateForStands, OneAtATime,
    NobodyToPlace, NoStands, EveryoneHasOne.
    """
    from registrations.placement.tasks import make_stand_proposal

    if not Event.objects.locked(event.pk).takes_decisions(at):
        raise TooLateForStands
    fail_lost(event=event, at=at)
    running = StandProposal.objects.for_event(event).under_way().first()
    if running:
        raise OneAtATime(number=running.number)
    instance, fixed = build_instance(load_ground(event, at), event.slug, keep.arrangement if keep else None)
    if not instance["exhibitors"]:
        raise NobodyToPlace
    if not instance["stands"]:
        raise NoStands
    if len(instance["given"]) == len(instance["exhibitors"]):
        raise EveryoneHasOne
    proposal = StandProposal.objects.create(
        event=event,
        number=next_number(event),
        kind=ProposalKind.SOLVED,
        base=keep,
        note=note,
        seconds=min(seconds, settings.STANDS_MOST_SECONDS),
        seed=seed,
        instance=instance,
        fixed=fixed,
        asked_by=by,
        asked_at=at,
    )
    audit.created(proposal, ASKED, by=by, at=at)
    make_stand_proposal.enqueue(proposal.pk)
    return proposal


def next_number(event: Event) -> int:
    """The next proposal's number. True only as long as the caller holds the event's lock."""
    last = StandProposal.objects.for_event(event).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def start(*, pk: int, at: datetime) -> StandProposal | None:
    """Take the proposal for work; ``None`` when it is gone, stopped or somebody else's."""
    return StandProposal.objects.get(pk=pk) if runs.take(StandProposal.objects.all(), pk=pk, at=at) else None


def beat(*, pk: int, progress: dict[str, Any], at: datetime) -> bool:
    """Write down how far the run has come; whether it should go on."""
    return runs.beat(StandProposal.objects.all(), pk=pk, progress=progress, at=at)


def finish(*, pk: int, solution: dict[str, Any], measures: dict[str, Any], at: datetime) -> bool:
    """Keep what came out. A run that was given up in the meantime changes nothing: false."""
    return runs.finish(StandProposal.objects.all(), pk=pk, at=at, solution=solution, measures=measures)


def fail(*, pk: int, failure: Failure, at: datetime) -> bool:
    """The run ended without a solution."""
    return runs.fail(StandProposal.objects.all(), pk=pk, failure=failure, at=at)


def stop_proposal(*, proposal: StandProposal, by: User, at: datetime) -> StandProposal:
    """Ask the run to stop with the best so far; one that has not started yet is given up. A ready one stays."""
    return runs.stop(proposal, STOPPED, by=by, at=at)


def fail_lost(*, at: datetime, event: Event | None = None) -> int:
    """Give up runs whose worker has died, of ``event`` or of all; how many there were."""
    rows = StandProposal.objects.all() if event is None else StandProposal.objects.for_event(event)
    return runs.fail_lost(rows, at=at)
