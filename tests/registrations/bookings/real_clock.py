"""An evening around the real now, for tests of pages: they ask the real clock."""

from datetime import timedelta

from django.utils import timezone

from events.nights.models import Night
from tests import night_factories as nf


def evening(*, starts_in: float = 20, closes_in: float = 5, **facts) -> Night:
    """An evening in ``starts_in`` days that schools may book until ``closes_in`` days from now (may be negative)."""
    now = timezone.now()
    starts, closes = now + timedelta(days=starts_in), now + timedelta(days=closes_in)
    return nf.NightFactory(
        event__starts_at=starts,
        event__ends_at=starts + timedelta(hours=5),
        event__registration_opens_at=now - timedelta(days=60),
        event__registration_closes_at=closes,
        bookings_open_at=now - timedelta(days=60),
        bookings_close_at=closes,
        answers_on=(closes + timedelta(days=7)).date(),
        **facts,
    )
