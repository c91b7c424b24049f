"""The app's shell, worker and manifest: the same for everybody, and held to what is really served."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders, storage
from django.core.management import call_command
from django.templatetags.static import static

from registrations.checkin.app import files
from registrations.checkin.app.files import door_app
from registrations.checkin.app.texts import catalogues
from tests import factories

pytestmark = pytest.mark.django_db
STATIC = Path(django_settings.BASE_DIR) / "static" / "door"
TEMPLATES = Path(django_settings.BASE_DIR) / "templates" / "registrations" / "checkin"


@pytest.fixture
def hashed(settings, tmp_path):
    """The static files as production serves them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "config.storage.HashedStaticFilesStorage"}}
    files._door_app.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    yield tmp_path
    files._door_app.cache_clear()


def test_shell_is_the_same_for_everybody_and_needs_no_cookie(client, organiser_client):
    shell, other = client.get("/door/"), organiser_client(factories.EventFactory()).get("/door/")

    assert shell.content == other.content == door_app().shell.encode()
    assert not shell.cookies
    assert not other.cookies
    assert "csrf" not in shell.content.decode().lower()


def test_shell_may_use_camera_and_code_reader_and_nothing_else(client):
    shell = client.get("/door/")

    assert shell["Permissions-Policy"] == "camera=(self), microphone=(), geolocation=(), payment=()"
    assert "script-src 'self' 'wasm-unsafe-eval';" in shell["Content-Security-Policy"] + ";"
    assert "unsafe-inline" not in shell["Content-Security-Policy"]
    assert shell["Cache-Control"] == "no-cache"


def test_organiser_without_a_second_factor_gets_the_same_shell(settings, client_for):
    settings.ORGANISERS_NEED_MFA = True
    user = factories.UserFactory()
    factories.grant(user, factories.Role.ORGANISER, event=factories.EventFactory())

    assert client_for(user).get("/door/").status_code == 200


def test_manifest_makes_an_app_of_it(client):
    response = client.get("/door/manifest.webmanifest")
    manifest = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/door/", "/door/", "standalone")
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def worker_files(client) -> dict[str, str]:
    response = client.get("/door/sw.js")
    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    found = re.search(r"^const FILES = ({.*?});$", response.content.decode(), re.MULTILINE | re.DOTALL)
    assert found
    return json.loads(found[1])


def test_worker_keeps_every_file_that_the_app_is_made_of(client):
    kept = worker_files(client)
    modules = {f"/static/door/{path.name}" for path in STATIC.glob("*.js")} - {"/static/door/sw.js"}

    assert modules <= set(kept)
    assert {"/door/", "/static/vendor/zxing/zxing_reader.wasm", "/static/icons.svg"} <= set(kept)
    shell = client.get("/door/").content.decode()
    linked = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', shell))
    assert linked <= set(kept)


def test_digests_are_those_of_the_hashed_files_in_production(hashed, client):
    kept = worker_files(client)

    main = static("door/main.js")
    assert re.fullmatch(r"/static/door/main\.[0-9a-f]{12}\.js", main)
    assert storage.staticfiles_storage.exists(main.removeprefix("/static/"))
    for url, digest in kept.items():
        content = (
            client.get("/door/").content if url == "/door/" else (hashed / url.removeprefix("/static/")).read_bytes()
        )
        assert b64encode(sha256(content).digest()).decode() == digest, url
    # What a module imports is among them, under the name that it imports it by.
    for imported in re.findall(r'from "\./([^"]+)"', (hashed / main.removeprefix("/static/")).read_text()):
        assert f"/static/door/{imported}" in kept


def test_version_changes_with_any_file(monkeypatch):
    before = files._door_app.__wrapped__().version
    served = files._served
    monkeypatch.setattr(files, "_served", lambda name: served(name) + (b" " if name == "door/badge.css" else b""))

    assert files._door_app.__wrapped__().version != before


def asked_for() -> set[str]:
    """The keys of all texts that the templates and the scripts name."""
    pages = [*TEMPLATES.glob("app/*.html"), TEMPLATES / "app.html"]
    keys = {key for page in pages for key in re.findall(r'data-(?:text|label)="(\w+)"', page.read_text())}
    for script in set(STATIC.glob("*.js")) - {STATIC / "words.js"}:
        keys |= set(re.findall(r'\bsay\("(\w+)"', script.read_text()))
    return keys


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_text_that_is_asked_for_is_there(language):
    texts = catalogues()[language]

    assert sorted(key for key in asked_for() if not texts.get(key)) == []
