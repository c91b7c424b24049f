"""The product's own settings in a plain local environment, with mail in memory and limits off except where tested."""

import atexit
import os
import shutil
import tempfile

os.environ["TORGET_MODE"] = "local"
os.environ.setdefault("SECRET_KEY", "only-for-tests")
# A folder of this run's own, which its workers share: two runs at once do not meet.
if "TORGET_TEST_DIR" not in os.environ:
    os.environ["TORGET_TEST_DIR"] = tempfile.mkdtemp(prefix="torget-tests-")
    atexit.register(shutil.rmtree, os.environ["TORGET_TEST_DIR"], ignore_errors=True)
os.environ["TORGET_VAR_DIR"] = os.environ["TORGET_TEST_DIR"]
LEFT_OUT = ("TORGET_DEMO", "EMAIL_URL", "REDIS_URL", "ORGANISERS_NEED_MFA", "METRICS_TOKEN")
for name in (*LEFT_OUT, "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
RATELIMIT_ENABLE = False
ACCOUNT_RATE_LIMITS = False

# A file, not memory: the browser tests' server answers in threads of its own, each with its own connection.
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"] = {  # noqa: F405
        **SQLITE_OPTIONS,  # noqa: F405
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; PRAGMA synchronous=OFF;",
    }
