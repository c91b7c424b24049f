"""What has changed since a proposal was made, and whether it stands in the way of publishing it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registrations.placement.instances import Ground, StandRow, exhibitor_id, pk_of, stand_id

Json = dict[str, Any]

BREAKING = frozenset(
    [
        "exhibitor_gone",
        "exhibitor_elsewhere",
        "given_back",
        "offer_open",
        "stand_gone",
        "stand_blocked",
        "stand_held",
        "stand_taken",
        "stand_too_small",
        "too_little_power",
        "stand_refused",
    ]
)


@dataclass(frozen=True, slots=True)
class Difference:
    """``code`` says what: one of BREAKING, or ``exhibitor_new`` (accepted later, without a stand in the proposal)."""

    code: str
    exhibitor: str
    stand: str = ""

    @property
    def breaks(self) -> bool:
        return self.code in BREAKING


def differences(instance: Json, fixed: Mapping[str, str], at: Mapping[str, str], ground: Ground) -> list[Difference]:
    """What stands against giving the stands of ``at`` as ``ground`` is now, and who came later."""
    stands = {stand_id(row.pk): row for row in ground.stands}
    holding = {exhibitor_id(row.taken_by): stand_id(row.pk) for row in ground.stands if row.taken_by is not None}
    wanting = {exhibitor_id(row.pk): row for row in ground.exhibitors}
    found = []
    for ident, stand in sorted(at.items(), key=lambda pair: pk_of(pair[0])):
        if ident not in wanting:
            found.append(Difference("exhibitor_gone", ident, stand))
        elif holding.get(ident) == stand:
            continue  # it has it already
        elif ident in holding:
            found.append(Difference("exhibitor_elsewhere", ident, holding[ident]))
        elif pk_of(ident) in ground.offered:
            found.append(Difference("offer_open", ident, stand))
        elif fixed.get(ident) == stand and _was_given(instance, ident):
            found.append(Difference("given_back", ident, stand))
        elif code := _in_the_way(stands.get(stand), pk_of(ident)):
            found.append(Difference(code, ident, stand))
        elif stands[stand].size < wanting[ident].min_size:
            found.append(Difference("stand_too_small", ident, stand))
        elif stands[stand].power_w < wanting[ident].power_w:
            found.append(Difference("too_little_power", ident, stand))
        elif pk_of(stand) in wanting[ident].refused:
            found.append(Difference("stand_refused", ident, stand))
    known = {row["id"] for row in instance["exhibitors"]}
    later = [ident for ident in wanting if ident not in known and ident not in holding]
    return found + [Difference("exhibitor_new", ident) for ident in later if pk_of(ident) not in ground.offered]


def _was_given(instance: Json, ident: str) -> bool:
    return ident in instance.get("given", [])


def _in_the_way(stand: StandRow | None, exhibitor: int) -> str:
    if stand is None:
        return "stand_gone"
    if stand.taken_by is not None:
        return "stand_taken"
    if stand.is_blocked:
        return "stand_blocked"
    return "stand_held" if stand.held_by not in {None, exhibitor} else ""
