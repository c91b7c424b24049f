"""From a proposal to places: what every school is told, all of it or nothing.

Locks in the order of the house: the event, then bookings, then classes. Whoever changes a class waits until this is
done, or is done before it begins; then the proposal is held against what they wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from events.access import audit
from events.access.models import User
from events.errors import Refusal
from events.nights.models import Night
from events.programme.models import Event
from registrations.allocation.changes import changes_of
from registrations.allocation.differences import Difference
from registrations.allocation.hosts import tell_hosts
from registrations.allocation.instances import group_id, pk_of, wanting_classes
from registrations.allocation.letters import Told, tell_schools
from registrations.allocation.models import Proposal, ProposalKind, ProposalState, Team
from registrations.allocation.names import Names
from registrations.allocation.pictures import effective, fulfilment, waves_of
from registrations.allocation.standing import changes_since
from registrations.allocation.timetables import plans_now, plans_of, write_timetables
from registrations.bookings.models import Booking, SchoolClass
from registrations.bookings.states import ClassState
from registrations.tickets.services import cancel_class_ticket, issue_class_ticket

PUBLISHED = audit.verb("proposal.published", _("published the proposal"))
OFFERED = audit.verb("place.offered", _("gave the class a place"))
MOVED = audit.verb("place.moved", _("moved the class to another time"))
LOST = audit.verb("place.lost", _("took the place for others"))
WAITS = audit.verb("place.waits", _("put the class on the waiting list"))
SILENT = frozenset(["kept", "still"])
VERBS = {"new": OFFERED, "moved": MOVED, "lost": LOST, "waits": WAITS}


class NotReady(Refusal):
    code = "not_ready"
    message = _("The proposal is not ready.")


class OverOrCancelled(Refusal):
    code = "over_or_cancelled"
    message = _("The event is over or cancelled: the places stay as they were.")


class PublishedMeanwhile(Refusal):
    """``number`` in the facts is the proposal that was published."""

    code = "published_meanwhile"
    message = _("Proposal %(number)s has been published in the meantime: schools know their places. Look at that one.")


class ChangedSince(Refusal):
    """``differences`` in the facts are those that break the proposal."""

    code = "changed_since"
    message = _("Bookings or rules have changed since the proposal was made. Make a new one.")


class AnswerByWrong(Refusal):
    code = "answer_by_wrong"
    message = _("The day to answer by must lie ahead, and before the evening.")


@dataclass
class Outcome:
    """What publishing came to: classes by what became of them (``new moved visits kept lost waits``), and letters."""

    turns: dict[str, list[SchoolClass]] = field(default_factory=dict)
    letters: int = 0

    def count(self, *kinds: str) -> int:
        return sum(len(self.turns.get(kind, [])) for kind in kinds)


@transaction.atomic
def publish(*, proposal: Proposal, answer_by: datetime, by: User, at: datetime) -> Outcome:
    """Give the places that ``proposal`` says, and write to everybody whose place changes.

    New and moved places wait for an answer until aware time ``answer_by``; a class that keeps its place and time keeps
    its answer too, whatever happens to its stations. A second time changes nothing and writes to nobody. Raises
    NotReady, OverOrCancelled, PublishedMeanwhile, ChangedSince, AnswerByWrong; then nothing is written or sent.
    """
    event = Event.objects.locked(proposal.night.event_id)
    proposal = Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("night").get(pk=proposal.pk)
    night = proposal.night
    night.event = event
    if proposal.published_at:
        return Outcome()
    lock_bookings(night)
    refuse_unless_publishable(proposal, at)
    if not at < answer_by < event.starts_at:
        raise AnswerByWrong
    outcome = _give_places(proposal, answer_by, by, at)
    with audit.change(proposal, PUBLISHED, by=by, at=at):
        proposal.published_at, proposal.published_by = at, by
        proposal.save(update_fields=["published_at", "published_by"])
    return outcome


def lock_bookings(night: Night) -> None:
    """Nobody changes a booking or a class of ``night`` until the transaction ends."""
    list(Booking.objects.select_for_update(no_key=True).for_night(night).order_by("pk").values_list("pk"))
    classes = SchoolClass.objects.select_for_update(no_key=True, of=("self",)).for_night(night)
    list(classes.order_by("pk").values_list("pk"))


def refuse_unless_publishable(proposal: Proposal, at: datetime) -> list[Difference]:
    """Raises what stands against publishing; gives the small changes that do not."""
    if proposal.state != ProposalState.DONE:
        raise NotReady
    if not proposal.night.event.takes_decisions(at):
        raise OverOrCancelled
    other = Proposal.objects.for_night(proposal.night).published().first()
    if other and (
        proposal.kind == ProposalKind.FIRST or (other.published_at and other.published_at > proposal.asked_at)
    ):
        raise PublishedMeanwhile(number=other.number)
    found = changes_since(proposal)
    breaking = [row for row in found if row.breaks]
    if breaking:
        raise ChangedSince(differences=breaking)
    return found


def turns_of(proposal: Proposal) -> Iterator[tuple[str, SchoolClass, str | None]]:
    """What publishing would mean for each class: the kind of turn, the class as it is, and its wave's id.

    ``new`` place · ``moved`` to another time · ``visits`` other stations at the same time · ``kept`` as it is ·
    ``lost`` place · ``waits`` without a place, told for the first time · ``still`` waits as before.
    """
    assert proposal.solution is not None
    waves, plans = waves_of(proposal.solution), plans_of(proposal.solution)
    rows = wanting_classes(proposal.night)
    before = plans_now(rows)
    for row in rows:
        wave = waves.get(group_id(row))
        yield _turn(row, wave, plans.get(row.pk, {}) == before.get(row.pk, {})), row, wave


def _turn(row: SchoolClass, wave: str | None, same_plan: bool) -> str:
    if wave is None:
        if row.wave_id:
            return "lost"
        return "still" if row.state == ClassState.WAITING and row.told_at else "waits"
    if row.wave_id is None:
        return "new"
    if row.wave_id != pk_of(wave):
        return "moved"
    return "kept" if same_plan else "visits"


def _give_places(proposal: Proposal, answer_by: datetime, by: User, at: datetime) -> Outcome:
    assert proposal.solution is not None
    instance, plans = effective(proposal.instance), plans_of(proposal.solution)
    outcomes = outcomes_of(instance, proposal.solution, Names.of(proposal.night))
    found = Outcome()
    for said in outcomes.values():
        said["at"] = at.isoformat()
    for lock in proposal.locks:
        if lock["place"] and lock["group"] in outcomes:
            outcomes[lock["group"]]["by_hand"] = True  # no rule is the reason for its place
    told: list[Told] = []
    turns = list(turns_of(proposal))
    for kind, row, wave in turns:
        found.turns.setdefault(kind, []).append(row)
        _write_class(row, kind, pk_of(wave) if wave else None, outcomes[group_id(row)], answer_by, by, at)
        if kind not in SILENT:
            told.append(Told(kind, row))
    changed = [row for kind, row, _wave in turns if kind in {"new", "moved", "visits"}]
    gone = [row for kind, row, _wave in turns if kind == "lost"]
    Team.objects.filter(school_class__in=gone).delete()
    write_timetables(changed, instance, plans)
    for row in changed:
        issue_class_ticket(school_class=row, at=at)
    for row in gone:
        cancel_class_ticket(school_class=row, at=at)
    found.letters = tell_schools(night=proposal.night, told=told)
    if proposal.kind == ProposalKind.REALLOCATION:
        found.letters += tell_hosts(
            night=proposal.night,
            instance=proposal.instance["base"],
            changes=changes_of(proposal.instance, proposal.solution).stations,
            at=at,
        )
    return found


def _write_class(
    row: SchoolClass, kind: str, wave: int | None, outcome: dict[str, Any], answer_by: datetime, by: User, at: datetime
) -> None:
    row.outcome = outcome
    if kind not in VERBS:
        if kind == "visits":
            row.told_at = at
        row.save(update_fields=["outcome", "told_at"])
        return
    with audit.change(row, VERBS[kind], by=by, at=at):
        row.state = ClassState.OFFERED if wave else ClassState.WAITING
        row.wave_id = wave
        row.told_at, row.answer_by_at = at, answer_by if wave else None
        row.answered_at = row.reminded_at = None
        row.save(update_fields=["state", "wave", "outcome", "told_at", "answer_by_at", "answered_at", "reminded_at"])


def outcomes_of(instance: dict[str, Any], solution: dict[str, Any], names: Names) -> dict[str, dict[str, Any]]:
    """What each class is told, by its id: a code with numbers and what the ids in them are called, what a place would have
    cost (whom it would have cost it stays with ids), and how its municipality stands.
    """
    placed = waves_of(solution)
    school = {row["id"]: row["municipality"] for row in instance["schools"]}
    given: dict[str, int] = {}
    for row in instance["groups"]:
        code = school[row["school"]]
        given[code] = given.get(code, 0) + (row["size"] if row["id"] in placed else 0)
    shares = {
        row["id"]: {
            "name": row["name"],
            "target": row["target"],
            "demand": row["demand"],
            "placed": given.get(row["id"], 0),
            "permille": fulfilment(given.get(row["id"], 0), row["target"]),
        }
        for row in instance["municipalities"]
    }
    found = {}
    for row in instance["groups"]:
        reason = solution.get("reasons", {}).get(row["id"], {})
        numbers = dict(reason.get("numbers", {}))
        cost = numbers.pop("cost", None) or {}
        found[row["id"]] = {
            "code": "placed" if row["id"] in placed else reason.get("code", "no_reason"),
            "numbers": numbers,
            "names": names.of_ids_in(numbers),
            "cost": cost,
            "municipality": shares[school[row["school"]]],
        }
    return found
