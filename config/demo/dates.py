"""When the coming editions are. Pure: from today's date to theirs, always in Stockholm hours."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def next_day(today: date, week: int, weekday: str, days_ahead: int) -> date:
    """The first ``weekday`` of ISO week ``week`` that is at least ``days_ahead`` days after ``today``."""
    for year in range(today.year, today.year + 3):
        day = date.fromisocalendar(year, week, WEEKDAYS.index(weekday) + 1)
        if day >= today + timedelta(days=days_ahead):
            return day
    raise ValueError(f"week {week} never comes")


def at_clock(day: date, clock: str) -> datetime:
    """Aware moment of ``clock`` ("09:00") on ``day`` in Stockholm."""
    return datetime.combine(day, time.fromisoformat(clock), STOCKHOLM)
