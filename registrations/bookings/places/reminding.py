"""When a school that has not answered is reminded. Pure."""

from datetime import datetime, time, timedelta

DAYS_BEFORE = (3, 0)
MORNING = time(8)


def reminder_moments(answer_by_at: datetime) -> list[datetime]:
    """Eight in the morning three days before the day to answer by, and on the day itself.

    ``answer_by_at`` is aware and in the time zone whose mornings are meant; so is what is given.
    """
    days = [(answer_by_at - timedelta(days=before)).date() for before in DAYS_BEFORE]
    moments = [datetime.combine(day, MORNING, answer_by_at.tzinfo) for day in days]
    return [moment for moment in moments if moment < answer_by_at]


def is_due(answer_by_at: datetime, heard_at: datetime | None, at: datetime) -> bool:
    """Whether a reminder is due at ``at`` to a school that last heard of its place at ``heard_at``.

    A moment that was missed is made up for until the next one, or until the time is out, and never twice.
    """
    passed = [moment for moment in reminder_moments(answer_by_at) if moment <= at]
    return at < answer_by_at and bool(passed) and (heard_at is None or heard_at < passed[-1])
