"""Days, times and numbers as people write them, in Swedish or English. Pure: the language is passed in.

Whatever must stay together on a line is joined by no-break spaces.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "–"
# What XML 1.0 cannot carry.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_SHORT_MONTHS = {
    "sv": "jan feb mars apr maj juni juli aug sep okt nov dec".split(),
    "en": "Jan Feb Mar Apr May June July Aug Sep Oct Nov Dec".split(),
}
_WEEKDAYS = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_SHORT_WEEKDAYS = {
    "sv": "mån tis ons tors fre lör sön".split(),
    "en": "Mon Tue Wed Thu Fri Sat Sun".split(),
}
_CLOCK = {"sv": "%H.%M", "en": "%H:%M"}


def _known(language: str | None) -> str:
    return "en" if (language or "").startswith("en") else "sv"


def day(value: date, language: str | None = "sv") -> str:
    """``value`` (a date, or a datetime in the time zone to show) as "12 mars 2019" / "12 March 2019"."""
    months = _MONTHS[_known(language)]
    return f"{value.day}{NBSP}{months[value.month - 1]}{NBSP}{value.year}"


def weekday(value: date, language: str | None = "sv") -> str:
    """``value`` as "tisdag 22 oktober" / "Tuesday 22 October"."""
    known = _known(language)
    return f"{_WEEKDAYS[known][value.weekday()]} {value.day}{NBSP}{_MONTHS[known][value.month - 1]}"


def clock(value: datetime, language: str | None = "sv") -> str:
    """The time of day of ``value``, already in the time zone to show: "17.30" / "17:30"."""
    return value.strftime(_CLOCK[_known(language)])


def short_day(value: date, language: str | None = "sv", this_year: int | None = None) -> str:
    """``value`` as "tis 22 okt"; the year is added as in ``moment``."""
    known = _known(language)
    text = f"{_SHORT_WEEKDAYS[known][value.weekday()]}{NBSP}{value.day}{NBSP}{_SHORT_MONTHS[known][value.month - 1]}"
    return text if this_year in (None, value.year) else f"{text}{NBSP}{value.year}"


def moment(value: datetime, language: str | None = "sv", this_year: int | None = None) -> str:
    """``value``, already in the time zone to show, as "tis 22 okt 17.30" / "Tue 22 Oct 17:30".

    The year is added when ``this_year`` is given and is another: "tis 22 okt 2019 17.30".
    """
    known = _known(language)
    return f"{short_day(value, known, this_year)} {clock(value, known)}"


def span(start: datetime, end: datetime, language: str | None = "sv", this_year: int | None = None) -> str:
    """From ``start`` to ``end``: "tis 22 okt 17.30–20.00", or both days written out when they differ."""
    known = _known(language)
    if start.date() == end.date():
        return f"{moment(start, known, this_year)}–{clock(end, known)}"
    return f"{moment(start, known, this_year)} – {moment(end, known, this_year)}"


def number(value: int | float | Decimal, language: str | None = "sv", decimals: int | None = None) -> str:
    """``value`` with its thousands set apart: "16 310", "350,5" / "16,310", "350.5".

    ``decimals=None`` writes as many decimals as the value has; otherwise rounds half up, as people do.
    """
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{abs(exact):,f}"
    if _known(language) == "sv":
        written = written.replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{written}" if exact < 0 else written


def percent(share: float | Decimal, language: str | None = "sv", decimals: int = 1) -> str:
    """``share`` of one as a percentage: 0.7606 is "76,1 %" / "76.1%"."""
    written = number(Decimal(str(share)) * 100, language, decimals)
    return f"{written}%" if _known(language) == "en" else f"{written}{NBSP}%"


def kronor(ore: int, language: str | None = "sv") -> str:
    """``ore`` (hundredths of a krona) as "12 170 kr" / "SEK 12,170"; the öre only when there are any."""
    written = number(Decimal(ore) / 100, language, 2 if ore % 100 else 0)
    return f"SEK{NBSP}{written}" if _known(language) == "en" else f"{written}{NBSP}kr"


def for_xml(value: Any) -> Any:
    """``value`` (text, lists and dicts of text) without the control signs that no XML file may hold."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, list):
        return [for_xml(one) for one in value]
    return {name: for_xml(one) for name, one in value.items()} if isinstance(value, dict) else value
