"""The way to Stripe, where it is set up: STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET in the environment.

``settings.STRIPE_STAND_IN`` names a function that gives an HTTP client which answers in Stripe's place (the demo, tests);
the real library speaks to it. Pages say so: ``is_stand_in()``.
"""

from django.conf import settings
from django.utils.module_loading import import_string
from stripe import StripeClient

TIMEOUT_RETRIES = 1


def is_set_up() -> bool:
    """Whether invoices can be paid by card. Without it everything else works, and the page says that it does."""
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def is_stand_in() -> bool:
    return bool(settings.STRIPE_STAND_IN)


def stripe() -> StripeClient:
    """A client with the house's key. Call only where ``is_set_up()``."""
    http_client = import_string(settings.STRIPE_STAND_IN)() if settings.STRIPE_STAND_IN else None
    return StripeClient(settings.STRIPE_SECRET_KEY, http_client=http_client, max_network_retries=TIMEOUT_RETRIES)
