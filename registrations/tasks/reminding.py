"""When a company is written to about its tasks. Pure."""

from datetime import date, datetime, time

MORNING = time(7)


def digest_day(at: datetime) -> date | None:
    """The Monday whose digest is to be sent at ``at`` (a moment in the time zone whose mornings are meant), or ``None``.

    All of Monday from MORNING, so that a worker that slept in the morning makes up for it before Tuesday.
    """
    return at.date() if at.isoweekday() == 1 and at.time() >= MORNING else None
