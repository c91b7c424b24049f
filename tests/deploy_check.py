"""``check --deploy`` as production would run it: with a full environment it is clean, with an empty one it refuses."""

import os
import subprocess
import sys

COMPLETE = {
    "TORGET_MODE": "production",
    "SECRET_KEY": "qP3v-" + "k7Zt9xW2_mB4sLr8" * 4,
    "DATABASE_URL": "sqlite:///:memory:",
    "ALLOWED_HOSTS": "torget.example",
    "CSRF_TRUSTED_ORIGINS": "https://torget.example",
    "EMAIL_URL": "smtp://mail.torget.example:25",
    "DEFAULT_FROM_EMAIL": "Torget <torget@torget.example>",
}


def check(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=plain | env, capture_output=True, text=True, check=False)


def main() -> None:
    complete = check(COMPLETE)
    if complete.returncode:
        sys.exit(f"check --deploy complains:\n{complete.stdout}{complete.stderr}")
    for name in COMPLETE:
        if name == "TORGET_MODE":
            continue
        without = check({key: value for key, value in COMPLETE.items() if key != name})
        if not without.returncode or f"{name} is not set" not in without.stderr:
            sys.exit(f"Production starts without {name}.")
    print("Production's settings are clean, and refuse to start without any one of them.")  # noqa: T201


if __name__ == "__main__":
    main()
