"""Days and times as people in Sweden write them, and the two nights a year when the clock cannot be trusted.

``from_wall_clock`` is pure; ``MomentField`` is the form field for a browser's ``datetime-local`` input.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from events.look.widgets import MomentInput

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MINUTE = timedelta(minutes=1)


class NoSuchMoment(ValueError):
    """The clock never shows ``wall``, or shows it twice. ``first`` to ``last`` (naive, half open) are such times."""

    def __init__(self, wall: datetime, first: datetime, last: datetime):
        super().__init__(wall.isoformat())
        self.wall, self.first, self.last = wall, first, last


class TwiceThatNight(NoSuchMoment):
    """The clocks go back: the time comes once in summer time and again an hour later."""


class SkippedThatNight(NoSuchMoment):
    """The clocks go forward: the time never comes."""


def from_wall_clock(wall: datetime, zone: ZoneInfo = STOCKHOLM) -> datetime:
    """The aware moment at which a clock in ``zone`` shows the naive ``wall``.

    Raises TwiceThatNight or SkippedThatNight where there is no such moment, or more than one.
    """
    before, after = _offsets(wall, zone)
    if before == after:
        return wall.replace(tzinfo=zone)
    first = last = wall
    while _offsets(first - MINUTE, zone) == (before, after):
        first -= MINUTE
    while _offsets(last, zone) == (before, after):
        last += MINUTE
    raise (TwiceThatNight if before > after else SkippedThatNight)(wall, first, last)


def _offsets(wall: datetime, zone: ZoneInfo) -> tuple[timedelta, timedelta]:
    """How far ``wall`` is from UTC, read as the first and as the second of its kind."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first or timedelta(), second or timedelta()


class MomentField(forms.DateTimeField):
    """A day and a time in Europe/Stockholm; gives an aware datetime. What was typed stays in the field on an error."""

    widget = MomentInput
    default_error_messages = {
        "invalid": _("Write a day and a time, such as 2027-03-24 09:00."),
        "twice": _(
            "The clocks go back that night, so %(time)s comes twice. "
            "Choose a time before %(first)s, or %(last)s or later."
        ),
        "skipped": _(
            "The clocks go forward that night, so %(time)s never comes. "
            "Choose a time before %(first)s, or %(last)s or later."
        ),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        wall = value if isinstance(value, datetime) else self._parse(str(value))
        if timezone.is_aware(wall):
            return wall
        try:
            return from_wall_clock(wall)
        except TwiceThatNight as fault:
            raise ValidationError(self.error_messages["twice"], code="twice", params=_words(fault)) from fault
        except SkippedThatNight as fault:
            raise ValidationError(self.error_messages["skipped"], code="skipped", params=_words(fault)) from fault

    def _parse(self, text: str) -> datetime:
        """``text`` as the browser's picker writes it, or as a person does where there is no picker."""
        try:
            wall = parse_datetime(text.strip().replace(".", ":"))
        except ValueError:
            wall = None
        # Years that neither clocks nor databases can hold end here too, not in a crash further on.
        if wall is None or not 2000 <= wall.year < 2100:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return wall.replace(tzinfo=None) if timezone.is_aware(wall) else wall


def _words(fault: NoSuchMoment) -> dict[str, str]:
    return {"time": f"{fault.wall:%H.%M}", "first": f"{fault.first:%H.%M}", "last": f"{fault.last:%H.%M}"}
