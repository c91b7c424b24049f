"""Rows of the papers in words. Pure but for the language, which whoever prints has chosen (``translation.override``)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.look import formats
from events.pdf import printable
from registrations.bookings.grades import UPPER_SECONDARY
from registrations.bookings.needs import Diet, Need
from registrations.papers.rows import Admission, StationRow, ZoneRow

LANGUAGE = "sv"


def clean(value: Any) -> Any:
    """``value`` (text, lists and dicts of text) without what no text font can print; no-break spaces stay."""
    if isinstance(value, str):
        return value if value.isascii() else "\u00a0".join(printable(part) for part in value.split("\u00a0"))
    if isinstance(value, dict):
        return {key: clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value


def short_grade(grade: int) -> str:
    """For a column: "9", "Gy 1"."""
    if grade < UPPER_SECONDARY:
        return str(grade)
    return _("US %(year)s") % {"year": grade - UPPER_SECONDARY + 1}


def clocks(starts_at: datetime, ends_at: datetime) -> str:
    return f"{formats.clock(starts_at, LANGUAGE)}–{formats.clock(ends_at, LANGUAGE)}"


def end_clock(admission: Admission) -> str:
    """When the admission is over; where the clocks moved meanwhile it says which time that is."""
    return " ".join(filter(None, [formats.clock(admission.ends_at, LANGUAGE), clocks_moved(admission)]))


def clocks_moved(admission: Admission) -> str:
    """ "winter time" when the clocks go back during the admission, and nothing on every other night."""
    before, after = admission.starts_at.utcoffset(), admission.ends_at.utcoffset()
    if before == after or before is None or after is None:
        return ""
    return _("winter time") if after < before else _("summer time")


def admission_when(admission: Admission) -> str:
    """ "tors 22 apr 17.00–18.25"."""
    return formats.span(admission.starts_at, admission.ends_at, LANGUAGE)


def number_text(station: StationRow) -> str:
    return str(station.number) if station.number is not None else "–"


def zone_name(zone: ZoneRow) -> str:
    return zone.name or _("Zone not decided")


def pupils_text(count: int) -> str:
    return ngettext("%(n)s pupil", "%(n)s pupils", count) % {"n": count}


def adults_text(count: int) -> str:
    return ngettext("%(n)s adult", "%(n)s adults", count) % {"n": count}


def classes_text(count: int) -> str:
    return ngettext("%(n)s class", "%(n)s classes", count) % {"n": count}


def teams_text(count: int) -> str:
    return ngettext("%(n)s team", "%(n)s teams", count) % {"n": count}


def wheelchairs_text(count: int) -> str:
    return ngettext("%(n)s wheelchair", "%(n)s wheelchairs", count) % {"n": count}


def minutes_text(count: int) -> str:
    return _("%(n)s min") % {"n": count}


def counted(counts: dict[str, int], kinds: type[Need] | type[Diet]) -> list[dict[str, Any]]:
    """What was counted, in the order of the list that people chose from; a kind that is no more comes last, as it is."""
    known = [kind for kind in kinds if kind in counts]
    unknown = [kind for kind in counts if kind not in kinds.values]
    return [{"label": str(kind.label), "count": counts[kind]} for kind in known] + [
        {"label": kind, "count": counts[kind]} for kind in unknown
    ]


def needs_of_a_class(counts: dict[str, int]) -> str:
    """ "2 × quiet place or calmer group" for a host's list: how many in the whole class, and nothing more."""
    return "; ".join(f"{one['count']} × {one['label']}" for one in counted(counts, Need))


def listed(parts: Sequence[str], mark: str = " · ") -> str:
    return mark.join(part for part in parts if part)
