"""Pages of events without the pieces that the higher apps hang on them."""

import pytest

from events.programme import hooks
from events.programme.hooks import Hook


@pytest.fixture
def bare(monkeypatch):
    """Every hook empty: what a page shows by itself. Register what the test is about."""
    for hook in vars(hooks).values():
        if isinstance(hook, Hook):
            monkeypatch.setattr(hook, "_providers", [])
    return hooks
