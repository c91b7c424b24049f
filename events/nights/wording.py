"""Snags of a programme in words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.look import formats
from events.nights.snags import Snag


def words_of(snag: Snag) -> str:
    """What is wrong and what to do about it, in the reader's language."""
    words = {name: _shown(value) for name, value in snag.facts.items()}
    if snag.code == "outside_the_event":  # perhaps another day
        words["starts"] = formats.moment(localtime(snag.facts["starts"]), get_language(), localdate().year)
    return _text(snag.code, snag.facts) % words


def _text(code: str, facts: Mapping[str, Any]) -> str:
    if code in {"walk_too_long", "walk_costs"}:
        return _walk(code, facts["lost"])
    return {
        "no_admissions": _("There is no admission yet: schools can not be given a time."),
        "too_little_room": _("The admissions have room for %(room)s pupils, but there are %(places)s places."),
        "too_few_rounds": _(
            "%(name)s has %(rounds)s rounds, but every pupil is to visit %(visits)s stations: nobody can come then."
        ),
        "outside_the_event": _("%(name)s (%(starts)s–%(ends)s) is not within the hours of the event."),
        "at_once": _(
            "%(name)s ends %(ends)s, but the rounds of %(other)s begin %(starts)s. The stations would have both at once."
        ),
        "walk_missing": _("Minutes between %(one)s and %(other)s are missing, and count as 0."),
        "closes_after_the_start": _("Booking closes %(closes)s, when the evening has begun."),
        "told_before_closing": _("Schools are told on %(told)s, before booking has closed."),
        "told_too_late": _("Schools are told on %(told)s: that is not before the evening."),
    }[code]


def _walk(code: str, lost: int) -> str:
    if code == "walk_too_long":
        return _(
            "The walk between %(one)s and %(other)s takes %(minutes)s minutes: "
            "no class can visit stations in both. Give the admissions more rounds."
        )
    return ngettext(
        "Between %(one)s and %(other)s a class rests %(lost)s round, for the walk takes %(minutes)s minutes.",
        "Between %(one)s and %(other)s a class rests %(lost)s rounds, for the walk takes %(minutes)s minutes.",
        lost,
    )


def _shown(value: Any) -> str:
    language = get_language()
    if isinstance(value, datetime):
        return formats.clock(localtime(value), language)
    if isinstance(value, date):
        return formats.day(value, language)
    return formats.number(value, language) if isinstance(value, int) else str(value)
