"""Next year's event out of last year's: the same weekday, the same hours, a name that says the new year. Pure."""

import re
from collections.abc import Container
from datetime import date, datetime, timedelta
from itertools import count

from django.utils.text import slugify

from events.moments import STOCKHOLM

SLUG_LENGTH = 60


def weeks_on(day: date, after: date) -> timedelta:
    """How far to move ``day`` so that it comes after ``after``, on the same weekday and nearest the same date.

    Always whole weeks: 52 for an event of last year (12 March 2019, a Tuesday, becomes 10 March 2020, a Tuesday).
    """
    for years in count(1):
        weeks = round((_anniversary(day, years) - day).days / 7)
        if day + timedelta(weeks=weeks) > after:
            return timedelta(weeks=weeks)
    raise AssertionError  # count() never ends


def _anniversary(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def moved(moment: datetime, shift: timedelta) -> datetime:
    """``moment`` (aware) moved by whole weeks with its time of day in Stockholm kept, whatever summer time does."""
    return moment.astimezone(STOCKHOLM) + shift


def with_year(text: str, old: int, new: int) -> str:
    """``text`` with the year ``old`` written as ``new``: "B2B-mässan 2026" becomes "B2B-mässan 2027"."""
    return re.sub(rf"(?<!\d){old}(?!\d)", str(new), text)


def suggest_slug(name: str, year: int, taken: Container[str] = ()) -> str:
    """An address for an event called ``name`` in ``year`` that is not ``taken``: lower case a–z, digits, hyphens.

    å, ä, ö lose their dots; a name with no such letters at all gives ``event-2027``.
    """
    base = slugify(name.lower().replace("æ", "ae").replace("ø", "o"))[: SLUG_LENGTH - 10].strip("-_") or "event"
    if not re.search(r"(?<!\d)(19|20)\d\d(?!\d)", base):
        base = f"{base}-{year}"
    return next(slug for n in count(1) if (slug := base if n == 1 else f"{base}-{n}") not in taken)
