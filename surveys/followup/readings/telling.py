"""What is done when figures have moved: a task for the worker."""

from collections.abc import Sequence
from functools import partial

from django.core.cache import cache
from django.db import transaction

NOT_AGAIN_WITHIN = 60  # seconds


def read_soon(event: int) -> None:
    """Have the worker read the indicators of the event (key). ``tend`` sees what it was not told."""
    from surveys.followup.readings.tasks import read_event

    read_event.enqueue(event)


def read_indicators_soon(indicators: Sequence[int]) -> None:
    """Have the worker read these indicators (keys) once the transaction is committed."""
    from surveys.followup.readings.tasks import read_indicators

    if indicators:
        transaction.on_commit(partial(read_indicators.enqueue, list(indicators)))


def read_seen(plan: int, year: int, indicators: Sequence[int]) -> None:
    """Have the worker read these indicators of the follow-up of ``year``, which somebody has just seen to have moved.

    So what no service tells of (the door must not wait for it) is read when it is first looked at. Once a minute at
    most, however many look.
    """
    if indicators and cache.add(f"followup-seen-{plan}-{year}", True, NOT_AGAIN_WITHIN):
        read_indicators_soon(indicators)
