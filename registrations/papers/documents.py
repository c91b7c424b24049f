"""The papers of an evening as PDFs.

Papers are in Swedish whoever prints them: hosts, drivers and classes read them at a Swedish evening. They are made
while somebody waits, so there is a limit to how many fit in one file.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.errors import Refusal
from events.look import formats
from events.nights.models import Night
from events.pdf import compile_pdf
from registrations.bookings.models import SchoolClass
from registrations.papers import bus_lists, class_sheets, hooks, queries, station_lists, wall_plan
from registrations.papers.words import LANGUAGE, clean

MOST_SHEETS = 250
MOST_STATIONS = 250


class NothingToPrint(Refusal):
    code = "nothing_to_print"
    message = gettext_lazy("There is nothing to print yet: papers come when places are published.")


class TooManyToPrint(Refusal):
    code = "too_many_to_print"
    message = gettext_lazy("That is too much for one file. Print one municipality or one station at a time.")


def sheets_pdf(classes: Iterable[SchoolClass], at: datetime) -> bytes:
    """A sheet for each of ``classes`` that has a place, all of one night; ``at`` stands on them as when they were made.

    Raises NothingToPrint when none of them has a place, TooManyToPrint over MOST_SHEETS.
    """
    keys = [row.pk for row in classes]
    night = Night.objects.filter(bookings__classes__in=keys).select_related("event__venue", "event__issuer").first()
    if night is None:
        raise NothingToPrint
    return class_sheets_pdf(night, queries.placed_classes(night).filter(pk__in=keys), at)


def class_sheets_pdf(night: Night, classes: QuerySet[SchoolClass], at: datetime) -> bytes:
    """The same for ``classes`` of ``night`` in the order that they have. Nine questions to the database, and the notes'."""
    place = queries.place_map(night)
    sheets = queries.class_sheets(night, classes, place, most=MOST_SHEETS + 1)
    _check(len(sheets), MOST_SHEETS)
    gates = list(night.event.gates.values_list("name", flat=True))
    with translation.override(LANGUAGE):
        told = [notes([sheet.pk for sheet in sheets]) for notes in hooks.class_notes]
        by_class = {sheet.pk: " ".join(one[sheet.pk] for one in told if sheet.pk in one) for sheet in sheets}
        return _compile("class-sheets.typ", night, class_sheets.data(night, sheets, place, gates, by_class), at)


def station_lists_pdf(night: Night, at: datetime, only: Iterable[int] | None = None) -> bytes:
    """A list for each running station of ``night``, or for those with the keys ``only``. Raises like ``sheets_pdf``."""
    lists = queries.station_lists(night, only)
    _check(len(lists), MOST_STATIONS)
    with translation.override(LANGUAGE):
        return _compile("station-lists.typ", night, station_lists.data(night, lists), at)


def bus_lists_pdf(night: Night, classes: QuerySet[SchoolClass], at: datetime) -> bytes:
    """``classes`` by municipality, admission and bus, with the phones of those who bring them."""
    lists = queries.bus_lists(night, classes)
    _check(len(lists), MOST_SHEETS)
    with translation.override(LANGUAGE):
        return _compile("bus-lists.typ", night, bus_lists.data(night, lists), at)


def wall_plan_pdf(night: Night, at: datetime, only: int | None = None) -> bytes:
    """A plan for each admission, or for the one with the key ``only``."""
    lists = queries.station_lists(night)
    _check(len(lists), MOST_STATIONS)
    with translation.override(LANGUAGE):
        data = wall_plan.data(night, lists, queries.place_map(night), only)
        _check(len(data["pages"]), MOST_STATIONS)
        return _compile("wall-plan.typ", night, data, at)


def _check(count: int, most: int) -> None:
    if not count:
        raise NothingToPrint
    if count > most:
        raise TooManyToPrint


def _compile(template: str, night: Night, data: dict[str, Any], at: datetime) -> bytes:
    event = night.event
    day = timezone.localtime(event.starts_at)
    printed = formats.moment(timezone.localtime(at), LANGUAGE)
    common = {
        "lang": LANGUAGE,
        "author": event.issuer.name,
        "event": event.name,
        "day": f"{formats.weekday(day, LANGUAGE)} {day.year}",
        "printed": _("Made %(moment)s") % {"moment": printed},
        "page": _("Page"),
    }
    return compile_pdf(template, clean(common | data))
