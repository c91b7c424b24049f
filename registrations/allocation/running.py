"""The life of a run: asked for, started, beating, finished, failed, stopped. Every write is short and of its own.

One at a time a night: the event's row is locked while a run is asked for, and the database would refuse a second.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night
from events.programme.models import Event
from registrations.allocation import runs
from registrations.allocation.hand import check_locks, locks_of
from registrations.allocation.instances import build_instance
from registrations.allocation.models import Failure, Proposal, ProposalKind

ASKED = audit.verb("proposal.asked", _("asked for a proposal"))
STOPPED = audit.verb("proposal.stopped", _("stopped the making of a proposal"))


class OneAtATime(Refusal):
    """``number`` in the facts is the proposal that is being made."""

    code = "one_at_a_time"
    message = _("Proposal %(number)s is being made already. Wait until it is ready, or stop it.")


class NothingToPlace(Refusal):
    code = "nothing_to_place"
    message = _("No class has applied yet: there is nothing to place.")


class NowhereToGo(Refusal):
    code = "nowhere_to_go"
    message = _("The evening has no admission times yet. Add them under Programme.")


@transaction.atomic
def ask_for_proposal(*, night: Night, seconds: int, seed: int, note: str, by: User, at: datetime) -> Proposal:
    """A proposal on the bookings as they are now, made in the background.

    Raises OneAtATime, NothingToPlace, NowhereToGo, CountsMissing and what ``check_locks`` raises.
    """
    Event.objects.locked(night.event_id)
    instance = build_instance(night)
    if not instance["groups"]:
        raise NothingToPlace
    if not instance["waves"]:
        raise NowhereToGo
    locks = locks_of(night)
    check_locks(instance, locks)
    return enqueue_proposal(
        night=night, kind=ProposalKind.FIRST, instance=instance, locks=locks, seconds=seconds, seed=seed, note=note,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def enqueue_proposal(
    *,
    night: Night,
    kind: ProposalKind,
    instance: dict[str, Any],
    locks: list[dict[str, Any]],
    seconds: int,
    seed: int,
    note: str,
    by: User,
    at: datetime,
) -> Proposal:
    """The row and its task, for any kind of proposal; the instance is taken as it is. Raises OneAtATime."""
    from registrations.allocation.tasks import make_proposal

    Event.objects.locked(night.event_id)
    fail_lost(night=night, at=at)
    running = Proposal.objects.for_night(night).under_way().first()
    if running:
        raise OneAtATime(number=running.number)
    last = Proposal.objects.for_night(night).order_by("-number").values_list("number", flat=True).first()
    proposal = Proposal.objects.create(
        night=night,
        number=(last or 0) + 1,
        kind=kind,
        note=note,
        seconds=seconds,
        seed=seed,
        instance=instance,
        locks=locks,
        asked_by=by,
        asked_at=at,
    )
    audit.created(proposal, ASKED, by=by, at=at)
    make_proposal.enqueue(proposal.pk)
    return proposal


def start(*, pk: int, at: datetime) -> Proposal | None:
    """Take the proposal for work; ``None`` when it is gone, stopped or somebody else's."""
    return (
        Proposal.objects.select_related("night").get(pk=pk) if runs.take(Proposal.objects.all(), pk=pk, at=at) else None
    )


def beat(*, pk: int, progress: dict[str, Any], at: datetime) -> bool:
    """Write down how far the run has come; whether it should go on."""
    return runs.beat(Proposal.objects.all(), pk=pk, progress=progress, at=at)


def finish(
    *, pk: int, solution: dict[str, Any], baselines: dict[str, Any], measures: dict[str, Any], at: datetime
) -> bool:
    """Keep what came out. A run that was given up in the meantime changes nothing: false."""
    found = {"solution": solution, "baselines": baselines, "measures": measures}
    return runs.finish(Proposal.objects.all(), pk=pk, at=at, **found)


def fail(*, pk: int, failure: Failure, at: datetime, facts: dict[str, Any] | None = None) -> bool:
    """The run ended without a solution; ``facts`` are kept for the page in the place of its progress."""
    return runs.fail(Proposal.objects.all(), pk=pk, failure=failure, at=at, progress=facts or {})


def stop_proposal(*, proposal: Proposal, by: User, at: datetime) -> Proposal:
    """Ask the run to stop with the best so far; one that has not started yet is given up. A ready one stays."""
    return runs.stop(proposal, STOPPED, by=by, at=at)


def fail_lost(*, at: datetime, night: Night | None = None) -> int:
    """Give up runs whose worker has died, of ``night`` or of all; how many there were."""
    rows = Proposal.objects.all() if night is None else Proposal.objects.for_night(night)
    return runs.fail_lost(rows, at=at)
