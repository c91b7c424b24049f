"""A fair on the clock on the wall, for pages that ask what time it is."""

from datetime import timedelta

from django.utils import timezone

from events.programme.models import Event
from tests import factories


def fair() -> Event:
    """A fair whose registration is open at the real now."""
    at = timezone.now()
    return factories.EventFactory(
        registration_opens_at=at - timedelta(days=1),
        registration_closes_at=at + timedelta(days=1),
        starts_at=at + timedelta(days=9),
        ends_at=at + timedelta(days=9, hours=6),
    )
