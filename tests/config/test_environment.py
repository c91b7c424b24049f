"""What must be set before Torget may run in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import REQUIRED, production_problems

GOOD = {
    "SECRET_KEY": "q7Jx0vN3c9Lw2Rk8Tb5Yh1Zm6Pd4Sf0aGuEiOqXjWnBtCrVy3kD",
    "DATABASE_URL": "postgres://torget:hemligt@db/torget",
    "ALLOWED_HOSTS": "torget.example,www.torget.example",
    "CSRF_TRUSTED_ORIGINS": "https://torget.example",
    "EMAIL_URL": "smtp+tls://torget:hemligt@mail.example:587",
    "DEFAULT_FROM_EMAIL": "Torget <torget@torget.example>",
}
ROOT = Path(__file__).resolve().parents[2]


def test_good_environment_has_no_problems():
    assert production_problems(GOOD) == []


def test_a_mail_service_stands_in_for_a_mail_server():
    env = {key: text for key, text in GOOD.items() if key != "EMAIL_URL"}

    assert production_problems(env | {"ANYMAIL_BACKEND": "anymail.backends.mailjet.EmailBackend"}) == []


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_missing_setting_is_named(name, value):
    env = {key: text for key, text in GOOD.items() if key != name} | ({} if value is None else {name: value})

    assert f"{name} is not set" in production_problems(env)


def test_empty_environment_names_everything_at_once():
    assert production_problems({}) == [f"{name} is not set" for name in REQUIRED]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "kort"),
        ("SECRET_KEY", "a" * 80),
        ("SECRET_KEY", "abc" * 30),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "torget.example, *"),
        ("CSRF_TRUSTED_ORIGINS", "http://torget.example"),
        ("CSRF_TRUSTED_ORIGINS", "https://torget.example, http://torget.example"),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "dummymail://"),
        ("EMAIL_URL", "memorymail://"),
        ("EMAIL_URL", "filemail:///tmp/mail"),
        ("DEBUG", "1"),
        ("DEBUG", "True"),
    ],
)
def test_weak_setting_is_named_without_its_value(name, value):
    problems = production_problems(GOOD | {name: value})

    assert [problem.split()[0] for problem in problems] == [name]
    assert value not in problems[0] or len(value) < 5


@pytest.mark.parametrize("value", ["", "0", "false", "no"])
def test_debug_that_is_off_is_no_problem(value):
    assert production_problems(GOOD | {"DEBUG": value}) == []


def start(env: dict[str, str]) -> subprocess.CompletedProcess:
    """Read the settings in a process of its own, as the web server does."""
    plain = {"PATH": os.environ["PATH"], "TORGET_MODE": "production", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "import config.settings"]
    return subprocess.run(command, env=plain | env, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_production_refuses_to_start_on_a_weak_environment(tmp_path):
    refused = start(GOOD | {"SECRET_KEY": "kort", "TORGET_VAR_DIR": str(tmp_path)})

    assert refused.returncode != 0
    assert "Torget does not start: SECRET_KEY is weak" in refused.stderr
    assert "hemligt" not in refused.stderr


def test_production_starts_on_a_good_environment(tmp_path):
    assert start(GOOD | {"TORGET_VAR_DIR": str(tmp_path)}).stderr == ""


def test_production_is_what_the_web_server_assumes(tmp_path):
    assert start({"TORGET_MODE": "produktion", "TORGET_VAR_DIR": str(tmp_path)}).returncode != 0
