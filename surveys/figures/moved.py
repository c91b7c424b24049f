"""Tells those who want to know that an event's figures may have moved; once the transaction is committed.

Listeners register in an app's ``ready()`` and take the event's key. They must be cheap: they enqueue a task.
"""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from events.programme.hooks import Hook

listeners: Hook[Callable[[int], object]] = Hook()


def figures_moved(event: int) -> None:
    """Say that the figures of the event (key) may show something else from now on."""
    for listener in listeners:
        transaction.on_commit(partial(listener, event))
