"""Why a class has a place, or has none: what publishing wrote down, in words with numbers that can be checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.look import formats
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState


@dataclass(frozen=True, slots=True)
class Share:
    """How the class's municipality stands: pupils applied for, its share of the places, pupils placed."""

    name: str
    applied: int
    share: int
    placed: int


@dataclass(frozen=True, slots=True)
class Why:
    """``text`` is the reason, ``cost`` what a place would have cost whom (may be empty). ``at`` is when it was so."""

    text: str
    cost: str = ""
    share: Share | None = None
    at: datetime | None = None


def why_of(school_class: SchoolClass) -> Why | None:
    """The reason for how it went, in the reader's language; ``None`` for a class that has not been told."""
    outcome = school_class.outcome
    if not outcome:
        return None
    if school_class.state == ClassState.GIVEN_BACK and outcome.get("code") == "no_answer":
        return Why(_no_answer(outcome.get("numbers", {})))
    if school_class.state not in {*ClassState.holding(), ClassState.WAITING}:
        return None
    share = _share(outcome.get("municipality"))
    if school_class.state in ClassState.holding():
        return Why(_placed(school_class, share), share=share, at=_when(outcome))
    if outcome.get("code") == "gave_back":
        return Why(
            _("You gave the place back, and asked for one again. Places that become free are given by the rules.")
        )
    from registrations.allocation.reasons import reason_of

    return Why(reason_of(outcome), _cost(outcome), share, _when(outcome))


def _when(outcome: Mapping[str, Any]) -> datetime | None:
    """When the publishing was that said it; places may have become free since."""
    at = outcome.get("at")
    return datetime.fromisoformat(at) if at else None


def _placed(school_class: SchoolClass, share: Share | None) -> str:
    if share is None:
        return _("The organiser gave the class a place.")
    if share.placed >= share.applied:
        return _("Everybody from %(municipality)s who applied has a place.") % {"municipality": share.name}
    if (school_class.outcome or {}).get("by_hand"):
        return _("The organiser gave the class a place.")
    return _(
        "%(municipality)s has a share of the places, and the class is among those that the rules gave them to."
    ) % {"municipality": share.name}


def _no_answer(numbers: Mapping[str, Any]) -> str:
    day = numbers.get("answer_by") or ""
    if not day:
        return _("We had no answer from you, so the place went to the waiting list.")
    at = formats.moment(localtime(datetime.fromisoformat(day)), get_language())
    return _("We had no answer from you by %(at)s, so the place went to the waiting list.") % {"at": at}


def _share(row: Mapping[str, Any] | None) -> Share | None:
    if not row:
        return None
    return Share(row.get("name", ""), int(row.get("demand", 0)), int(row.get("target", 0)), int(row.get("placed", 0)))


def _cost(outcome: Mapping[str, Any]) -> str:
    """What a place for this class would have cost, by the first level of the rule that it would have made worse.

    How many lose, never who.
    """
    cost = outcome.get("cost") or {}
    if "level" not in cost:
        return ""
    words = COSTS.get(cost["level"] or "", _equal)(cost.get("from"), cost.get("to"))
    loses = len(cost.get("loses") or [])
    if not words or not loses:
        return words
    text = ngettext(
        "%(n)s other class would have lost its place.", "%(n)s other classes would have lost their places.", loses
    )
    return f"{words} {text % {'n': loses}}"


def _equal(before: Any, after: Any) -> str:
    return _("By the rules your class stood equal with others that got a place.")


def _schools(before: int, after: int) -> str:
    text = ngettext(
        "A place for your class would have left %(n)s school without any place.",
        "A place for your class would have left %(n)s schools without any place.",
        before - after,
    )
    return text % {"n": before - after}


def _shares(before: list[int], after: list[int]) -> str:
    """The first of the sorted shares that would have been less, in permille."""
    less = next(((one, other) for one, other in zip(before, after, strict=False) if other < one), None)
    if less is None:
        return ""
    shares = [formats.percent(value / 1000, get_language(), 0) for value in less]
    return _(
        "A place for your class would have made it worse for a municipality that is further from its fair share: "
        "it has %(before)s of it, and would have had %(after)s."
    ) % {"before": shares[0], "after": shares[1]}


def _pupils(before: int, after: int) -> str:
    text = ngettext(
        "With your class %(n)s pupil fewer could have come in all.",
        "With your class %(n)s pupils fewer could have come in all.",
        before - after,
    )
    return text % {"n": before - after}


def _points(before: int, after: int) -> str:
    """Points of the reasons times pupils, of all who have a place."""
    numbers = [formats.number(value, get_language()) for value in (before, after)]
    return _(
        "With your class the points for the reasons, times the pupils, would have been %(after)s in all instead of "
        "%(before)s."
    ) % {"before": numbers[0], "after": numbers[1]}


COSTS: dict[str, Callable[[Any, Any], str]] = {
    "schools_with_place": _schools,
    "municipal_fulfilment_sorted": _shares,
    "pupils_placed": _pupils,
    "motivation_points": _points,
}
