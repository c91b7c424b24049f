"""What the environment must say before Torget may run in production.

Pure: takes a mapping, gives a list of problems. ``config.settings`` calls it and refuses to start on any.
"""

from collections.abc import Mapping

SECRET_KEY_LENGTH = 50
SECRET_KEY_VARIETY = 10
REQUIRED = ("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "DEFAULT_FROM_EMAIL")


def production_problems(env: Mapping[str, str]) -> list[str]:
    """Every reason why ``env`` must not run in production, in English for the operator; empty when all is well.

    The values themselves are never part of a message: it may end up in a log.
    """
    needed = [name for name in REQUIRED if not (name == "EMAIL_URL" and env.get("ANYMAIL_BACKEND", "").strip())]
    problems = [f"{name} is not set" for name in needed if not env.get(name, "").strip()]
    secret = env.get("SECRET_KEY", "")
    if secret and (len(secret) < SECRET_KEY_LENGTH or len(set(secret)) < SECRET_KEY_VARIETY):
        problems.append(f"SECRET_KEY is weak: at least {SECRET_KEY_LENGTH} random characters are needed")
    hosts = [host.strip() for host in env.get("ALLOWED_HOSTS", "").split(",")]
    if "*" in hosts:
        problems.append("ALLOWED_HOSTS must name the hosts; * lets anyone forge links in our mails")
    if any(
        not origin.strip().startswith("https://") for origin in env.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin
    ):
        problems.append("CSRF_TRUSTED_ORIGINS must be https:// addresses")
    if env.get("EMAIL_URL", "").startswith(("consolemail:", "dummymail:", "memorymail:", "filemail:")):
        problems.append("EMAIL_URL sends no mail: sign-in codes would reach nobody")
    if env.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}:
        problems.append("DEBUG must not be on")
    if bool(env.get("STRIPE_SECRET_KEY", "").strip()) != bool(env.get("STRIPE_WEBHOOK_SECRET", "").strip()):
        problems.append("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET belong together: set both or neither")
    return problems
