"""What all tests share: a plain environment, a fixed clock to hand around, and clients for people."""

import os
import shutil
from collections.abc import Generator
from contextlib import ExitStack
from datetime import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django.plugin import blocking_manager_key

from events.access.models import Role, User
from events.memory import forget_everything
from tests import factories
from tests.guards import guards_down

# Tests never time: on a busy machine an example may take as long as it takes.
properties.register_profile("torget", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("torget")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("TORGET_BROWSER_TESTS") == "required" and not CHROMIUM:
        raise pytest.UsageError("Browser tests are required, but there is no Chromium on this machine.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="there is no Chromium on this machine"))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="shown on PostgreSQL"))


def commits(item: pytest.Item) -> bool:
    """Whether the test commits to the database instead of being rolled back."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


MIGRATED = pytest.StashKey[str]()


@pytest.fixture(scope="session", autouse=True)
def _remember_what_migrations_made(request):
    if not any(commits(item) for item in request.session.items):
        return  # perhaps no test needs a database, and then there is none
    request.getfixturevalue("django_db_setup")
    with request.config.stash[blocking_manager_key].unblock():
        request.config.stash[MIGRATED] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A test that commits is cleaned up by emptying the tables: put back at once what the migrations had put there.

    Whatever test comes next finds the municipalities, and the content types under the keys that Django remembers
    them by. (Django's own ``serialized_rollback`` keeps its copy on one thread's connection, and the browser's event
    loop gives the tests another.)
    """
    with ExitStack() as cleaning:
        if commits(item):
            cleaning.enter_context(item.config.stash[blocking_manager_key].unblock())
            cleaning.enter_context(guards_down(put_up_again=nextitem is not None))
        result = yield
    if commits(item) and nextitem is not None:  # after the last one the database is gone
        with item.config.stash[blocking_manager_key].unblock():
            ContentType.objects.all().delete()
            connection.creation.deserialize_db_from_string(item.config.stash[MIGRATED])
            ContentType.objects.clear_cache()
    return result


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Uploads land in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What the process remembers of one test's event must not meet the next one's with the same key."""
    forget_everything()


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


@pytest.fixture
def limits(settings, monkeypatch) -> None:
    """Rate limits on, with nothing counted yet and the clock standing still: a new minute would forgive."""
    settings.RATELIMIT_ENABLE = True
    monkeypatch.setattr("django_ratelimit.core.time.time", lambda: 1_800_000_000.0)
    cache.clear()
