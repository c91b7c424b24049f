"""The product's own settings in a plain local environment, with mail in memory and limits off except where tested."""

import os
from pathlib import Path

os.environ["TORGET_MODE"] = "local"
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("TORGET_VAR_DIR", str(Path(__file__).resolve().parent.parent / "test-results" / "var"))
for name in ("TORGET_DEMO", "EMAIL_URL", "REDIS_URL", "ORGANISERS_NEED_MFA", "METRICS_TOKEN"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
RATELIMIT_ENABLE = False
ACCOUNT_RATE_LIMITS = False
