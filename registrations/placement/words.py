"""Proposals for the stands in plain words: levels, wishes, reasons, and what has changed since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from events.look.formats import number
from registrations.allocation.solver.solution import Reason
from registrations.allocation.wording import reason_text
from registrations.placement.differences import Difference
from registrations.placement.measures import Wish

Text = str | Promise

BY_HAND = "by_hand"
"""The code of the reason why somebody has no stand any more in a proposal that was adjusted."""

AIMS: dict[str, tuple[Text, Text]] = {
    "placed_by_priority": (
        gettext_lazy("Everybody who can gets a stand that is large enough and has the power"),
        gettext_lazy("Where not all do: the finer package first, then who applied first."),
    ),
    "competitor_conflicts": (
        gettext_lazy("As few competitors side by side as possible"),
        gettext_lazy("Those whom a company does not want beside it."),
    ),
    "position_value_by_package": (
        gettext_lazy("The best positions go to the finest packages"),
        gettext_lazy("What a position is worth, of 100: near the entrance, and corners."),
    ),
    "near_wishes_met": (
        gettext_lazy("As many wishes for neighbours as possible come true"),
        gettext_lazy("Two companies that wish for each other count twice."),
    ),
    "same_municipality_pairs": (
        gettext_lazy("Companies from the same municipality stand together"),
        gettext_lazy("Pairs of neighbours, where nothing above is lost by it."),
    ),
}


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level as a page shows it. ``bound`` is empty where the value is the best, or nothing is known.

    ``proven``: no arrangement does better. ``best_below``: none does as long as the levels above are as they are, and of
    one of those it is not known whether it could be better.
    """

    name: str
    title: str
    text: str
    value: str
    bound: str
    proven: bool
    best_below: bool = False


def level_line(name: str, value: Any, bound: Any, proven: bool, measures: Mapping[str, Any]) -> LevelLine:
    """``value`` and ``bound`` may be ``None`` while nothing is known; ``measures`` say out of how many."""
    title, text = AIMS.get(name, (name, ""))
    return LevelLine(
        name,
        str(title),
        str(text),
        "" if value is None else WORDS[name](value, measures),
        "" if proven or bound is None else SHORT.get(name, WORDS[name])(bound, measures),
        proven,
    )


def _placed(value: list[int], measures: Mapping[str, Any]) -> str:
    return _("%(n)s of %(of)s exhibitors") % {"n": _count(sum(value)), "of": _count(len(value))}


def _pairs(value: int, measures: Mapping[str, Any]) -> str:
    if not value:
        return pgettext("pairs of neighbours", "none")
    return ngettext("%(n)s pair", "%(n)s pairs", value) % {"n": _count(value)}


def _values(value: list[int], measures: Mapping[str, Any]) -> str:
    """The average of each package's positions, the finest first."""
    counts = [pair[1] for pair in measures.get("values", {}).values()]
    if len(counts) != len(value):
        return "–"
    means = [_count(round(total / n)) if n else "–" for total, n in zip(value, counts, strict=True)]
    return _("%(values)s of 100 on average") % {"values": " · ".join(means)}


def _wishes(value: int, measures: Mapping[str, Any]) -> str:
    if "near" not in measures:
        return _count(value)
    return _("%(n)s of %(of)s wishes") % {"n": _count(value), "of": _count(measures["near"][1])}


def _plain(value: Any, measures: Mapping[str, Any]) -> str:
    return _count(value)


WORDS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "placed_by_priority": _placed,
    "competitor_conflicts": _pairs,
    "position_value_by_package": _values,
    "near_wishes_met": _wishes,
    "same_municipality_pairs": _pairs,
}
SHORT = {"near_wishes_met": _plain, "same_municipality_pairs": _plain}


def _count(value: int) -> str:
    return number(value, get_language())


def wish_in_words(wish: Wish, called: Callable[[str], str]) -> str:
    """Such as "beside Kuggfro AB"; ``called`` names an exhibitor."""
    if wish.code == "near":
        return _("beside %(company)s") % {"company": called(wish.other)}
    return _("a corner") if wish.code == "corner" else _("near the entrance")


def reason_in_words(reason: Mapping[str, Any] | None) -> str:
    """Why an exhibitor has no stand, in the reader's language; empty when nothing is known."""
    if not reason:
        return ""
    if reason["code"] == BY_HAND:
        return _("The organiser took it off its stand by hand.")
    return reason_text(Reason(reason["code"], dict(reason.get("numbers", {}))))


DIFFERENCES: dict[str, Text] = {
    "exhibitor_gone": gettext_lazy("%(company)s is no longer coming, and has stand %(stand)s in the proposal."),
    "exhibitor_elsewhere": gettext_lazy("%(company)s has been given stand %(stand)s, another than in the proposal."),
    "given_back": gettext_lazy("%(company)s no longer has stand %(stand)s, which the proposal took for given."),
    "offer_open": gettext_lazy("%(company)s has another stand to say yes or no to."),
    "stand_gone": gettext_lazy("The stand of %(company)s is no longer on the plan."),
    "stand_blocked": gettext_lazy("Stand %(stand)s of %(company)s is blocked."),
    "stand_held": gettext_lazy("Stand %(stand)s of %(company)s is held for another company."),
    "stand_taken": gettext_lazy("Stand %(stand)s of %(company)s has been given to another company."),
    "stand_too_small": gettext_lazy("Stand %(stand)s is now too small for %(company)s."),
    "too_little_power": gettext_lazy("Stand %(stand)s now has too little power for %(company)s."),
    "stand_refused": gettext_lazy("%(company)s has said no to stand %(stand)s."),
    "exhibitor_new": gettext_lazy("%(company)s has been accepted since, and has no stand in the proposal."),
}


def difference_in_words(found: Difference, exhibitor: Callable[[str], str], stand: Callable[[str], str]) -> str:
    return str(DIFFERENCES[found.code]) % {
        "company": exhibitor(found.exhibitor),
        "stand": stand(found.stand) if found.stand else "–",
    }
