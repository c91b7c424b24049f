"""Whether a proposal still says what is so: what has changed in the bookings since it was asked for."""

from typing import Any

from events.nights.models import Night
from registrations.allocation.bases import CountsMissing
from registrations.allocation.differences import Difference, differences
from registrations.allocation.hand import locks_of
from registrations.allocation.instances import build_instance, group_id, wanting_classes
from registrations.allocation.models import Proposal, ProposalKind
from registrations.allocation.pictures import effective, waves_of


def changes_since(proposal: Proposal) -> list[Difference]:
    """What is other now than when ``proposal`` was asked for, what breaks it first. A constant number of queries."""
    night = proposal.night
    try:
        now = build_instance(night)
    except CountsMissing as missing:
        return [Difference("counts_missing", after=missing.facts["municipalities"])]
    then = effective(proposal.instance)
    found = [*_places(proposal), *_hand(proposal, night, now), *differences(then, now, proposal.solution)]
    return sorted(found, key=lambda row: not row.breaks)


def _places(proposal: Proposal) -> list[Difference]:
    """Places that were given, taken back or moved meanwhile: those whose place is not what the proposal went by."""
    announced: dict[str, str] = {}
    if proposal.kind == ProposalKind.REALLOCATION:
        announced = waves_of(proposal.instance["announced"])
    held = {group_id(row): f"w{row.wave_id}" for row in wanting_classes(proposal.night) if row.wave_id}
    known = {row["id"] for row in effective(proposal.instance)["groups"]}
    return [
        Difference("place", ident, announced.get(ident), held.get(ident))
        for ident in sorted((announced.keys() | held.keys()) & known)
        if announced.get(ident) != held.get(ident)
    ]


def _hand(proposal: Proposal, night: Night, now: dict[str, Any]) -> list[Difference]:
    """What was decided by hand since; about a class that is gone there is nothing left to decide."""
    there = {row["id"] for row in now["groups"]}
    before = {lock["group"]: (lock["place"], lock["wave"]) for lock in proposal.locks if lock["group"] in there}
    after = {lock["group"]: (lock["place"], lock["wave"]) for lock in locks_of(night)}
    return [
        Difference("hand", ident)
        for ident in sorted(before.keys() | after.keys())
        if before.get(ident) != after.get(ident)
    ]
