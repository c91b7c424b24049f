"""Settings, all from the environment. docs/operations.md lists the variables.

``TORGET_MODE`` is ``production`` (what the web server assumes) or ``local`` (what ``manage.py`` assumes): a laptop,
a demo, the tests. Production refuses to start on a missing or weak setting; local needs none.
"""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.environment import production_problems

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("TORGET_VAR_DIR", BASE_DIR / "var"))

# Numpy works on small matrices here: threads of its own would only wait for each other, most of all on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

env = environ.Env()
MODE = env("TORGET_MODE", default="production")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured("TORGET_MODE must be local or production")
PRODUCTION = MODE == "production"
if PRODUCTION and (problems := production_problems(os.environ)):
    raise ImproperlyConfigured("Torget does not start: " + "; ".join(problems) + ". See docs/operations.md.")


def local_secret_key() -> str:
    """A key of this copy's own, made at the first start and kept outside git."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = env("SECRET_KEY") if PRODUCTION else env("SECRET_KEY", default="") or local_secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
DEMO = not PRODUCTION and env.bool("TORGET_DEMO", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Absolute addresses in mails and QR codes; a request is not always at hand (the worker sends mail).
BASE_URL = (
    CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else env("BASE_URL", default="http://localhost:8000")
).rstrip("/")

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "events.apps.EventsConfig",
    "registrations.apps.RegistrationsConfig",
    "surveys.apps.SurveysConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "anymail",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.ChosenLanguageMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "events.access.middleware.StrongSignInMiddleware",
    "django_ratelimit.middleware.RatelimitMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "events.access.context.site",
            ],
            "builtins": ["events.templatetags.torget"],
        },
    }
]
FORM_RENDERER = "config.forms.TorgetRenderer"

# --- Database, cache, background work -------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Writers queue instead of failing: the lock is taken when the transaction begins, and waited for.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # What is deleted is overwritten, so that ballots that were opened do not lie in the file as they were sealed.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON; "
        f"PRAGMA synchronous={env('SQLITE_SYNCHRONOUS', default='NORMAL')};"
    ),
}


def database(url: str) -> dict:
    """Django's setting for the database at ``url``, tuned for the engine."""
    config = environ.Env.db_url_config(url)
    if "sqlite" in config["ENGINE"]:
        return {**config, "OPTIONS": SQLITE_OPTIONS}
    pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=16), "timeout": 20}
    return {**config, "CONN_MAX_AGE": 0, "OPTIONS": {"pool": pool}}


DATABASES = {"default": database(env("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'torget.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    # In the database, so that rate limits hold across processes on the embedded default too.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "torget_cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "allocation"]}}

# The longest that a proposal for a fair's stands may be worked on, whatever is asked for.
STANDS_MOST_SECONDS = env.int("STANDS_MOST_SECONDS", default=180)

# --- People and sign-in ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "events.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "events:home"
LOGOUT_REDIRECT_URL = "events:start"
ACCOUNT_ADAPTER = "events.access.adapters.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "events.access.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/m/key", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "events.access.forms.PasskeyForm",
    "edit_webauthn": "events.access.forms.PasskeyNameForm",
}
MFA_TOTP_ISSUER = "Torget"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
ORGANISERS_NEED_MFA = env.bool("ORGANISERS_NEED_MFA", default=PRODUCTION)

SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "events.access.adapters.MunicipalSignInAdapter"
# An address that the directory says is verified is the person who already has it here.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict = {}
if env("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "kommun",
                "name": env("OIDC_NAME", default="Kommunens inloggning"),
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env("OIDC_SERVER_URL")},
            }
        ]
    }

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "torget_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
# Off: it would write a key of 1234 as "1 234" in addresses and form values. What people read goes through |number.
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["config.formats"]

# A class that takes e-invoices (registrations/invoices/handover.py); without one they are downloaded.
E_INVOICE_HANDOVER = env("E_INVOICE_HANDOVER", default="")

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.HashedStaticFilesStorage"},
}
if not PRODUCTION:
    # No build step between an edit and the page.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGO_MAX_BYTES = 5 * 1024 * 1024
LOGO_MAX_PIXELS = 40_000_000
LOGO_SIDE_PX = 800

# --- Mail -----------------------------------------------------------------------------------------------------------

vars().update(environ.Env.email_url_config(env("EMAIL_URL", default="consolemail://")))
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
if env("ANYMAIL_BACKEND", default=""):
    EMAIL_BACKEND = env("ANYMAIL_BACKEND")
    ANYMAIL = {
        name.removeprefix("ANYMAIL_"): value
        for name, value in os.environ.items()
        if name.startswith("ANYMAIL_") and name != "ANYMAIL_BACKEND"
    }
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Torget <torget@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Who runs this Torget and takes questions about it: named in the accessibility statement and under personal data.
OPERATOR_NAME = env("OPERATOR_NAME", default="MalmöLundregionen")
CONTACT_EMAIL = env("CONTACT_EMAIL", default=parseaddr(DEFAULT_FROM_EMAIL)[1])
MAIL_ATTEMPTS = 8

# --- Figures --------------------------------------------------------------------------------------------------------

METRICS_TOKEN = env("METRICS_TOKEN", default="")
SUPPRESS_BELOW = env.int("SUPPRESS_BELOW", default=5)

# --- Cards ----------------------------------------------------------------------------------------------------------

# Without both there is no payment by card, and pages say so. The demo pays a stand-in, labelled as such.
STRIPE_STAND_IN = "config.demo.stand_in.http_client" if DEMO else ""
STRIPE_SECRET_KEY = env("STRIPE_SECRET_KEY", default="sk_test_stand_in" if DEMO else "")
STRIPE_WEBHOOK_SECRET = env("STRIPE_WEBHOOK_SECRET", default=SECRET_KEY if DEMO else "")
STRIPE_PAGES = "https://checkout.stripe.com"

# --- Security -------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        # A browser asks this also of where a form is led on to.
        "form-action": [SELF, *([STRIPE_PAGES] if STRIPE_SECRET_KEY and not DEMO else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
RATELIMIT_IP_META_KEY = "events.access.limits.client_ip"
RATELIMIT_VIEW = "config.views.too_many_requests"
# django-ratelimit wants an atomic counter. The database cache may let a few through when many knock at once: good
# enough for one machine; more machines have Redis.
SILENCED_SYSTEM_CHECKS = [] if REDIS_URL else ["django_ratelimit.E003", "django_ratelimit.W001"]

if SENTRY_DSN := env("SENTRY_DSN", default=""):
    from config.errors import report_errors

    report_errors(SENTRY_DSN)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_tokens": {"()": "surveys.answers.logs.WithoutTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_tokens"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
