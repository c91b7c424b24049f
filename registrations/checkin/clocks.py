"""When something happened by a phone's clock, how sure that is, and how long ago. Pure, but for the page's language."""

from datetime import datetime, timedelta
from math import ceil

from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.look import formats

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def time_of_day(at: datetime) -> str:
    """``at`` to the second, in Stockholm: "17.02.13" or "17:02:13"."""
    mark = ":" if (get_language() or "").startswith("en") else "."
    return localtime(at).strftime(f"%H{mark}%M{mark}%S")


def day_of(at: datetime) -> str:
    """The day of ``at`` in Stockholm, short: "tis 22 okt"."""
    return formats.moment(localtime(at), get_language(), localtime().year).rsplit(" ", 1)[0]


def sure_to(error_ms: int | None) -> str:
    """How far off a time may be: "± 2 s", "± 3 min"; nothing where nobody knows. Never less than a second."""
    if error_ms is None:
        return ""
    seconds = max(1, ceil(error_ms / 1000))
    return f"±\u00a0{seconds}\u00a0s" if seconds < 120 else f"±\u00a0{ceil(seconds / 60)}\u00a0min"


def length_of(span: timedelta) -> str:
    """``span`` as one says it: "4 s", "12 min", "3 h", "2 days"."""
    if span < 2 * MINUTE:
        return f"{max(0, round(span.total_seconds()))}\u00a0s"
    if span < 2 * HOUR:
        return f"{round(span / MINUTE)}\u00a0min"
    if span < 48 * HOUR:
        return f"{round(span / HOUR)}\u00a0h"
    days = span.days
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def ago(moment: datetime | None, now: datetime) -> str:
    """How long before ``now`` it was: "just now", "3 min ago", and the moment itself when that is days."""
    if moment is None:
        return _("never")
    span = now - moment
    if span < MINUTE:
        return _("just now")
    if span < 24 * HOUR:
        told = f"{span // MINUTE}\u00a0min" if span < 2 * HOUR else length_of(span)
        return _("%(span)s ago") % {"span": told}
    return formats.moment(localtime(moment), get_language(), localtime(now).year)


def clock_in_words(offset_ms: int | None, error_ms: int | None) -> str:
    """What is known of a phone's clock; ``offset_ms`` is how far ours is ahead of it."""
    if offset_ms is None:
        return _("not measured")
    off = timedelta(milliseconds=abs(offset_ms))
    error = sure_to(error_ms)
    if off < timedelta(seconds=2):
        text = _("right")
    elif offset_ms > 0:
        text = _("%(span)s slow") % {"span": length_of(off)}
    else:
        text = _("%(span)s fast") % {"span": length_of(off)}
    return f"{text} ({error})" if error else text
