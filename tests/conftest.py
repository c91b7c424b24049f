"""What all tests share: a plain environment, a fixed clock to hand around, and clients for people."""

import os
import shutil
from collections.abc import Generator
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from pytest_django.plugin import blocking_manager_key

from events.access.models import Role, User
from tests import factories

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("TORGET_BROWSER_TESTS") == "required" and not CHROMIUM:
        raise pytest.UsageError("Browser tests are required, but there is no Chromium on this machine.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if commits(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="shown on PostgreSQL"))


def commits(item: pytest.Item) -> bool:
    """Whether the test commits to the database instead of being rolled back."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """A test that commits is cleaned up by emptying the tables: put back at once what the migrations had put there.

    At once, and not before the next such test: whatever test comes next finds the municipalities, and the content
    types under the keys that Django remembers them by.
    """
    result = yield
    if commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            kept = getattr(connection, "_test_serialized_contents", None)
            if kept:
                connection.creation.deserialize_db_from_string(kept)
    return result


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Uploads land in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def now() -> datetime:
    """Monday 1 March 2027, 10.00 in Stockholm: registration to the factories' fair is open."""
    return factories.NOW


@pytest.fixture
def organiser(db) -> User:
    """Somebody who may organise whatever the test grants them (see ``grant``)."""
    return factories.UserFactory(name="Olle Organisatör")


@pytest.fixture
def client_for():
    """A client signed in as a user: ``client_for(user).get(...)``."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def organiser_client(client_for, organiser):
    """``organiser_client(event)``: a client of somebody who organises ``event``."""

    def make(event, role: Role = Role.ORGANISER) -> Client:
        factories.grant(organiser, role, event=event)
        return client_for(organiser)

    return make
