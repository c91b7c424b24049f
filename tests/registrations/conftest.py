"""A card company of the test's own, which the real library speaks to."""

import pytest

from config.demo import stand_in
from config.demo.stand_in import StandIn


@pytest.fixture
def company(settings, monkeypatch) -> StandIn:
    """The stand-in, and settings that lead there."""
    settings.STRIPE_STAND_IN = "config.demo.stand_in.http_client"
    settings.STRIPE_SECRET_KEY = "sk_test_for_the_tests"
    settings.STRIPE_WEBHOOK_SECRET = "whsec_for_the_tests"
    monkeypatch.setattr("stripe._http_client.HTTPClient._sleep_time_seconds", lambda *args, **kwargs: 0)
    own = StandIn()
    monkeypatch.setattr(stand_in, "STAND_IN", own)
    return own
