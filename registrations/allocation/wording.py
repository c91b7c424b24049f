"""A solver's reasons in words. The numbers come with the reason; the words are the reader's."""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from events.look.formats import number
from registrations.allocation.solver.solution import Reason, plain

TEXTS = {
    "locked_out": gettext_noop("The organiser has decided that the class does not come."),
    "no_possible_wave": gettext_noop("The class has named no wave in which it can come."),
    "larger_than_all_places": gettext_noop("The class is {size} pupils; there are {places} places in all."),
    "larger_than_any_wave": gettext_noop("The class is {size} pupils; the largest of its waves takes {capacity}."),
    "no_timetable": gettext_noop(
        "Team {team} may visit {stations} stations in wave {wave}; it must visit {needed}, one after another."
    ),
    "duplicate_class": gettext_noop("The same class already has a place, as {placed}."),
    "bus_cannot_meet": gettext_noop(
        "It shares a bus with {with}, which comes in wave {wave}, when this class cannot come."
    ),
    "municipality_share_full": gettext_noop(
        "The municipality has its share: {placed} pupils have a place, and the share is {target}."
    ),
    "lower_motivation": gettext_noop(
        "The class has {motivation} points for motivation; the lowest that got a place in the municipality has"
        " {lowest_placed}. {free_places} places are left, and the class is {size} pupils."
    ),
    "places_full": gettext_noop("{free_places} of {places} places are left, and the class is {size} pupils."),
    "wave_full": gettext_noop(
        "{free} places are left in wave {wave}, the emptiest it can come in; the class is {size} pupils."
    ),
    "no_timetable_left": gettext_noop(
        "There are places, but no timetable beside the classes that come: the stations' rounds are taken."
    ),
    "no_stands": gettext_noop("There are no stands."),
    "no_stand_large_enough": gettext_noop("It needs {min_size} m²; the largest stand has {largest}."),
    "no_stand_with_enough_power": gettext_noop("It needs {power_w} W; no stand has more than {most_power_w}."),
    "no_stand_with_both": gettext_noop("No stand has both {min_size} m² and {power_w} W."),
    "stands_refused": gettext_noop("It has said no to each stand that is large enough and has the power ({refused})."),
    "stands_taken": gettext_noop("{fitting} stands would do; all of them went to exhibitors before it in order."),
    "stands_given_by_hand": gettext_noop("{fitting} stands would do; all of them were given by hand."),
    "no_tables": gettext_noop("There are {slots} times and {tables} tables."),
    "never_there_together": gettext_noop("They are never there at the same time."),
    "enough_meetings": gettext_noop("{who} already has {meetings} meetings, the most it wants."),
    "others_met_instead": gettext_noop("In each of the {common} times they share, one of them meets somebody else."),
    "tables_taken": gettext_noop("All {tables} tables are taken in the {free_together} times when both are free."),
}

COSTS = {
    "schools_with_place": gettext_noop("With a place for it, {to} schools would have a place instead of {from}."),
    "municipal_fulfilment_sorted": gettext_noop(
        "With a place for it, another municipality would get less of its share."
    ),
    "pupils_placed": gettext_noop("With a place for it, {to} pupils would have a place instead of {from}."),
    "motivation_points": gettext_noop("With a place for it, points for motivation would fall from {from} to {to}."),
}


def reason_text(reason: Reason, names: Mapping[str, str] | None = None) -> str:
    """The reason in the reader's language; ``names`` turns ids into what people call them. Unknown codes stay plain."""
    if reason.code not in TEXTS:
        return plain(reason)
    text = filled(_(TEXTS[reason.code]), reason.numbers, names or {})
    cost = reason.numbers.get("cost")
    return f"{text} {cost_text(cost, names)}".strip() if isinstance(cost, dict) else text


def cost_text(cost: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """What its place would have cost, and whom; nothing where that is not known."""
    level = cost.get("level")
    if level not in COSTS:
        return ""
    text = filled(_(COSTS[level]), cost, names or {})
    losers = cost.get("loses") or []
    if len(losers) == 1:
        one = _("{example} would lose its place.")
        text = f"{text} {filled(one, {'example': losers[0]}, names or {})}"
    elif losers:
        more = {"count": len(losers), "example": losers[0]}
        several = _("{count} other classes would lose their places, such as {example}.")
        text = f"{text} {filled(several, more, names or {})}"
    return text


def filled(text: str, numbers: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The text with its numbers; lists are counted, ids are named, what is missing is a dash."""
    values = {}
    for _before, field, _form, _change in Formatter().parse(text):
        if field:
            value = numbers.get(field, "–")
            if isinstance(value, list):
                value = len(value)
            if isinstance(value, int):
                value = number(value, get_language())
            values[field] = names.get(value, value) if isinstance(value, str) else value
    return text.format_map(values)
