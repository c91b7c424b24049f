"""The levels of the rule in plain words: what each is for, what it came to, and how good that is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from events.look.formats import number, percent
from events.nights.models import FirstAim

SCHOOLS, MUNICIPALITIES = "schools_with_place", "municipal_fulfilment_sorted"

AIMS: dict[str, tuple[str | Promise, str | Promise]] = {
    SCHOOLS: (
        gettext_lazy("As many schools as possible get at least one place"),
        gettext_lazy("No school is left out so that another can bring one class more."),
    ),
    MUNICIPALITIES: (
        gettext_lazy("The municipality furthest from its fair share comes first"),
        gettext_lazy("Then the next one, and so on: the least favoured is helped first."),
    ),
    "pupils_placed": (
        gettext_lazy("As many pupils as possible get a place"),
        gettext_lazy("No place stands empty that a class could fill."),
    ),
    "motivation_points": (
        gettext_lazy("The best reasons come first"),
        gettext_lazy(
            "The points for each class's reason, times its pupils. A reason that nobody has read counts as 50."
        ),
    ),
    "min_team_satisfaction": (
        gettext_lazy("The team with the worst luck gets as many of its wishes as possible"),
        gettext_lazy("Measured against the best that it could have wished for."),
    ),
    "preference_points": (
        gettext_lazy("As many wishes as possible come true, all in all"),
        gettext_lazy("A first wish counts most."),
    ),
    "groups_evicted": (
        gettext_lazy("As few classes as possible lose a place that they were told of"),
        gettext_lazy("What people were told is kept unless that is impossible."),
    ),
    "groups_moved_wave": (gettext_lazy("As few classes as possible come at another time"), ""),
    "announced_visits_changed": (gettext_lazy("As few station visits as possible change"), ""),
}

ORDER = (SCHOOLS, MUNICIPALITIES, "pupils_placed", "motivation_points", "min_team_satisfaction", "preference_points")


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level as a page shows it. ``bound`` is empty where the value is proven, or nothing is known yet."""

    name: str
    title: str
    text: str
    value: str
    bound: str
    proven: bool


def declared_order(first_aim: str) -> list[tuple[str | Promise, str | Promise]]:
    """The six levels of the rule in their order, as (what, why)."""
    names = list(ORDER)
    if first_aim == FirstAim.MUNICIPALITIES:
        names[:2] = [MUNICIPALITIES, SCHOOLS]
    return [AIMS[name] for name in names]


def level_lines(objective: list[dict[str, Any]], of: Mapping[str, int]) -> list[LevelLine]:
    """Each level of a solution; ``of`` says out of how many schools and pupils."""
    return [level_line(row["name"], row["value"], row["bound"], row["proven"], of) for row in objective]


def level_line(name: str, value: Any, bound: Any, proven: bool, of: Mapping[str, int]) -> LevelLine:
    """``value`` and ``bound`` may be ``None`` while the level is being worked on."""
    title, text = AIMS.get(name, (name, ""))
    return LevelLine(
        name,
        str(title),
        str(text),
        "" if value is None else in_words(name, value, of),
        "" if proven or bound is None else in_words(name, bound, of, short=True),
        proven,
    )


def in_words(name: str, value: Any, of: Mapping[str, int], *, short: bool = False) -> str:
    """``value`` of the level ``name``; ``short`` for a bound, which needs no second half."""
    return WORDS.get(name, _plain)(value, of, short)


def _plain(value: Any, of: Mapping[str, int], short: bool) -> str:
    return number(value, get_language()) if isinstance(value, int) else str(value)


def _schools(value: int, of: Mapping[str, int], short: bool) -> str:
    if short or "schools" not in of:
        return _plain(value, of, short)
    return _("%(n)s of %(of)s schools") % {"n": _plain(value, of, short), "of": _plain(of["schools"], of, short)}


def _pupils(value: int, of: Mapping[str, int], short: bool) -> str:
    if short or "places" not in of:
        return _plain(value, of, short)
    return _("%(n)s pupils for %(of)s places") % {"n": _plain(value, of, short), "of": _plain(of["places"], of, short)}


def _shares(value: list[int], of: Mapping[str, int], short: bool) -> str:
    """The least of the sorted shares, and how many have all of theirs."""
    if not value:
        return "–"
    least = percent(value[0] / 1000, get_language())
    if short:
        return least
    full = sum(row >= 1000 for row in value)
    if full == len(value):
        return _("Every municipality has its whole fair share")
    whole = ngettext("%(n)s of %(of)s has all of it", "%(n)s of %(of)s have all of it", full)
    return (
        _("The least has %(share)s of its fair share") % {"share": least} + "; " + whole % {"n": full, "of": len(value)}
    )


def _permille(value: int, of: Mapping[str, int], short: bool) -> str:
    share = percent(value / 1000, get_language())
    return share if short else _("%(share)s of the best it could wish for") % {"share": share}


def _points(value: int, of: Mapping[str, int], short: bool) -> str:
    return _plain(value, of, short) if short else _("%(n)s points") % {"n": _plain(value, of, short)}


WORDS: dict[str, Callable[[Any, Mapping[str, int], bool], str]] = {
    SCHOOLS: _schools,
    MUNICIPALITIES: _shares,
    "pupils_placed": _pupils,
    "motivation_points": _points,
    "min_team_satisfaction": _permille,
    "preference_points": _points,
}
