"""On which days a host is written to about what has changed on its list. Pure."""

from datetime import date, datetime

from registrations.tasks.reminding import MORNING, digest_day

LAST_DAYS = 7
"""So many days, the evening's own included, have a letter each when something has changed."""


def letter_day(at: datetime, begins: datetime) -> date | None:
    """The day whose letter may be sent at ``at``, or ``None``: Mondays, and each of the last days before ``begins``.

    Both are moments in the time zone whose mornings are meant. All of the day from MORNING, so that a job that slept in
    the morning makes up for it; nothing once the evening has begun.
    """
    if at >= begins or at.time() < MORNING:
        return None
    is_near = (begins.date() - at.date()).days < LAST_DAYS
    return at.date() if is_near else digest_day(at)
