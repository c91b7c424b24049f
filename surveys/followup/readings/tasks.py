"""The worker's side of readings: an event's key comes in, what has changed is written down."""

from django.utils import timezone
from django_tasks import task

from surveys.followup.readings.services import take_readings


@task()
def read_event(event: int) -> str:
    """Read the indicators of the event (key)."""
    return f"{take_readings(events=[event], at=timezone.now())} written"


@task()
def read_indicators(indicators: list[int]) -> str:
    """Read the indicators (keys)."""
    return f"{take_readings(indicators=indicators, at=timezone.now())} written"
